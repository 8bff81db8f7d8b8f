"""Names three users to the server from port 5201, says "exit", and closes first.

Because it closes first, its end stays in TIME-WAIT for a minute and a second run at once
fails. SO_REUSEADDR would hide that, so it is left unset on purpose.
"""

import errno
import socket
import sys

SERVER = ("127.0.0.1", 5200)
OWN_END = ("127.0.0.1", 5201)

with socket.socket() as server:
    try:
        server.bind(OWN_END)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        sys.exit(f"Address in use: port {OWN_END[1]} is still held, most likely by the last run "
                 "in TIME-WAIT; try again in a minute.")
    server.connect(SERVER)
    print(server.recv(1024).decode())
    for user in ("user1", "user2", "user3"):
        server.sendall(user.encode())
        print(server.recv(1024).decode())
    server.sendall(b"exit")
