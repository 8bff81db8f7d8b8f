"""Greets each client, answers each user a second later, and closes on "exit"."""

import socket
import time

ADDRESS = ("127.0.0.1", 5200)

# Longer than the kernel delays an ACK (40 ms), so that every request, and the client's FIN,
# is acknowledged on its own before the answer.
SECONDS_BEFORE_ANSWER = 1


def serve(client):
    client.sendall(b"Hello!")
    while True:
        # One name at a time: the client waits for each answer, so one recv is one request.
        request = client.recv(1024).decode()
        time.sleep(SECONDS_BEFORE_ANSWER)
        if request in ("", "exit"):
            return
        client.sendall(f"Hi, {request}, I got you!".encode())


with socket.create_server(ADDRESS) as listener:
    while True:
        client, _ = listener.accept()
        with client:
            serve(client)
