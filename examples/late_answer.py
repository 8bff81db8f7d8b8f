"""An answer that comes later than a firewall on the way remembers a half-closed connection.

    late_answer.py server    answers on port 4456, two seconds after the whole request
    late_answer.py client    asks, shuts down its direction, and gives up after eight seconds
"""

import socket
import struct
import sys
import time

ADDRESS = ("10.0.2.2", 4456)
SECONDS_BEFORE_THE_ANSWER = 2
PATIENCE = 8

# SO_LINGER switched on with zero seconds: close throws the connection away and sends RST.
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


def serve():
    with socket.create_server(ADDRESS) as listener:
        client, _ = listener.accept()
    with client:
        # Milliseconds without an ACK, until the kernel gives up.
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 4_000)
        while client.recv(1024):
            pass
        time.sleep(SECONDS_BEFORE_THE_ANSWER)
        client.sendall(b"three")
        try:
            client.settimeout(PATIENCE)
            client.recv(1024)
            time.sleep(PATIENCE)
        except OSError as error:
            print(error)


def call():
    with socket.create_connection(ADDRESS) as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        server.sendall(b"count to three")
        server.shutdown(socket.SHUT_WR)
        server.settimeout(PATIENCE)
        try:
            print(server.recv(1024).decode())
        except TimeoutError:
            print("No answer.")


match sys.argv[1:]:
    case ["server"]:
        serve()
    case ["client"]:
        call()
    case _:
        sys.exit("Usage: late_answer.py server|client")
