//! Link types that say more of a frame than what it carries.

use tcptrace::link_type::LinkType;

use super::tunnels::{INNER, INNER_V6, brings, ipv4};
use super::{ENDS, ENDS_V6, datagram, segment};

const SNAP: [u8; 8] = [0xaa, 0xaa, 3, 0, 0, 0, 8, 0];

/// A data frame, with quality of service if `qos` is there.
pub fn wireless(qos: &[u8]) -> Vec<u8> {
    let control = [if qos.is_empty() { 0x08 } else { 0x88 }, 1];
    [&control[..], &[0, 0], &[2; 18], &[0, 0], qos].concat()
}

/// One frame among several, padded.
pub fn subframe(content: &[u8]) -> Vec<u8> {
    let len = u16::try_from(content.len()).unwrap().to_be_bytes();
    let mut subframe = [&[2; 12][..], &len, content].concat();
    subframe.resize(subframe.len().next_multiple_of(4), 0);
    subframe
}

#[test]
fn an_aggregate_brings_its_first_segment() {
    let inner = [&SNAP[..], &datagram(ENDS)].concat();
    let arp = [&[0xaa, 0xaa, 3, 0, 0, 0, 8, 6][..], &[0; 28]].concat();
    let header = wireless(&[0x80, 0]);
    for parts in [
        vec![subframe(&inner)],
        vec![subframe(&arp), subframe(&inner)],
        vec![subframe(&inner), subframe(&arp)],
    ] {
        let bytes = [header.clone(), parts.concat()].concat();
        brings(LinkType::IEEE802_11, &bytes, INNER);
        let radiotap = [0, 0, 8, 0, 0, 0, 0, 0];
        let bytes = [&radiotap[..], &bytes].concat();
        brings(LinkType::RADIOTAP, &bytes, INNER);
    }
    let bytes = [header.clone(), subframe(&arp)].concat();
    brings(LinkType::IEEE802_11, &bytes, "NotIp");
    // The bit alone is not believed.
    brings(LinkType::IEEE802_11, &[header, inner].concat(), INNER);
}

#[test]
fn the_headers_before_radiotap_are_read() {
    let frame = [wireless(&[]), SNAP.to_vec(), datagram(ENDS)].concat();
    let prism = [&[0x44, 0, 0, 0, 144, 0, 0, 0][..], &[0; 136], &frame].concat();
    brings(LinkType::PRISM, &prism, INNER);
    for version in [1, 2] {
        let avs = [0x80, 0x21, 0x10, version, 0, 0, 0, 64];
        let avs = [&avs[..], &[0; 56], &frame].concat();
        brings(LinkType::AVS, &avs, INNER);
        brings(LinkType::PRISM, &avs, INNER);
    }
    let short = [&[0x80, 0x21, 0x10, 1, 0, 0, 0, 4][..], &frame].concat();
    brings(LinkType::AVS, &short, "BadHeader");
}

#[test]
fn a_link_type_inside_a_frame_leads_on() {
    let bare = datagram(ENDS);
    let wireless = [wireless(&[]), SNAP.to_vec(), bare.clone()].concat();
    for (number, inner) in [
        (1, segment(ENDS, 10)),
        (12, bare.clone()),
        (0, [&[2, 0, 0, 0][..], &bare].concat()),
        (9, [&[0xff, 3, 0, 0x21][..], &bare].concat()),
        (105, wireless),
    ] {
        for fields in [&[][..], &[2, 0, 4, 0, 9, 9, 9, 9]] {
            let len = u8::try_from(8 + fields.len()).unwrap();
            let header = [0, 0, len, 0, number, 0, 0, 0];
            let bytes = [&header[..], fields, &inner].concat();
            brings(LinkType::PPI, &bytes, INNER);
        }
        for len in [108, 156] {
            let header = [len, 0, 0, 0, 1, 0, 0, 0, number, 0, 0, 0];
            let rest = vec![9; usize::from(len) - 12];
            let bytes = [&header[..], &rest, &inner].concat();
            brings(LinkType::PKTAP, &bytes, INNER);
            brings(LinkType::USER2, &bytes, INNER);
        }
    }
    let unknown = [&[0, 0, 8, 0, 0, 1, 1, 0][..], &bare].concat();
    brings(LinkType::PPI, &unknown, "UnknownLink");
    // A record without a frame, and one shorter than any.
    for header in [[108, 0, 0, 0, 0, 0, 0, 0], [60, 0, 0, 0, 1, 0, 0, 0]] {
        let bytes = [&header[..], &[1, 0, 0, 0], &[0; 96], &bare].concat();
        brings(LinkType::PKTAP, &bytes, "NotIp");
    }
}

#[test]
fn zones_and_infiniband_lead_to_ip() {
    let (v4, v6) = (datagram(ENDS), datagram(ENDS_V6));
    for (family, ethertype, inner, expected) in
        [(2, [8, 0], &v4, INNER), (26, [0x86, 0xdd], &v6, INNER_V6)]
    {
        let zones = [&[1, family][..], &[0; 22], inner].concat();
        brings(LinkType::IPNET, &zones, expected);
        let encapsulated = [&ethertype[..], &[0, 0], inner].concat();
        let routed = [&[0; 40][..], &encapsulated].concat();
        brings(LinkType::IPOIB, &routed, expected);
        let transport = |operation: u8| [&[operation][..], &[0; 11]].concat();
        for (local, between) in [
            (2, [transport(0x64), vec![0; 8]].concat()),
            (3, [vec![0; 40], transport(0x64), vec![0; 8]].concat()),
            (2, transport(0x04)),
        ] {
            let local = [0, local, 0, 1, 0, 20, 0, 2];
            let bytes = [&local[..], &between, &encapsulated, &[0; 6]].concat();
            brings(LinkType::INFINIBAND, &bytes, expected);
        }
    }
}

#[test]
fn a_bridged_frame_is_read_in_ppp() {
    let frame = segment(ENDS, 10);
    let bytes = [&[0xff, 3, 0, 0x31, 0, 1][..], &frame].concat();
    brings(LinkType::PPP, &bytes, INNER);
    let with_id = [&[0x31, 0x40, 1, 0, 0, 0, 7][..], &frame].concat();
    brings(LinkType::PPP, &with_id, INNER);
    let token_ring = [&[0x31, 0, 2][..], &frame].concat();
    brings(LinkType::PPP, &token_ring, "NotIp");
}

#[test]
fn what_is_unknown_inside_ip_is_not_tcp_and_not_ip_elsewhere() {
    let unknown = [&[0, 0, 0x12, 0x34][..], &datagram(ENDS)].concat();
    brings(LinkType::RAW, &ipv4(47, &[&unknown]), "NotTcp");
    let arp = super::tunnels::ethernet(0x0806, &[&[0; 28]]);
    brings(LinkType::ETHERNET, &arp, "NotIp");
    brings(LinkType::RAW, &ipv4(97, &[&[0x30, 0], &arp]), "NotTcp");
}
