"""More connections than a server accepts: the last one finds its accept queue full.

    backlog.py server    listens on port 4453 and accepts nothing for two and a half seconds
    backlog.py client    opens two connections, then two more at once, and speaks on the last
"""

import selectors
import socket
import sys
import time

PORT = 4453

# So many connections wait for the application, and one more.
BACKLOG = 2
SECONDS_BEFORE_ACCEPTING = 2.5


def serve(address):
    with socket.create_server((address, PORT), backlog=BACKLOG) as listener:
        time.sleep(SECONDS_BEFORE_ACCEPTING)
        clients = [listener.accept()[0] for _ in range(BACKLOG + 2)]
    for client in reversed(clients):
        with client:
            client.recv(1024)


def call(address):
    early = [socket.create_connection((address, PORT)) for _ in range(BACKLOG)]
    # Both SYNs are answered while there is room for one; then there is for none.
    late = [socket.socket() for _ in range(2)]
    for connection in late:
        connection.setblocking(False)
        connection.connect_ex((address, PORT))
    last = late[-1]
    selector = selectors.DefaultSelector()
    selector.register(last, selectors.EVENT_WRITE)
    selector.select()
    last.setblocking(True)
    last.sendall(b"Is anybody there?")
    last.recv(1024)
    for connection in early + late:
        connection.close()


match sys.argv[1:]:
    case ["server", address]:
        serve(address)
    case ["client", address]:
        call(address)
    case _:
        sys.exit("Usage: backlog.py server|client ADDRESS")
