"""Two connections with TCP Fast Open: the first fetches a cookie, the second uses it.

    fast_open.py server    answers two clients on port 4449
    fast_open.py client    connects twice

The kernel takes part on both sides only with `sysctl net.ipv4.tcp_fastopen=3`.
"""

import socket
import sys
import time

ADDRESS = ("127.0.0.1", 4449)
CONNECTIONS = 2
WAITING_FAST_OPENS = 5

# Long enough for the answer to be acknowledged on its own, before the FIN.
SECONDS_BEFORE_CLOSE = 0.1


def serve():
    with socket.create_server(ADDRESS) as listener:
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_FASTOPEN, WAITING_FAST_OPENS)
        for _ in range(CONNECTIONS):
            client, _ = listener.accept()
            with client:
                client.sendall(b"Got " + client.recv(1024))
                time.sleep(SECONDS_BEFORE_CLOSE)


def call():
    for message in (b"cookie, please", b"data in the SYN"):
        with socket.socket() as server:
            # Connects and sends at once. Without a cookie yet, the kernel asks for one in the
            # SYN and sends the data after the handshake.
            server.sendto(message, socket.MSG_FASTOPEN, ADDRESS)
            print(server.recv(1024).decode())
            # Waits for the server to close first.
            server.recv(1024)


match sys.argv[1:]:
    case ["server"]:
        serve()
    case ["client"]:
        call()
    case _:
        sys.exit("Usage: fast_open.py server|client")
