// Answers every line with "your message is " and the line, each client in its own goroutine.
//
//	go run ./server
package main

import (
	"bufio"
	"fmt"
	"log"
	"net"
)

const address = "127.0.0.1:8080"

func main() {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("Listening on", address)
	for {
		client, err := listener.Accept()
		if err != nil {
			log.Print(err)
			continue
		}
		go answer(client)
	}
}

func answer(client net.Conn) {
	defer client.Close()
	lines := bufio.NewScanner(client)
	for lines.Scan() {
		// One write, so that the answer is one segment.
		if _, err := fmt.Fprintf(client, "your message is %s\n", lines.Text()); err != nil {
			log.Print(err)
			return
		}
	}
	if err := lines.Err(); err != nil {
		log.Print(err)
	}
}
