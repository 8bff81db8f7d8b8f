"""A client that always calls from the same port, which somebody still remembers.

    same_port.py server PORT            accepts on PORT, and waits for the client to close
    same_port.py crash PORT FILE        calls, writes its process id to FILE, and waits to be killed
    same_port.py impatient PORT         gives up after a tenth of a second, and calls again
    same_port.py client PORT            calls, sends and closes

The client's port is the server's and 10,000.
"""

import os
import socket
import struct
import sys
import time
from pathlib import Path

CLIENT, SERVER = "10.0.1.2", "10.0.2.2"
PATIENCE = 0.1

# What is killed leaves no FIN behind.
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


def serve(port):
    with socket.create_server((SERVER, port)) as listener:
        clients = []
        while True:
            client, _ = listener.accept()
            clients.append(client)
            client.settimeout(3)
            try:
                if client.recv(1024) == b"goodbye":
                    break
            except OSError:
                pass
    for client in clients:
        client.close()


def new_socket(port):
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    connection.bind((CLIENT, port + 10_000))
    return connection


def call(port):
    with new_socket(port) as server:
        server.connect((SERVER, port))
        server.sendall(b"goodbye")
        server.recv(1024)


def crash(port, file):
    server = new_socket(port)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
    server.connect((SERVER, port))
    server.sendall(b"hello")
    time.sleep(0.2)
    Path(file).write_text(str(os.getpid()))
    time.sleep(60)


def call_twice(port):
    with new_socket(port) as server:
        server.settimeout(PATIENCE)
        try:
            server.connect((SERVER, port))
        except TimeoutError:
            print("No answer; once more.")
    call(port)


match sys.argv[1:]:
    case ["server", port]:
        serve(int(port))
    case ["crash", port, file]:
        crash(int(port), file)
    case ["impatient", port]:
        call_twice(int(port))
    case ["client", port]:
        call(int(port))
    case _:
        sys.exit("Usage: same_port.py server|crash|impatient|client PORT [FILE]")
