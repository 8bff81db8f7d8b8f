"""The client has more to send than the server's window takes, and the server does not read.

    stalled.py server    waits on port 7707, reads nothing for two seconds, then everything
    stalled.py client    sends all it has and closes
"""

import socket
import sys
import time

ADDRESS = ("127.0.0.1", 7707)

# Linux doubles it, and half of the memory is the first window.
WINDOW = 40_000

# One and a half windows, and a last piece that waits until the server reads.
DATA = b"x" * 62_000

SECONDS_BEFORE_READING = 2


def serve():
    with socket.socket() as listener:
        # Connections inherit it. Set later, it would not bound the first window.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, WINDOW)
        listener.bind(ADDRESS)
        listener.listen()
        client, _ = listener.accept()
    with client:
        time.sleep(SECONDS_BEFORE_READING)
        while client.recv(65_536):
            pass


def call():
    with socket.create_connection(ADDRESS) as server:
        server.sendall(DATA)


match sys.argv[1:]:
    case ["server"]:
        serve()
    case ["client"]:
        call()
    case _:
        sys.exit("Usage: stalled.py server|client")
