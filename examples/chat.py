"""Two people type one line each in turn until one of them says q.

    chat.py wait    listens on port 8000 and speaks second
    chat.py call    connects and speaks first
"""

import socket
import sys

ADDRESS = ("127.0.0.1", 8000)
FAREWELL = "q"


def next_line(source):
    """A source that ends counts as a farewell."""
    line = source.readline()
    return line.rstrip("\n") if line else FAREWELL


def talk(other, my_turn):
    with other.makefile("r", encoding="utf-8") as incoming:
        while True:
            if my_turn:
                line = next_line(sys.stdin)
                other.sendall(f"{line}\n".encode())
            else:
                line = next_line(incoming)
                print(line, flush=True)
            if line == FAREWELL:
                break
            my_turn = not my_turn
        if not my_turn:
            # Whoever says q closes first: the other side reads on until that happened.
            incoming.read()


match sys.argv[1:]:
    case ["wait"]:
        with socket.create_server(ADDRESS) as listener:
            caller, _ = listener.accept()
        with caller:
            talk(caller, my_turn=False)
    case ["call"]:
        with socket.create_connection(ADDRESS) as called:
            talk(called, my_turn=True)
    case _:
        sys.exit("Usage: chat.py wait|call")
