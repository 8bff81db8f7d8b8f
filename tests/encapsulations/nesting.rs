//! Any encapsulation in any other: however they are nested, they lead to the
//! segment inside, and cut anywhere they lead to no panic.

use proptest::collection::vec;
use proptest::prelude::*;
use tcptrace::decode::Decoder;
use tcptrace::link_type::LinkType;

use super::links::{subframe, wireless};
use super::tunnels::{INNER, ethernet, ipv4, ipv6, udp};
use super::{ENDS, datagram, frame, received};

/// What a layer carries, and what it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Ipv4,
    Ipv6,
    Ethernet,
    Ppp,
}

/// Puts a packet in an encapsulation; what comes of it.
type Wrap = fn(Kind, &[u8]) -> (Kind, Vec<u8>);

fn ethertype(kind: Kind) -> [u8; 2] {
    match kind {
        Kind::Ipv4 => [8, 0],
        Kind::Ipv6 => [0x86, 0xdd],
        Kind::Ethernet => [0x65, 0x58],
        Kind::Ppp => [0x88, 0x0b],
    }
}

/// By an ethertype, in an Ethernet frame.
fn link(kind: Kind, packet: &[u8]) -> Vec<u8> {
    ethernet(u16::from_be_bytes(ethertype(kind)), &[packet])
}

/// The packet as a whole Ethernet frame.
fn whole(kind: Kind, packet: &[u8]) -> Vec<u8> {
    match kind {
        Kind::Ethernet => packet.to_vec(),
        other => link(other, packet),
    }
}

fn in_ethernet(number: u16, head: &[u8], packet: &[u8]) -> (Kind, Vec<u8>) {
    (Kind::Ethernet, ethernet(number, &[head, packet]))
}

fn over(protocol: u8, parts: &[&[u8]]) -> (Kind, Vec<u8>) {
    (Kind::Ipv4, ipv4(protocol, parts))
}

fn over_udp(port: u16, parts: &[&[u8]]) -> (Kind, Vec<u8>) {
    (Kind::Ipv6, ipv6(17, &[&udp(port, parts)]))
}

/// IEEE 802.2 in front of a packet.
fn llc(kind: Kind, packet: &[u8]) -> Vec<u8> {
    [&[0xaa, 0xaa, 3, 0, 0, 0][..], &ethertype(kind), packet].concat()
}

const WRAPS: [Wrap; 24] = [
    |kind, packet| in_ethernet(0x8100, &[&[0, 7][..], &ethertype(kind)].concat(), packet),
    |kind, packet| in_ethernet(0x9300, &[&[0, 7][..], &ethertype(kind)].concat(), packet),
    |kind, packet| in_ethernet(0x8926, &[&[0; 4][..], &ethertype(kind)].concat(), packet),
    |kind, packet| in_ethernet(0x893f, &[&[0; 6][..], &ethertype(kind)].concat(), packet),
    |kind, packet| in_ethernet(0x88e7, &[0, 0, 0, 1], &whole(kind, packet)),
    |kind, packet| in_ethernet(0x8903, &[0, 1], &whole(kind, packet)),
    |kind, packet| in_ethernet(0x8847, &[0, 6, 0x41, 64, 0, 0, 0, 0], &whole(kind, packet)),
    |kind, packet| {
        let head = [0x0f, 0xc2, 2, 3, 0, 0, 1, 255];
        in_ethernet(0x894f, &head, &whole(kind, packet))
    },
    |kind, packet| match kind {
        Kind::Ipv4 => over(4, &[packet]),
        Kind::Ipv6 => over(41, &[packet]),
        _ => over(97, &[&[0x30, 0], &whole(kind, packet)]),
    },
    |kind, packet| over(47, &[&[0, 0], &ethertype(kind), packet]),
    |kind, packet| {
        over(
            47,
            &[&[0x20, 0, 0x65, 0x58, 0, 0, 7, 0], &whole(kind, packet)],
        )
    },
    |kind, packet| over(47, &[&[0, 0, 0x88, 0xbe], &whole(kind, packet)]),
    |kind, packet| {
        let head = [0x10, 0, 0x88, 0xbe, 0, 0, 0, 1, 0x10, 0, 0, 0, 0, 0, 0, 0];
        over(47, &[&head, &whole(kind, packet)])
    },
    |kind, packet| over(47, &[&[0, 0, 0x82, 0], &wireless(&[]), &llc(kind, packet)]),
    |kind, packet| {
        let aggregate = subframe(&[0xaa, 0xaa, 3, 0, 0, 0, 8, 6]);
        let ours = subframe(&llc(kind, packet));
        over(
            47,
            &[&[0, 0, 0x82, 0], &wireless(&[0x80, 0]), &aggregate, &ours],
        )
    },
    |kind, packet| over(115, &[&[0, 0, 0, 1], &whole(kind, packet)]),
    |kind, packet| over_udp(4789, &[&[8, 0, 0, 0, 0, 0, 7, 0], &whole(kind, packet)]),
    |kind, packet| over_udp(6081, &[&[0, 0], &ethertype(kind), &[0, 0, 7, 0], packet]),
    |kind, packet| over_udp(37008, &[&[1, 0, 0, 1, 1], &whole(kind, packet)]),
    |kind, packet| {
        over_udp(
            5247,
            &[&[0, 0x10, 0x42, 0, 0, 0, 0, 0], &whole(kind, packet)],
        )
    },
    |kind, packet| {
        over_udp(
            2152,
            &[&[0x30, 255, 0, 0, 0, 0, 0, 9], &whole(kind, packet)],
        )
    },
    |kind, packet| match kind {
        Kind::Ppp => over_udp(1701, &[&[0, 2, 0, 7, 0, 9], packet]),
        Kind::Ipv6 => over_udp(3544, &[packet]),
        _ => over_udp(4754, &[&[0, 0], &ethertype(kind), packet]),
    },
    |kind, packet| match kind {
        Kind::Ipv4 => (Kind::Ppp, [&[0, 0x21][..], packet].concat()),
        Kind::Ipv6 => (Kind::Ppp, [&[0xff, 3, 0x57][..], packet].concat()),
        _ => (
            Kind::Ppp,
            [&[0, 0x31, 0, 1][..], &whole(kind, packet)].concat(),
        ),
    },
    |kind, packet| (Kind::Ethernet, whole(kind, packet)),
];

/// A frame with encapsulations in each other.
fn nested(choices: &[usize]) -> Vec<u8> {
    let mut kind = Kind::Ipv4;
    let mut packet = datagram(ENDS);
    for &choice in choices {
        (kind, packet) = WRAPS[choice](kind, &packet);
    }
    whole(kind, &packet)
}

proptest! {
    #[test]
    fn any_nesting_leads_to_the_segment_inside(choices in vec(0..WRAPS.len(), 0..7)) {
        let bytes = nested(&choices);
        let frame = frame(LinkType::ETHERNET, &bytes);
        prop_assert_eq!(received(&mut Decoder::default(), &frame), INNER, "{:?}", choices);
    }

    #[test]
    fn a_nesting_may_be_cut_and_spoilt_anywhere(
        choices in vec(0..WRAPS.len(), 0..7),
        spoilt in vec((any::<prop::sample::Index>(), any::<u8>()), 0..3),
        cut: prop::sample::Index,
    ) {
        let mut bytes = nested(&choices);
        for (place, octet) in spoilt {
            let place = place.index(bytes.len());
            bytes[place] = octet;
        }
        let mut frame = frame(LinkType::ETHERNET, &bytes);
        frame.bytes = &bytes[..=cut.index(bytes.len())];
        let said = received(&mut Decoder::default(), &frame);
        prop_assert!(!said.is_empty());
    }
}
