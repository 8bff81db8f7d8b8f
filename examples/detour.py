"""A long way through the router: holds each packet back, and does to some what paths do.

    detour.py SECONDS [lose N]... [late N SECONDS]... [shift N] [behind N] [mss N] [renege N]

A device `detour` takes packets and gives them back after so many seconds. Segments with data to
the server are counted from one: `lose` drops the Nth, `late` holds the Nth back for longer.
`shift` adds N to the client's sequence numbers and takes it from what the server acknowledges,
as firewalls do that hide the client's numbers, but leaves the server's SACK blocks as they are.
`behind` takes N from the timestamp of each SYN: the sender's clock runs so much behind.
`mss` writes N into the MSS that the server asks for.
`renege` lets the server acknowledge no more than the Nth, whatever it has told by SACK, until
what follows is sent again, and drops a FIN until then: as if it had thrown all that away.
"""

import fcntl
import heapq
import os
import select
import struct
import sys
import time

TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000

IPPROTO_TCP = 6
FIN, SYN, ACK = 0x01, 0x02, 0x10
NO_OPERATION, MAXIMUM_SEGMENT_SIZE, SACK, TIMESTAMPS = 1, 2, 5, 8
SERVERS = bytes([10, 0, 2])


def open_device():
    device = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH", b"detour", IFF_TUN | IFF_NO_PI))
    return device


def write_checksum(packet, tcp):
    struct.pack_into(">H", packet, tcp + 16, 0)
    pseudo = packet[12:20] + struct.pack(">HH", IPPROTO_TCP, len(packet) - tcp)
    octets = bytes(pseudo + packet[tcp:])
    octets += bytes(len(octets) % 2)
    total = sum(struct.unpack(f">{len(octets) // 2}H", octets))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    struct.pack_into(">H", packet, tcp + 16, ~total & 0xFFFF)


def add(packet, at, difference):
    (number,) = struct.unpack_from(">I", packet, at)
    struct.pack_into(">I", packet, at, (number + difference) % 2**32)


def find_option(packet, tcp, kind):
    at, end = tcp + 20, tcp + (packet[tcp + 12] >> 4) * 4
    while at < end and packet[at] != kind:
        at += 1 if packet[at] == NO_OPERATION else packet[at + 1]
    return at if at < end else None


class Harm:
    """What is done to segments, beside that each takes its time."""

    def __init__(self, words):
        self.lost, self.late = set(), {}
        self.shift = self.behind = self.mss = self.reneged = 0
        self.data_segments = 0
        # The number behind the last that the server has, for the client; whether it was told.
        self.kept, self.is_told = None, False
        while words:
            match words.pop(0):
                case "lose":
                    self.lost.add(int(words.pop(0)))
                case "late":
                    number = int(words.pop(0))
                    self.late[number] = float(words.pop(0))
                case "shift":
                    self.shift = int(words.pop(0))
                case "behind":
                    self.behind = int(words.pop(0))
                case "mss":
                    self.mss = int(words.pop(0))
                case "renege":
                    self.reneged = int(words.pop(0))
                case word:
                    sys.exit(f"detour.py: what is {word}?")

    def done_to(self, packet, tcp):
        """For how much longer the segment is held back; None where it is lost."""
        is_to_server, flags = packet[16:19] == SERVERS, packet[tcp + 13]
        if self.behind and flags == SYN:
            add(packet, find_option(packet, tcp, TIMESTAMPS) + 2, -self.behind)
        if self.mss and flags == SYN | ACK:
            at = find_option(packet, tcp, MAXIMUM_SEGMENT_SIZE)
            struct.pack_into(">H", packet, at + 2, self.mss)
        if self.shift and is_to_server:
            add(packet, tcp + 4, self.shift)
        elif self.shift:
            add(packet, tcp + 8, -self.shift)
        write = self.behind or self.mss or self.shift
        held = 0
        if is_to_server:
            held = self.data_done_to(packet, tcp)
        elif self.kept is not None:
            self.take_back(packet, tcp)
            write = True
        if write:
            write_checksum(packet, tcp)
        return held

    def data_done_to(self, packet, tcp):
        length = len(packet) - tcp - (packet[tcp + 12] >> 4) * 4
        if length == 0:
            return 0
        self.data_segments += 1
        (number,) = struct.unpack_from(">I", packet, tcp + 4)
        if self.data_segments == self.reneged:
            self.kept = (number + length) % 2**32
        elif self.is_told and number == self.kept:
            self.kept = None
        is_thrown_away = self.kept is not None and packet[tcp + 13] & FIN
        if is_thrown_away or self.data_segments in self.lost:
            return None
        return self.late.get(self.data_segments, 0)

    def take_back(self, packet, tcp):
        (acknowledged,) = struct.unpack_from(">I", packet, tcp + 8)
        if not 0 < (acknowledged - self.kept) % 2**32 < 2**31:
            return
        self.is_told = True
        struct.pack_into(">I", packet, tcp + 8, self.kept)
        if (at := find_option(packet, tcp, SACK)) is not None:
            length = packet[at + 1]
            packet[at : at + length] = bytes([NO_OPERATION] * length)


def forward(device, hold, harm):
    waiting, order = [], 0
    while True:
        due = max(waiting[0][0] - time.monotonic(), 0) if waiting else None
        if select.select([device], [], [], due)[0]:
            packet = bytearray(os.read(device, 65_536))
            # IPv6's neighbour discovery has nothing to do here.
            if packet[0] >> 4 != 4:
                continue
            held = 0
            if packet[9] == IPPROTO_TCP:
                held = harm.done_to(packet, (packet[0] & 0xF) * 4)
            if held is None:
                continue
            order += 1
            heapq.heappush(waiting, (time.monotonic() + hold + held, order, packet))
        while waiting and waiting[0][0] <= time.monotonic():
            os.write(device, heapq.heappop(waiting)[2])


def main(hold, *words):
    forward(open_device(), float(hold), Harm(list(words)))


main(*sys.argv[1:])
