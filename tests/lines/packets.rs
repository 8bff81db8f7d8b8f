//! What carries a datagram: link headers, label stacks, PPP, tunnels. Fields are
//! mostly right and sometimes not.

use crate::chance::Chance;
use crate::datagrams::{ipv4, ipv6};

/// What a carrier says that it carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carried {
    Ipv4,
    Ipv6,
    Ethernet,
    Mpls,
    Pppoe,
    Ppp,
    Nsh,
}

impl Carried {
    pub const fn ethertype(self) -> u16 {
        match self {
            Self::Ipv4 => 0x0800,
            Self::Ipv6 => 0x86dd,
            Self::Ethernet => 0x6558,
            Self::Mpls => 0x8847,
            Self::Pppoe => 0x8864,
            Self::Ppp => 0x880b,
            Self::Nsh => 0x894f,
        }
    }
}

/// A packet of some kind, with tunnels in it up to a depth.
pub fn packet(chance: &mut Chance, depth: usize) -> (Carried, Vec<u8>) {
    match chance.under(13) {
        3 => (Carried::Nsh, nsh(chance, depth)),
        0 => (Carried::Mpls, mpls(chance, depth)),
        1 => (Carried::Pppoe, pppoe(chance, depth)),
        2 if chance.once_in(4) => (Carried::Ppp, ppp(chance, depth)),
        _ => ip(chance, depth),
    }
}

pub fn ip(chance: &mut Chance, depth: usize) -> (Carried, Vec<u8>) {
    if chance.once_in(3) {
        (Carried::Ipv6, ipv6(chance, depth))
    } else {
        (Carried::Ipv4, ipv4(chance, depth))
    }
}

pub fn gre(chance: &mut Chance, depth: usize) -> Vec<u8> {
    let (carried, payload) = match chance.under(4) {
        0 => (Carried::Ethernet, ethernet(chance, depth)),
        1 => (Carried::Mpls, mpls(chance, depth)),
        _ => ip(chance, depth),
    };
    let is_version_1 = chance.once_in(6);
    let (carried, payload) = if is_version_1 {
        (Carried::Ppp, ppp(chance, depth))
    } else {
        (carried, payload)
    };
    let mut flags = chance.of(&[0, 0x2000, 0x1000, 0x3000, 0x8000, 0xb000]);
    if is_version_1 {
        flags = chance.of(&[0x2001, 0x3001, 0x3081, 0x1001]);
    }
    let mut header = Vec::new();
    header.extend(u16::to_be_bytes(flags));
    header.extend(carried.ethertype().to_be_bytes());
    for bit in [0x8000, 0x2000, 0x1000, 0x0080] {
        if flags & bit != 0 {
            header.extend(chance.octets(4));
        }
    }
    [header, payload].concat()
}

pub fn udp(chance: &mut Chance, depth: usize) -> Vec<u8> {
    let (port, payload) = match chance.under(8) {
        5 | 6 => (1701, l2tp(chance, depth)),
        0 => (
            8472,
            [vec![8, 0, 0, 1, 0, 0, 7, 0], ethernet(chance, depth)].concat(),
        ),
        1 => {
            let (kind, payload) = match chance.under(4) {
                3 => (4, nsh(chance, depth)),
                0 => (3, ethernet(chance, depth)),
                1 => (2, ipv6(chance, depth)),
                _ => (1, ipv4(chance, depth)),
            };
            let flags = chance.of(&[0x0c, 0, 0x0f]);
            (
                4790,
                [vec![flags, 0, 0, kind, 0, 0, 9, 0], payload].concat(),
            )
        }
        2 => (6635, mpls(chance, depth)),
        3 | 4 => (6081, geneve(chance, depth)),
        _ => {
            let flags = chance.of(&[8, 8, 0, 0x18]);
            let header = vec![flags, 0, 0, 0, 0, 1, 2, 0];
            (4789, [header, ethernet(chance, depth)].concat())
        }
    };
    let len = match chance.under(20) {
        0 => chance.two(),
        _ => u16::try_from(payload.len() + 8).unwrap(),
    };
    let mut header = 50_000_u16.to_be_bytes().to_vec();
    header.extend(u16::to_be_bytes(port));
    header.extend(len.to_be_bytes());
    header.extend(chance.of(&[[0, 0], [0, 0], [1, 1]]));
    [header, payload].concat()
}

fn geneve(chance: &mut Chance, depth: usize) -> Vec<u8> {
    let (carried, payload) = match chance.under(3) {
        0 => packet(chance, depth),
        1 => ip(chance, depth),
        _ => (Carried::Ethernet, ethernet(chance, depth)),
    };
    let words = chance.of(&[0, 0, 1, 2, 3]);
    let mut header = vec![words, chance.of(&[0, 0, 0x40, 0x80, 0xc1])];
    header.extend(carried.ethertype().to_be_bytes());
    header.extend([0, 1, 2, chance.of(&[0, 0, 5])]);
    if words > 0 {
        header.extend(chance.of(&[[1, 2], [0, 0], [0xff, 0xf1]]));
        header.extend([
            chance.octet(),
            if chance.once_in(8) { 9 } else { words - 1 },
        ]);
        header.extend(chance.octets(usize::from(words - 1) * 4));
    }
    [header, payload].concat()
}

/// An Ethernet frame without its check sequence.
pub fn ethernet(chance: &mut Chance, depth: usize) -> Vec<u8> {
    let mut frame = vec![2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2];
    frame.extend(tagged(chance, depth, true));
    frame
}

/// An ethertype, the tags it may stand for, and a packet.
pub fn tagged(chance: &mut Chance, depth: usize, may_secure: bool) -> Vec<u8> {
    match chance.under(14) {
        0 | 1 => {
            let mut octets = chance
                .of(&[0x8100_u16, 0x8100, 0x88a8, 0x9100])
                .to_be_bytes()
                .to_vec();
            octets.extend(chance.octets(2));
            octets.extend(tagged(chance, depth, false));
            octets
        }
        2 => {
            let content = llc(chance, depth);
            let len = match chance.under(8) {
                0 => chance.under(1500),
                _ => content.len(),
            };
            let mut octets = u16::try_from(len).unwrap().to_be_bytes().to_vec();
            octets.extend(content);
            octets.extend(vec![0; chance.of(&[0, 0, 6])]);
            octets
        }
        3 if may_secure => {
            let channel = chance.of(&[0, 0x20]);
            let content = tagged(chance, depth, false);
            let mut octets = vec![0x88, 0xe5, channel | chance.of(&[0, 1, 0x40]), 0];
            octets.extend(chance.octets(4));
            octets.extend(vec![7; usize::from(channel) / 4]);
            octets.extend(content);
            octets.extend([0xcc; 16]);
            octets
        }
        _ => {
            let (carried, content) = packet(chance, depth);
            let mut octets = carried.ethertype().to_be_bytes().to_vec();
            octets.extend(content);
            octets.extend(vec![0; chance.of(&[0, 0, 0, 6])]);
            octets
        }
    }
}

/// IEEE 802.2 and what it carries.
pub fn llc(chance: &mut Chance, depth: usize) -> Vec<u8> {
    match chance.under(6) {
        0 => [vec![6, chance.of(&[6, 7]), 3], ipv4(chance, depth)].concat(),
        1 => {
            let header = vec![0xaa, 0xaa, 3, 0, 0x80, 0xc2, 0, chance.of(&[1, 7]), 0, 0];
            [header, ethernet(chance, depth)].concat()
        }
        _ => {
            let (carried, content) = packet(chance, depth);
            let mut header = vec![0xaa, 0xaa, 3, 0, 0, chance.of(&[0, 0, 0xf8])];
            header.extend(carried.ethertype().to_be_bytes());
            [header, content].concat()
        }
    }
}

pub fn mpls(chance: &mut Chance, depth: usize) -> Vec<u8> {
    let (carried, content) = ip(chance, depth);
    let mut stack = Vec::new();
    for _ in 0..chance.under(3) {
        stack.extend([chance.octet(), chance.octet(), chance.octet() & 0xfe, 64]);
    }
    let label = match (chance.under(4), carried) {
        (0, Carried::Ipv4) => 0_u32,
        (0, _) => 2,
        (1, _) => chance.of(&[1, 5, 15]),
        _ => 1000,
    };
    stack.extend((label << 12 | 0x1ff).to_be_bytes());
    [stack, content].concat()
}

pub fn pppoe(chance: &mut Chance, depth: usize) -> Vec<u8> {
    let content = ppp(chance, depth);
    let len = match chance.under(10) {
        0 => chance.under(1500),
        _ => content.len(),
    };
    let mut header = vec![chance.of(&[0x11, 0x11, 0x11, 0x21]), 0];
    header.extend(chance.of(&[[0, 0], [0, 9], [0x12, 0x34]]));
    header.extend(u16::try_from(len).unwrap().to_be_bytes());
    [header, content].concat()
}

pub fn ppp(chance: &mut Chance, depth: usize) -> Vec<u8> {
    let (protocol, content) = match chance.under(5) {
        0 => (0x0281, mpls(chance, depth)),
        1 => (0x0057, ipv6(chance, depth)),
        2 if chance.once_in(4) => (0x0800, ipv4(chance, depth)),
        _ => (0x0021, ipv4(chance, depth)),
    };
    let mut header = chance
        .of(&[&[][..], &[], &[0xff, 3], &[0, 3], &[1, 3]])
        .to_vec();
    match (chance.under(3), u8::try_from(protocol)) {
        (0, Ok(short)) => header.push(short),
        _ => header.extend(u16::to_be_bytes(protocol)),
    }
    [header, content].concat()
}

/// Version 2, with any of the fields that flags announce.
fn l2tp(chance: &mut Chance, depth: usize) -> Vec<u8> {
    let mut flags = 0x0002_u16 | chance.of(&[0, 0, 0x0100]);
    let content = ppp(chance, depth);
    let mut fields = vec![0, 7, 0, 9];
    if chance.once_in(3) {
        flags |= 0x0800;
        fields.extend(chance.octets(4));
    }
    if chance.once_in(4) {
        flags |= 0x0200;
        let padding = chance.of(&[0, 2, 6]);
        fields.extend([0, padding]);
        fields.resize(fields.len() + usize::from(padding), 0);
    }
    let mut len = Vec::new();
    if chance.once_in(3) {
        flags |= 0x4000;
        let whole = fields.len() + 4 + content.len();
        let claimed = match chance.under(8) {
            0 => whole + chance.under(20),
            1 => chance.under(whole),
            _ => whole,
        };
        len.extend(u16::try_from(claimed).unwrap().to_be_bytes());
    }
    [flags.to_be_bytes().to_vec(), len, fields, content].concat()
}

/// A network service header, with metadata of either kind.
pub fn nsh(chance: &mut Chance, depth: usize) -> Vec<u8> {
    let (next, content) = match chance.under(4) {
        0 => (2, ipv6(chance, depth)),
        1 => (3, ethernet(chance, depth)),
        _ => (1, ipv4(chance, depth)),
    };
    let (kind, metadata) = match chance.under(4) {
        0 => (2, Vec::new()),
        1 => {
            let len = chance.of(&[0, 3, 4, 9]);
            let mut field = vec![1, 2, 3, if chance.once_in(8) { 40 } else { len }];
            field.extend(chance.octets(usize::from(len).next_multiple_of(4)));
            (2, field)
        }
        2 => (chance.of(&[1, 3, 15]), {
            let len = chance.of(&[0, 8]);
            chance.octets(len)
        }),
        _ => (1, chance.octets(16)),
    };
    let words = u16::try_from(2 + metadata.len() / 4).unwrap();
    let flags = chance.of(&[0, 0, 0x2000, 0x1000, 0x3000]);
    let first = flags | 63 << 6 | words;
    let path = [0, 1, 2, chance.octet()];
    [
        &first.to_be_bytes()[..],
        &[kind, next],
        &path,
        &metadata,
        &content,
    ]
    .concat()
}
