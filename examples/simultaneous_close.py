"""Both ends close at the same moment, so that their FINs cross on the way.

    simultaneous_close.py server ADDRESS    waits on port 4450
    simultaneous_close.py client ADDRESS    connects and names the moment

The path between them must be slow, or the first FIN arrives before the second one leaves:
record.sh runs them on both sides of a slow router.
"""

import socket
import sys
import time

PORT = 4450
SECONDS_UNTIL_CLOSE = 1


def close_at(moment, connection):
    # Both programs run on one machine, where the monotonic clock is the same for all.
    time.sleep(moment - time.monotonic())
    connection.sendall(b"bye")
    connection.shutdown(socket.SHUT_WR)
    # Closed with the other side's "bye" still under way, the connection would be reset.
    while connection.recv(1024):
        pass


def serve(address):
    with socket.create_server((address, PORT)) as listener:
        client, _ = listener.accept()
    with client:
        close_at(float(client.recv(1024)), client)


def call(address):
    with socket.create_connection((address, PORT)) as server:
        moment = time.monotonic() + SECONDS_UNTIL_CLOSE
        server.sendall(str(moment).encode())
        close_at(moment, server)


match sys.argv[1:]:
    case ["server", address]:
        serve(address)
    case ["client", address]:
        call(address)
    case _:
        sys.exit("Usage: simultaneous_close.py server|client ADDRESS")
