//! Tags and headers that switches and service providers put in front of a frame.

use tcptrace::link_type::LinkType;

use super::tunnels::{INNER, INNER_V6, brings, ethernet, in_ethernet, ipv4};
use super::{ENDS, ENDS_V6, datagram, segment};

const CONTROL_WORD: [u8; 4] = [0, 0, 0, 7];
const LABEL: [u8; 4] = [0, 6, 0x41, 64];

#[test]
fn every_tag_of_a_vlan_is_known_and_stands_in_ieee_802_2_too() {
    let inner = &datagram(ENDS)[..];
    for tag in [0x8100, 0x88a8, 0x9100, 0x9200, 0x9300] {
        in_ethernet(tag, &[&[0, 7, 8, 0], inner]);
    }
    let snap = [0xaa, 0xaa, 3, 0, 0, 0, 0x81, 0, 0, 7, 8, 0];
    in_ethernet(62, &[&snap, inner]);
}

#[test]
fn tags_of_ports_and_services_stand_before_and_behind_those_of_vlans() {
    let inner = &datagram(ENDS)[..];
    let frame = &segment(ENDS, 10)[..];
    let vntag = [0x80, 0x0a, 0, 0];
    let service = [0, 0, 0x12, 0x34];
    in_ethernet(0x8926, &[&vntag, &[8, 0], inner]);
    in_ethernet(0x8926, &[&vntag, &[0x81, 0, 0, 7, 8, 0], inner]);
    in_ethernet(0x8100, &[&[0, 7, 0x89, 0x26], &vntag, &[8, 0], inner]);
    in_ethernet(0x893f, &[&[0; 6], &[8, 0], inner]);
    in_ethernet(0x893f, &[&[0; 6], &[0x81, 0, 0, 7, 8, 0], inner]);
    in_ethernet(0x88e7, &[&service, frame]);
    in_ethernet(0x88a8, &[&[0, 7, 0x88, 0xe7], &service, frame]);
    in_ethernet(0x8903, &[&[0, 0x60], frame]);
    in_ethernet(0x22f3, &[&[0, 0x10, 0, 1, 0, 2], frame]);
    // With a word of options.
    in_ethernet(0x22f3, &[&[0, 0x50, 0, 1, 0, 2, 9, 9, 9, 9], frame]);
}

#[test]
fn a_pseudowire_carries_frames_with_a_control_word_or_without() {
    let frame = &segment(ENDS, 10)[..];
    for ethertype in [0x8847, 0x8848] {
        in_ethernet(ethertype, &[&LABEL, frame]);
        in_ethernet(ethertype, &[&LABEL, &CONTROL_WORD, frame]);
        in_ethernet(ethertype, &[&[0, 1, 0, 64], &LABEL, &[0; 4], frame]);
        in_ethernet(ethertype, &[&LABEL, &datagram(ENDS)]);
    }
    // Whatever the address begins with.
    for first in [0x40, 0x44, 0x60, 0x6e] {
        let mut frame = segment(ENDS, 10);
        frame[0] = first;
        in_ethernet(0x8847, &[&LABEL, &frame]);
    }
    brings(LinkType::RAW, &ipv4(137, &[&LABEL, frame]), INNER);
    let channel = ethernet(0x8847, &[&LABEL, &[0x10, 0, 0, 7], frame]);
    brings(LinkType::ETHERNET, &channel, "NotIp");
}

#[test]
fn a_service_header_is_stepped_over_with_metadata_of_any_kind() {
    let (v4, v6, frame) = (datagram(ENDS), datagram(ENDS_V6), segment(ENDS, 10));
    let header = |kind: u8, next: u8, metadata: &[u8]| {
        let words = u8::try_from(2 + metadata.len() / 4).unwrap();
        let base = [0x0f, 0xc0 | words, kind, next, 0, 0, 42, 255];
        [&base[..], metadata].concat()
    };
    for (kind, metadata) in [
        (1, &[0; 16][..]),
        (2, &[]),
        (2, &[1, 2, 3, 3, b'a', b'b', b'c', 0, 1, 2, 3, 0]),
    ] {
        in_ethernet(0x894f, &[&header(kind, 1, metadata), &v4]);
        in_ethernet(0x894f, &[&header(kind, 3, metadata), &frame]);
        in_ethernet(0x894f, &[&header(kind, 5, metadata), &LABEL, &v4]);
        let twice = [header(kind, 4, metadata), header(2, 1, &[])].concat();
        in_ethernet(0x894f, &[&twice, &v4]);
        let bytes = ethernet(0x894f, &[&header(kind, 2, metadata), &v6]);
        brings(LinkType::ETHERNET, &bytes, INNER_V6);
        brings(
            LinkType::RAW,
            &ipv4(47, &[&[0, 0, 0x89, 0x4f], &header(kind, 1, metadata), &v4]),
            INNER,
        );
    }
}
