"""The client sends much, the server reads it as it comes.

    upload.py server PORT [BUFFER]          takes it; BUFFER is its receive buffer (SO_RCVBUF)
    upload.py client PORT BYTES [BUFFER]    sends so many; BUFFER is its send buffer (SO_SNDBUF)
"""

import socket
import sys

SERVER = "10.0.2.2"


def serve(port, buffer=None):
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if buffer:
            # Connections inherit it.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, int(buffer))
        listener.bind((SERVER, port))
        listener.listen()
        client, _ = listener.accept()
    with client:
        while client.recv(65_536):
            pass


def call(port, length, buffer=None):
    with socket.socket() as server:
        if buffer:
            server.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, int(buffer))
        server.connect((SERVER, port))
        server.sendall(b"x" * length)
        server.shutdown(socket.SHUT_WR)
        server.recv(1024)


match sys.argv[1:]:
    case ["server", port, *buffer]:
        serve(int(port), *buffer)
    case ["client", port, length, *buffer]:
        call(int(port), int(length), *buffer)
    case _:
        sys.exit("Usage: upload.py server PORT [BUFFER] | client PORT BYTES [BUFFER]")
