"""Short visits, one after the other or some at once.

    visits.py server PORT              takes them
    visits.py client PORT [VISITS]     makes so many at once, and gives up after four seconds
    visits.py eager PORT               makes one, with its greeting in the SYN (Fast Open)
"""

import socket
import sys
import threading

SERVER = "10.0.2.2"
PATIENCE = 4
GREETING = b"Good morning!"


def serve(port):
    with socket.create_server((SERVER, port)) as listener:
        while True:
            client, _ = listener.accept()
            with client:
                client.recv(1024)


def visit(port):
    try:
        with socket.create_connection((SERVER, port), timeout=PATIENCE) as server:
            server.sendall(GREETING)
            server.recv(1024)
    except TimeoutError:
        print("Nobody answers.")


def visit_eagerly(port):
    with socket.socket() as server:
        server.sendto(GREETING, socket.MSG_FASTOPEN, (SERVER, port))
        server.recv(1024)


def call(port, visits):
    threads = [threading.Thread(target=visit, args=(port,)) for _ in range(visits)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


match sys.argv[1:]:
    case ["server", port]:
        serve(int(port))
    case ["client", port]:
        call(int(port), 1)
    case ["client", port, visits]:
        call(int(port), int(visits))
    case ["eager", port]:
        visit_eagerly(int(port))
    case _:
        sys.exit("Usage: visits.py server PORT | client PORT [VISITS] | eager PORT")
