//! What holds for any octets: nothing panics, nothing hangs, nothing that
//! steers a terminal is printed; and what two ways of doing the same must agree
//! on.

#![cfg(feature = "cli")]

mod filter;
mod hostile;
mod numbers;
mod reading;
mod turns;

#[path = "../support/mod.rs"]
mod support;

use std::net::SocketAddr;

use proptest::collection::vec;
use proptest::prelude::*;
use support::frame::{ETHERNET_LEN, Segment};

/// Link types by their LINKTYPE numbers, and headers that lead to IPv4 and
/// IPv6, where there are any so simple.
const LINKS: [(u32, &[u8], &[u8]); 20] = [
    (0, &[2, 0, 0, 0], &[0, 0, 0, 30]),
    (1, ETHERNET_IPV4, ETHERNET_IPV6),
    (7, &[], &[]),
    (9, &[0xff, 3, 0, 0x21], &[0, 0x57]),
    (10, &[0x50; 21], &[]),
    (12, &[], &[]),
    (14, &[], &[]),
    (50, &[0xff, 3, 0, 0x21], &[0xff, 3, 0, 0x57]),
    (51, &[0x11, 0, 0, 1, 0, 9], &[]),
    (101, &[], &[]),
    (105, &[8, 0, 0, 0], &[]),
    (108, &[0, 0, 0, 2], &[0, 0, 0, 24]),
    (113, SLL_IPV4, &[]),
    (127, &[0, 0, 8, 0, 0, 0, 0, 0], &[]),
    (129, &[], &[]),
    (147, &[], &[]),
    (228, &[], &[]),
    (229, &[], &[]),
    (239, &[2, 0, 0, 0], &[10, 0, 0, 0]),
    (276, SLL2_IPV4, &[]),
];
const ETHERNET_IPV4: &[u8] = &[2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0];
const ETHERNET_IPV6: &[u8] = &[
    2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x81, 0, 0, 5, 0x86, 0xdd,
];
const SLL_IPV4: &[u8] = &[0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 8, 0];
const SLL2_IPV4: &[u8] = &[8, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0];

/// A segment in which everything may be anything.
fn segment() -> impl Strategy<Value = Segment> {
    let ports = (0..4_u16).prop_map(|port| [0, 80, 179, u16::MAX][usize::from(port)]);
    let ends = (any::<bool>(), any::<bool>(), ports, 1..4_u16);
    let flags = proptest::sample::select(vec![
        "S", "S.", ".", "P.", "F.", "FP.", "R", "R.", "SF", "-", "SEW", "FSRPUEW.",
    ]);
    let sign = 1_u32 << 31;
    let near = prop_oneof![
        0..40_u32,
        (u32::MAX - 40)..=u32::MAX,
        (sign - 20)..(sign + 20),
        any::<u32>(),
    ];
    let numbers = (near.clone(), near, any::<u16>());
    let options = vec(any::<u8>(), 0..=40);
    let payload = vec(any::<u8>(), 0..60);
    (ends, flags, numbers, options, payload).prop_map(
        |((is_v6, from_client, server_port, client_port), flags, numbers, options, payload)| {
            let address = |last: u16, port| {
                if is_v6 {
                    SocketAddr::from(([0x2001, 0xdb8, 0, 0, 0, 0, 0, last], port))
                } else {
                    SocketAddr::from(([10, 0, 0, u8::try_from(last).unwrap()], port))
                }
            };
            let (client, server) = (address(1, client_port), address(2, server_port));
            let (src, dst) = if from_client {
                (client, server)
            } else {
                (server, client)
            };
            let (seq, ack, window) = numbers;
            let mut segment = Segment::new(src, dst, flags, seq, ack).with_options(&options);
            segment.window = window;
            segment.payload = payload;
            segment
        },
    )
}

/// Changes to octets: where, as a share of the whole, and into what.
fn damage(most: usize) -> impl Strategy<Value = Vec<(f64, u8)>> {
    vec((0.0..1.0, any::<u8>()), 0..=most)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a place in a short slice"
)]
fn place(share: f64, len: usize) -> usize {
    (share * len as f64) as usize
}

/// The octets with changes made.
fn damaged(mut octets: Vec<u8>, damage: &[(f64, u8)]) -> Vec<u8> {
    let len = octets.len();
    for (share, octet) in damage.iter().filter(|_| len > 0) {
        octets[place(*share, len)] = *octet;
    }
    octets
}

/// A frame of any link type, whole, damaged or cut, with its LINKTYPE.
fn frame() -> impl Strategy<Value = (u32, Vec<u8>)> {
    let link = 0..LINKS.len();
    let sane = (link, segment(), damage(4), 0.0..=1.2).prop_map(|(link, segment, damage, cut)| {
        let (link_type, ipv4, ipv6) = LINKS[link];
        let header = if segment.src.is_ipv6() { ipv6 } else { ipv4 };
        let datagram = &segment.to_ethernet()[ETHERNET_LEN..];
        let mut octets = damaged([header, datagram].concat(), &damage);
        octets.truncate(place(cut, octets.len()));
        (link_type, octets)
    });
    let link_type = prop_oneof![(0..LINKS.len()).prop_map(|link| LINKS[link].0), 0..300_u32];
    let wild = (link_type, vec(any::<u8>(), 0..120));
    prop_oneof![4 => sane, 1 => wild]
}
