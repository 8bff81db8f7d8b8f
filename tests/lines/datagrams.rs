//! Odd IP datagrams, with options and extension headers.

use crate::chance::Chance;
use crate::packets::{gre, udp};
use crate::segments::{checksum, sum, tcp};

/// The protocol number and the octets of what IP carries.
fn inside(chance: &mut Chance, depth: usize) -> (u8, Vec<u8>) {
    if depth == 0 || !chance.once_in(3) {
        return (6, tcp(chance));
    }
    match chance.under(5) {
        0 => (4, ipv4(chance, depth - 1)),
        1 => (41, ipv6(chance, depth - 1)),
        2 => (47, gre(chance, depth - 1)),
        _ => (17, udp(chance, depth - 1)),
    }
}

pub fn ipv4(chance: &mut Chance, depth: usize) -> Vec<u8> {
    let (mut protocol, mut payload) = inside(chance, depth);
    if chance.once_in(20) {
        payload = [authentication(chance, protocol), payload].concat();
        protocol = 51;
    }
    let options = if chance.once_in(6) {
        ipv4_options(chance)
    } else {
        Vec::new()
    };
    let header_len = 20 + options.len();
    let claimed = match chance.under(40) {
        0 => 0,
        1 => chance.under(100),
        2 => header_len + payload.len() + chance.under(40),
        3 => header_len + chance.under(payload.len() + 1),
        _ => header_len + payload.len(),
    };
    let words = match chance.under(60) {
        0 => chance.under(16),
        _ => header_len / 4,
    };
    let version = if chance.once_in(100) {
        chance.under(16)
    } else {
        4
    };
    let fragment = match chance.under(12) {
        0 => chance.two(),
        1 => 0x2000,
        2 => 0x8000,
        3 => 0,
        _ => 0x4000,
    };
    let mut header = vec![
        u8::try_from(version << 4 | words & 15).unwrap(),
        if chance.once_in(4) { chance.octet() } else { 0 },
    ];
    header.extend(u16::try_from(claimed).unwrap_or(u16::MAX).to_be_bytes());
    header.extend(chance.octets(2));
    header.extend(fragment.to_be_bytes());
    header.extend([chance.of(&[0, 1, 64, 255]), protocol, 0, 0]);
    header.extend([
        10,
        0,
        0,
        chance.of(&[1, 2, 3]),
        10,
        0,
        0,
        chance.of(&[1, 2, 3]),
    ]);
    header.extend(options);
    if !chance.once_in(10) {
        let sum = !sum(0, &header);
        header[10..12].copy_from_slice(&sum.to_be_bytes());
    }
    checksum(chance, protocol, &header[12..20], &mut payload);
    [header, payload].concat()
}

fn ipv4_options(chance: &mut Chance) -> Vec<u8> {
    let mut area = Vec::new();
    while area.len() < 30 && !chance.once_in(3) {
        let kind = chance.of(&[0, 1, 7, 68, 82, 130, 131, 137, 148, 20]);
        if kind < 2 {
            area.push(kind);
            continue;
        }
        let len = match chance.under(5) {
            0 => chance.under(14),
            _ => chance.of(&[3, 4, 7, 8, 11, 12]),
        };
        area.extend([kind, u8::try_from(len).unwrap()]);
        area.push(chance.of(&[4, 5, 8, 9]));
        area.extend(chance.octets(len.saturating_sub(3)));
    }
    area.truncate(40);
    area.resize(area.len().next_multiple_of(4), 0);
    area
}

pub fn ipv6(chance: &mut Chance, depth: usize) -> Vec<u8> {
    let (mut next, mut payload) = inside(chance, depth);
    let addresses = ipv6_addresses(chance);
    checksum(chance, next, &addresses, &mut payload);
    for _ in 0..chance.of(&[0, 0, 0, 0, 1, 1, 2]) {
        let (kind, header) = extension(chance, next);
        payload = [header, payload].concat();
        next = kind;
    }
    let claimed = match chance.under(40) {
        0 => 0,
        1 => chance.under(100),
        2 => payload.len() + chance.under(40),
        _ => payload.len(),
    };
    let mut header = chance
        .of(&[[0x60, 0, 0, 0], [0x6a, 0x50, 0, 7], [0x60, 9, 1, 2]])
        .to_vec();
    header.extend(u16::try_from(claimed).unwrap_or(u16::MAX).to_be_bytes());
    header.extend([next, 64]);
    header.extend(addresses);
    header.extend(payload);
    header
}

fn ipv6_addresses(chance: &mut Chance) -> Vec<u8> {
    let mut addresses = Vec::new();
    for _ in 0..2 {
        let mut address = [0; 16];
        address[..2].copy_from_slice(&chance.of(&[[0xfe, 0x80], [0x20, 0x01], [0, 0]]));
        address[6] = chance.of(&[0, 0, 9]);
        address[15] = chance.of(&[1, 2, 3]);
        addresses.extend(address);
    }
    addresses
}

fn extension(chance: &mut Chance, next: u8) -> (u8, Vec<u8>) {
    match chance.under(6) {
        0 => {
            let offset = if chance.once_in(3) {
                chance.two()
            } else {
                chance.of(&[0, 1])
            };
            let mut header = vec![next, 0];
            header.extend(offset.to_be_bytes());
            header.extend(chance.octets(4));
            (44, header)
        }
        1 => {
            let hops = chance.under(3);
            let kind = chance.of(&[0, 2, 4, 4, 3]);
            let mut header = vec![
                next,
                u8::try_from(hops * 2).unwrap(),
                kind,
                chance.of(&[0, 1]),
            ];
            header.extend(chance.of(&[[0, 0, 0, 0], [1, 0, 0, 0], [1, 8, 0, 9]]));
            header.extend(chance.octets(hops * 16));
            (43, header)
        }
        2 if chance.once_in(2) => (51, authentication(chance, next)),
        3 | 4 => (0, options_header(chance, next)),
        _ => (60, options_header(chance, next)),
    }
}

fn options_header(chance: &mut Chance, next: u8) -> Vec<u8> {
    let option: &[u8] = chance.of(&[
        &[1, 4, 0, 0, 0, 0],
        &[5, 2, 0, 0, 1, 0],
        &[0, 0, 0, 0, 0, 0],
        &[0xc2, 4, 0, 1, 0, 0],
        &[0xc2, 4, 0, 0, 1, 0],
        &[0x1e, 4, 1, 2, 3, 4],
        &[1, 9, 0, 0, 0, 0],
    ]);
    let mut header = vec![next, 0];
    header.extend(option);
    header
}

fn authentication(chance: &mut Chance, next: u8) -> Vec<u8> {
    let check_len = chance.of(&[4, 12]);
    let words = u8::try_from((12 + check_len) / 4 - 2).unwrap();
    let mut header = vec![next, words];
    header.extend(chance.of(&[[0, 0], [0, 0], [1, 2]]));
    header.extend(chance.octets(8 + check_len));
    header
}
