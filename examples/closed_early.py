"""The client has read enough and closes, while more of the answer is to come.

    closed_early.py server    sends an answer of four lines on port 4454, a line at a time
    closed_early.py client    asks, reads the first line and closes
"""

import socket
import sys
import time

ADDRESS = ("127.0.0.1", 4454)
LINES = 4
SECONDS_BETWEEN_LINES = 0.2


def serve():
    with socket.create_server(ADDRESS) as listener:
        client, _ = listener.accept()
    with client:
        client.recv(1024)
        try:
            for number in range(LINES):
                client.sendall(b"line %d\n" % number)
                time.sleep(SECONDS_BETWEEN_LINES)
        except (BrokenPipeError, ConnectionResetError):
            print("The client has gone.")


def call():
    with socket.create_connection(ADDRESS) as server:
        server.sendall(b"All of it, please.")
        # Nothing is unread when it closes: that alone would make the close a reset.
        print(server.recv(1024).decode())


match sys.argv[1:]:
    case ["server"]:
        serve()
    case ["client"]:
        call()
    case _:
        sys.exit("Usage: closed_early.py server|client")
