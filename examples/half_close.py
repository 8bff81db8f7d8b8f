"""The client closes its direction right after the request; the server still answers.

    half_close.py server    waits on port 4447 for one whole request, answers in three pieces
    half_close.py client    asks, shuts down its direction, reads to the end
"""

import socket
import sys
import time

ADDRESS = ("127.0.0.1", 4447)

# Longer than the kernel delays an ACK (40 ms), so that the client's FIN is acknowledged on its
# own and not by the first piece of the answer.
SECONDS_BEFORE_EACH_PIECE = 0.2


def read_to_end(connection):
    return b"".join(iter(lambda: connection.recv(1024), b""))


def serve():
    with socket.create_server(ADDRESS) as listener:
        client, _ = listener.accept()
    with client:
        # The client's FIN is what tells that the request is complete.
        print(read_to_end(client).decode())
        for piece in (b"one ", b"two ", b"three"):
            time.sleep(SECONDS_BEFORE_EACH_PIECE)
            client.sendall(piece)
        time.sleep(SECONDS_BEFORE_EACH_PIECE)


def call():
    with socket.create_connection(ADDRESS) as server:
        server.sendall(b"count to three")
        server.shutdown(socket.SHUT_WR)
        print(read_to_end(server).decode())


match sys.argv[1:]:
    case ["server"]:
        serve()
    case ["client"]:
        call()
    case _:
        sys.exit("Usage: half_close.py server|client")
