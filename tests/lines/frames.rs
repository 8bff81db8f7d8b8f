//! A frame of each link type around an odd packet.

use crate::chance::Chance;
use crate::packets::{self, Carried};

/// How many tunnels may stand in each other.
const DEPTH: usize = 2;

/// A link type, and what makes frames of it.
pub type Link = (&'static str, u32, fn(&mut Chance) -> Vec<u8>);

pub const LINKS: [Link; 25] = [
    ("Ethernet", 1, ethernet),
    ("BSD loopback", 0, loopback),
    ("raw IP", 101, raw),
    ("IPv4", 228, |chance| ip_of(chance, Carried::Ipv4)),
    ("IPv6", 229, |chance| ip_of(chance, Carried::Ipv6)),
    ("Linux cooked", 113, cooked),
    ("Linux cooked, version 2", 276, cooked_2),
    ("PPP", 9, |chance| packets::ppp(chance, DEPTH)),
    ("PPP in HDLC framing", 50, serial),
    ("Cisco HDLC", 104, cisco),
    ("PPPoE", 51, |chance| packets::pppoe(chance, DEPTH)),
    ("FDDI", 10, fddi),
    ("IEEE 802.11", 105, wireless),
    ("radiotap", 127, radiotap),
    ("ARCNET", 7, arcnet),
    ("PPP of a daemon", 166, |chance| packets::ppp(chance, DEPTH)),
    ("packet filter log", 117, packet_filter),
    ("BSD IPsec", 109, ipsec),
    ("netfilter log", 239, netfilter),
    ("Prism", 119, prism),
    ("AVS", 163, avs),
    ("per-packet information", 192, ppi),
    ("IPNET", 226, ipnet),
    ("IP over InfiniBand", 242, ipoib),
    ("PKTAP", 258, pktap),
];

fn ethernet(chance: &mut Chance) -> Vec<u8> {
    packets::ethernet(chance, DEPTH)
}

fn ip_of(chance: &mut Chance, wanted: Carried) -> Vec<u8> {
    loop {
        let (carried, octets) = packets::ip(chance, DEPTH);
        if carried == wanted {
            return octets;
        }
    }
}

fn raw(chance: &mut Chance) -> Vec<u8> {
    packets::ip(chance, DEPTH).1
}

fn loopback(chance: &mut Chance) -> Vec<u8> {
    let (carried, octets) = packets::ip(chance, DEPTH);
    let family: u32 = match carried {
        Carried::Ipv4 => 2,
        _ => chance.of(&[24, 28, 30]),
    };
    let family = if chance.once_in(2) {
        family.to_le_bytes()
    } else {
        family.to_be_bytes()
    };
    [&family[..], &octets].concat()
}

/// A protocol number and what it stands for, as cooked captures have it.
fn protocol(chance: &mut Chance) -> ([u8; 2], Vec<u8>) {
    match chance.under(8) {
        0 => ([0, 4], packets::llc(chance, DEPTH)),
        1 => {
            let (carried, octets) = packets::packet(chance, DEPTH);
            let mut tag = chance.octets(2);
            tag.extend(carried.ethertype().to_be_bytes());
            ([0x81, 0], [tag, octets].concat())
        }
        _ => {
            let (carried, octets) = packets::packet(chance, DEPTH);
            (carried.ethertype().to_be_bytes(), octets)
        }
    }
}

fn cooked(chance: &mut Chance) -> Vec<u8> {
    let (protocol, octets) = protocol(chance);
    let mut header = vec![
        0,
        chance.of(&[0, 1, 2, 3, 4, 5]),
        0,
        1,
        0,
        chance.of(&[6, 6, 0]),
    ];
    header.extend(chance.octets(8));
    header.extend(protocol);
    [header, octets].concat()
}

fn cooked_2(chance: &mut Chance) -> Vec<u8> {
    let (protocol, octets) = protocol(chance);
    let mut header = protocol.to_vec();
    header.extend([0, 0, 0, 0, 0, chance.of(&[1, 99]), 0, 1]);
    header.extend([chance.of(&[0, 1, 2, 3, 4, 5]), chance.of(&[6, 6, 0])]);
    header.extend(chance.octets(8));
    [header, octets].concat()
}

fn serial(chance: &mut Chance) -> Vec<u8> {
    if chance.once_in(3) {
        return cisco(chance);
    }
    let (protocol, octets) = match packets::ip(chance, DEPTH) {
        (Carried::Ipv4, octets) => (0x0021, octets),
        (_, octets) => (0x0057, octets),
    };
    let mut header = vec![0xff, 3];
    header.extend(u16::to_be_bytes(protocol));
    [header, octets].concat()
}

fn cisco(chance: &mut Chance) -> Vec<u8> {
    let (carried, octets) = packets::ip(chance, DEPTH);
    let mut header = vec![chance.of(&[0x0f, 0x8f]), 0];
    header.extend(carried.ethertype().to_be_bytes());
    [header, octets].concat()
}

fn fddi(chance: &mut Chance) -> Vec<u8> {
    let mut header = vec![chance.of(&[0x50, 0x57]), 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2];
    header.extend(packets::llc(chance, DEPTH));
    header
}

fn wireless(chance: &mut Chance) -> Vec<u8> {
    let subtype = chance.of(&[0x08, 0x08, 0x88, 0x18, 0x28]);
    let bits = chance.of(&[0, 1, 2, 3, 0x08, 0x11, 0x2a]);
    let mut header = vec![subtype, bits];
    header.extend(chance.octets(22));
    if bits & 3 == 3 {
        header.extend(chance.octets(6));
    }
    if subtype & 0x80 != 0 {
        header.extend([0, 0]);
    }
    header.extend(packets::llc(chance, DEPTH));
    header
}

/// Fields whose presence chance decides, in one to three words of bits.
fn radiotap(chance: &mut Chance) -> Vec<u8> {
    const SIZES: [usize; 22] = [
        8, 1, 1, 4, 2, 1, 1, 2, 2, 1, 1, 1, 1, 1, 2, 0, 0, 0, 8, 3, 8, 12,
    ];
    const ALIGNMENTS: [usize; 22] = [
        8, 1, 1, 2, 1, 1, 1, 2, 2, 1, 1, 1, 1, 1, 2, 1, 1, 1, 4, 1, 4, 2,
    ];
    let mut words = Vec::new();
    for _ in 0..chance.of(&[1, 1, 1, 2, 3]) {
        let known: u32 = chance.of(&[0, 0x482e, 0x6e, 0x0018_480b, 0x003c_7fff]);
        words.push(known | chance.of(&[0, 0, 1 << 5, 1 << 19, 1 << 21]));
    }
    // The flags are read where they first stand.
    for word in &mut words[1..] {
        *word &= !2;
    }
    let last = words.len() - 1;
    for word in &mut words[..last] {
        *word |= 1 << 31 | chance.of(&[1 << 29, 1 << 29, 0, 1 << 30]);
    }
    if chance.once_in(20) {
        words[last] |= 1 << 16;
    }
    let mut header = vec![0, 0, 0, 0];
    header.extend(words.iter().flat_map(|word| word.to_le_bytes()));
    let mut has_check_sequence = false;
    for word in words {
        for bit in (0..22).filter(|bit| word >> bit & 1 == 1) {
            header.resize(header.len().next_multiple_of(ALIGNMENTS[bit]), 0);
            let mut field = chance.octets(SIZES[bit]);
            match bit {
                // Padding is for another test.
                1 => field[0] &= 0xdf,
                19 => field[2] &= 31,
                _ => {}
            }
            has_check_sequence = bit == 1 && field[0] & 0x10 != 0 || has_check_sequence && bit != 1;
            header.extend(field);
        }
        if word >> 30 & 1 == 1 {
            header.extend([0, 1, 2, 3]);
            header.resize(header.len().next_multiple_of(2), 0);
            header.extend([0, 0]);
        }
    }
    let len = u16::try_from(header.len()).unwrap();
    header[2..4].copy_from_slice(&len.to_le_bytes());
    header.extend(wireless(chance));
    if has_check_sequence {
        header.extend([1, 2, 3, 4]);
    }
    header
}

fn arcnet(chance: &mut Chance) -> Vec<u8> {
    let (carried, octets) = packets::ip(chance, DEPTH);
    let mut header = vec![7, 9];
    match (carried, chance.under(2)) {
        (Carried::Ipv4, 0) => header.push(240),
        (Carried::Ipv4, _) => header.extend([212, 0, 0, 5]),
        _ => header.extend([196, 0, 0, 5]),
    }
    [header, octets].concat()
}

fn netfilter(chance: &mut Chance) -> Vec<u8> {
    let (carried, octets) = packets::ip(chance, DEPTH);
    let family = if carried == Carried::Ipv4 { 2 } else { 10 };
    let mut header = vec![family, 0, 0, 5];
    for _ in 0..chance.under(3) {
        header.extend([6, 0, 10, 0, b'x', 0, 0, 0]);
    }
    let len = u16::try_from(octets.len() + 4).unwrap();
    header.extend(len.to_le_bytes());
    header.extend([9, 0]);
    header.extend(octets);
    header.resize(header.len().next_multiple_of(4), 0);
    header
}

fn packet_filter(chance: &mut Chance) -> Vec<u8> {
    let (carried, octets) = packets::ip(chance, DEPTH);
    let family = match carried {
        Carried::Ipv4 => 2,
        _ => chance.of(&[24, 28, 30]),
    };
    let mut header = vec![chance.of(&[61, 64, 100]), family];
    header.extend([
        chance.of(&[0, 1, 2, 3, 10, 11]),
        chance.of(&[0, 3, 4, 5, 20]),
    ]);
    header.extend(b"em0\0\0\0\0\0\0\0\0\0\0\0\0\0set\x01\x85\0\0\0\0\0\0\0\0\0\0\0");
    header.extend([0, 0, 0, 3]);
    header.extend(chance.of(&[[0xff; 4], [0, 0, 0, 9]]));
    header.extend([0; 16]);
    header.extend([chance.of(&[0, 1, 2, 3]), 0, 0, 0]);
    header.resize(usize::from(header[0]).next_multiple_of(4), 0);
    [header, octets].concat()
}

fn ipsec(chance: &mut Chance) -> Vec<u8> {
    let (carried, octets) = packets::ip(chance, DEPTH);
    let family: u32 = if carried == Carried::Ipv4 { 2 } else { 24 };
    let flags: u32 = chance.of(&[0, 0x0400, 0x0800, 0x0c00, 1, 0x0c01]);
    let mut header = Vec::new();
    let is_big = chance.once_in(2);
    for word in [family, 0x1234, flags] {
        let is_big = is_big || word == 0x1234;
        header.extend(if is_big {
            word.to_be_bytes()
        } else {
            word.to_le_bytes()
        });
    }
    [header, octets].concat()
}

fn prism(chance: &mut Chance) -> Vec<u8> {
    if chance.once_in(3) {
        return avs(chance);
    }
    [chance.octets(144), wireless(chance)].concat()
}

fn avs(chance: &mut Chance) -> Vec<u8> {
    let len = chance.of(&[64, 64, 8, 70]);
    let mut header = vec![0x80, 0x21, 0x10, chance.of(&[1, 2]), 0, 0, 0, len];
    header.extend(chance.octets(usize::from(len) - 8));
    [header, wireless(chance)].concat()
}

/// A link type inside, and a frame of it.
fn inner(chance: &mut Chance) -> (u8, Vec<u8>) {
    match chance.under(7) {
        0 => (0, loopback(chance)),
        1 => (9, packets::ppp(chance, DEPTH)),
        2 => (12, raw(chance)),
        3 => (105, wireless(chance)),
        4 => (127, radiotap(chance)),
        5 => (113, cooked(chance)),
        _ => (1, ethernet(chance)),
    }
}

fn ppi(chance: &mut Chance) -> Vec<u8> {
    let (link_type, frame) = inner(chance);
    let fields = chance.of(&[0, 0, 24]);
    let mut header = vec![chance.of(&[0, 0, 7]), chance.of(&[0, 1]), 8 + fields, 0];
    header.extend([link_type, 0, 0, 0]);
    header.extend(chance.octets(usize::from(fields)));
    [header, frame].concat()
}

fn pktap(chance: &mut Chance) -> Vec<u8> {
    let (link_type, frame) = inner(chance);
    let len = chance.of(&[108, 108, 156]);
    let mut header = vec![len, 0, 0, 0, 1, 0, 0, 0, link_type, 0, 0, 0];
    header.extend(chance.octets(usize::from(len) - 12));
    [header, frame].concat()
}

fn ipnet(chance: &mut Chance) -> Vec<u8> {
    let (carried, octets) = packets::ip(chance, DEPTH);
    let family = if carried == Carried::Ipv4 { 2 } else { 26 };
    let mut header = vec![1, family];
    header.extend(chance.octets(22));
    [header, octets].concat()
}

fn ipoib(chance: &mut Chance) -> Vec<u8> {
    let (carried, octets) = packets::packet(chance, DEPTH);
    let mut header = chance.octets(40);
    header.extend(carried.ethertype().to_be_bytes());
    header.extend([0, 0]);
    [header, octets].concat()
}
