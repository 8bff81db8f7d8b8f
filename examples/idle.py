"""A connection that is silent for longer than a firewall on the way remembers it.

    idle.py server    answers each line on port 4455
    idle.py client    sends a line, and another after a minute
"""

import socket
import sys
import time

ADDRESS = ("10.0.2.2", 4455)
SILENCE = 62


def serve():
    with socket.create_server(ADDRESS) as listener:
        client, _ = listener.accept()
    with client:
        # The server never learns that the client was reset, and so gives up some day.
        client.settimeout(SILENCE + 1)
        try:
            while line := client.recv(1024):
                client.sendall(line)
        except TimeoutError:
            print("The client has nothing more to say.")


def call():
    with socket.create_connection(ADDRESS) as server:
        for pause in (0, SILENCE):
            time.sleep(pause)
            try:
                server.sendall(b"Are you there?")
                server.recv(1024)
            except ConnectionResetError:
                print("The connection was reset.")


match sys.argv[1:]:
    case ["server"]:
        serve()
    case ["client"]:
        call()
    case _:
        sys.exit("Usage: idle.py server|client")
