//! Odd TCP segments: every kind of option, at every length.

use crate::chance::Chance;

pub fn tcp(chance: &mut Chance) -> Vec<u8> {
    let ports = [4444, 40000, 80, 8080, 25, 21, 22, 23, 43, 554, 6633, 6653];
    let mut ends = [chance.of(&[40000, 40001, 50000]), chance.of(&ports)];
    if chance.once_in(2) {
        ends.reverse();
    }
    let options = if chance.once_in(3) {
        Vec::new()
    } else {
        tcp_options(chance)
    };
    let words = match chance.under(30) {
        0 => chance.under(16),
        _ => 5 + options.len() / 4,
    };
    let flags = match chance.under(6) {
        0 => chance.octet(),
        _ => chance.of(&[0x02, 0x12, 0x10, 0x18, 0x11, 0x14, 0x04]),
    };
    let mut segment: Vec<u8> = ends.iter().flat_map(|&end| u16::to_be_bytes(end)).collect();
    segment.extend(chance.of(&[[0, 0, 0, 9], [0xff, 0xff, 0xff, 0xf0], [1, 2, 3, 4]]));
    segment.extend(chance.of(&[[0, 0, 0, 9], [0xff, 0xff, 0xff, 0xf0], [1, 2, 3, 4]]));
    segment.extend([
        u8::try_from(words << 4).unwrap() | chance.of(&[0, 0, 1]),
        flags,
    ]);
    segment.extend(chance.octets(2));
    segment.extend([0, 0]);
    segment.extend(chance.of(&[[0, 0], [0, 7]]));
    segment.extend(options);
    segment.extend(tcp_payload(chance));
    segment
}

fn tcp_payload(chance: &mut Chance) -> Vec<u8> {
    let text: &[u8] = chance.of(&[
        b"",
        b"",
        b"",
        b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        b"HTTP/1.0 200 OK\r\n\r\n\0\x01binary",
        b"220 hello\r\n",
        b"QUIT",
        b"SSH-2.0-x\r\n",
        b"\xff\xfd\x18\xff\xfb\x01",
        b"\x01\x00\x00\x08\x00\x00\x00\x01\x04\x05\x00\x08\x00\x00\x00\x02",
        b"a\rb\r\nc\r",
    ]);
    if chance.once_in(4) {
        let len = chance.under(50);
        return chance.octets(len);
    }
    text.to_vec()
}

fn tcp_options(chance: &mut Chance) -> Vec<u8> {
    let mut area = Vec::new();
    while area.len() < 36 && !chance.once_in(4) {
        let kind = match chance.under(8) {
            0 => chance.octet(),
            1 => 30,
            _ => chance.of(&[
                0, 1, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 19, 20, 28, 29, 34, 254,
            ]),
        };
        if kind < 2 {
            area.push(kind);
            continue;
        }
        let len = match (chance.under(8), kind) {
            (0, _) => chance.under(20),
            (_, 2 | 20 | 28) => 4,
            (_, 3) => 3,
            (_, 4) => 2,
            (_, 5) => chance.of(&[10, 18]),
            (_, 6 | 7 | 11 | 12 | 13) => 6,
            (_, 8) => 10,
            (_, 19) => 18,
            (_, 30) => chance.of(&[3, 4, 8, 10, 12, 16, 18, 20, 22, 24, 26, 28, 30]),
            (_, 34 | 254) => chance.of(&[2, 4, 6, 10, 12]),
            _ => 2 + chance.under(8),
        };
        area.extend([kind, u8::try_from(len).unwrap()]);
        if kind == 254 && len >= 4 && chance.once_in(2) {
            area.extend([0xf9, 0x89]);
            area.extend(chance.octets(len - 4));
        } else {
            area.extend(chance.octets(len.saturating_sub(2)));
        }
    }
    area.truncate(40);
    area.resize(area.len().next_multiple_of(4), chance.of(&[0, 1]));
    area
}

/// Makes the checksum of a segment right, mostly.
pub fn checksum(chance: &mut Chance, protocol: u8, addresses: &[u8], payload: &mut [u8]) {
    let at = match protocol {
        6 => 16,
        17 => 6,
        _ => return,
    };
    let is_left_out = protocol == 17 && chance.once_in(2);
    if payload.len() < 20 || is_left_out || chance.once_in(6) {
        return;
    }
    payload[at..at + 2].fill(0);
    let pseudo = u32::try_from(payload.len()).unwrap() + u32::from(protocol);
    let head = sum(pseudo, addresses);
    let right = !sum(u32::from(head), payload);
    payload[at..at + 2].copy_from_slice(&right.to_be_bytes());
}

pub fn sum(start: u32, octets: &[u8]) -> u16 {
    let mut sum = start;
    for pair in octets.chunks(2) {
        sum += u32::from(pair[0]) << 8 | pair.get(1).map_or(0, |&low| u32::from(low));
    }
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    u16::try_from(sum).unwrap()
}
