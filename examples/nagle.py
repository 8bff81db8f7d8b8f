"""A client that writes each request in two pieces, and waits for the answer.

    nagle.py server    answers three requests on port 4451
    nagle.py client    sends them, head and body each by itself

The second piece waits until the first is acknowledged (Nagle's algorithm), and the server
delays that ACK, since it has nothing to answer before the second has come.
"""

import socket
import sys

ADDRESS = ("127.0.0.1", 4451)
HEAD = b"head" * 10
BODY = b"body" * 10
ANSWER = b"answer" * 10
REQUESTS = 3


def receive(peer, length):
    while length > 0:
        length -= len(peer.recv(length))


def serve():
    with socket.create_server(ADDRESS) as listener:
        client, _ = listener.accept()
    with client:
        # New connections acknowledge the first segments at once; this one does not.
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 0)
        for _ in range(REQUESTS):
            receive(client, len(HEAD) + len(BODY))
            client.sendall(ANSWER)


def call():
    with socket.create_connection(ADDRESS) as server:
        for _ in range(REQUESTS):
            server.sendall(HEAD)
            server.sendall(BODY)
            receive(server, len(ANSWER))


match sys.argv[1:]:
    case ["server"]:
        serve()
    case ["client"]:
        call()
    case _:
        sys.exit("Usage: nagle.py server|client")
