"""A conversation that ends with a reset instead of a FIN.

    reset.py server    takes one message on port 4446 and resets the connection
    reset.py client    sends the message and meets the reset
"""

import socket
import struct
import sys

ADDRESS = ("127.0.0.1", 4446)

# SO_LINGER switched on with zero seconds: close throws the connection away and sends RST.
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


def serve():
    with socket.create_server(ADDRESS) as listener:
        client, _ = listener.accept()
    with client:
        # All of it is read first: unread data alone would also turn the close into a reset.
        print(client.recv(1024).decode())
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)


def call():
    with socket.create_connection(ADDRESS) as server:
        server.sendall(b"Hello!")
        try:
            server.recv(1024)
        except ConnectionResetError:
            print("The server reset the connection.")
        else:
            sys.exit("The server closed the connection without a reset.")


match sys.argv[1:]:
    case ["server"]:
        serve()
    case ["client"]:
        call()
    case _:
        sys.exit("Usage: reset.py server|client")
