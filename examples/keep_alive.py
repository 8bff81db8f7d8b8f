"""A client that says nothing for a while, and asks by keep-alives whether the server is there.

    keep_alive.py server    greets on port 4452 and waits
    keep_alive.py client    asks every second, and closes after three and a half
"""

import socket
import sys
import time

ADDRESS = ("127.0.0.1", 4452)
SILENCE = 3.5


def serve():
    with socket.create_server(ADDRESS) as listener:
        client, _ = listener.accept()
    with client:
        client.sendall(b"Hello!")
        client.recv(1024)


def call():
    with socket.create_connection(ADDRESS) as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for option in (socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL):
            server.setsockopt(socket.IPPROTO_TCP, option, 1)
        server.recv(1024)
        time.sleep(SILENCE)


match sys.argv[1:]:
    case ["server"]:
        serve()
    case ["client"]:
        call()
    case _:
        sys.exit("Usage: keep_alive.py server|client")
