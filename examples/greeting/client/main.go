// Sends each line typed to the greeting server and shows the answer. A line "q" closes.
//
//	go run ./client
package main

import (
	"bufio"
	"fmt"
	"log"
	"net"
	"os"
)

const address = "127.0.0.1:8080"

func main() {
	server, err := net.Dial("tcp", address)
	if err != nil {
		log.Fatal(err)
	}
	defer server.Close()

	typed := bufio.NewScanner(os.Stdin)
	answers := bufio.NewScanner(server)
	for typed.Scan() && typed.Text() != "q" {
		if _, err := fmt.Fprintf(server, "%s\n", typed.Text()); err != nil {
			log.Fatal(err)
		}
		if !answers.Scan() {
			log.Fatal("the server closed the connection")
		}
		fmt.Println(answers.Text())
	}
}
