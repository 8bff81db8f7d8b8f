"""A word that somebody between client and server does not like.

    forbidden.py server    waits on port 4457 for a line, and closes after a second without one
    forbidden.py client    says it
"""

import socket
import sys

ADDRESS = ("10.0.2.2", 4457)
PATIENCE = 1


def serve():
    with socket.create_server(ADDRESS) as listener:
        client, _ = listener.accept()
    with client:
        client.settimeout(PATIENCE)
        try:
            client.recv(1024)
        except TimeoutError:
            print("The client says nothing.")


def call():
    with socket.create_connection(ADDRESS) as server:
        server.sendall(b"FREEDOM")
        try:
            server.recv(1024)
        except ConnectionResetError:
            print("The connection was reset.")


match sys.argv[1:]:
    case ["server"]:
        serve()
    case ["client"]:
        call()
    case _:
        sys.exit("Usage: forbidden.py server|client")
