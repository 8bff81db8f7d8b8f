//! Each encapsulation, alone and in others.

use tcptrace::decode::Decoder;
use tcptrace::link_type::LinkType;

use super::{ENDS, ENDS_V6, datagram, frame, received, segment};

const MACS: [u8; 12] = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2];
/// The segment inside, of either family.
pub const INNER: &str = "192.0.2.1:40000 > 192.0.2.2:4444 seq 7 length 10";
pub const INNER_V6: &str = "[2001:db8::1]:40000 > [2001:db8::2]:4444 seq 7 length 10";

/// An Ethernet frame of one ethertype.
pub fn ethernet(ethertype: u16, parts: &[&[u8]]) -> Vec<u8> {
    [&MACS[..], &ethertype.to_be_bytes(), &parts.concat()].concat()
}

/// An IPv4 datagram of one protocol.
pub fn ipv4(protocol: u8, parts: &[&[u8]]) -> Vec<u8> {
    let payload = parts.concat();
    let len = u16::try_from(payload.len() + 20).unwrap().to_be_bytes();
    let head = [0x45, 0, len[0], len[1], 0, 1, 0x40, 0, 64, protocol, 0, 0];
    [&head[..], &[10, 0, 0, 1, 10, 0, 0, 2], &payload].concat()
}

/// An IPv6 datagram of one next header.
pub fn ipv6(next: u8, parts: &[&[u8]]) -> Vec<u8> {
    let payload = parts.concat();
    let len = u16::try_from(payload.len()).unwrap().to_be_bytes();
    let head = [0x60, 0, 0, 0, len[0], len[1], next, 64];
    [&head[..], &[0xfd; 32], &payload].concat()
}

/// A UDP datagram to a port.
pub fn udp(port: u16, parts: &[&[u8]]) -> Vec<u8> {
    let payload = parts.concat();
    let len = u16::try_from(payload.len() + 8).unwrap();
    let fields = [50000, port, len, 0].map(u16::to_be_bytes).concat();
    [fields, payload].concat()
}

/// A frame leads to a segment, or to a reason why it does not.
#[track_caller]
pub fn brings(link_type: LinkType, bytes: &[u8], expected: &str) {
    let frame = frame(link_type, bytes);
    assert_eq!(received(&mut Decoder::default(), &frame), expected);
}

/// The same of an Ethernet frame with the usual segment in it.
#[track_caller]
pub fn in_ethernet(ethertype: u16, parts: &[&[u8]]) {
    brings(LinkType::ETHERNET, &ethernet(ethertype, parts), INNER);
}

#[test]
fn ethertypes_lead_through_tags_labels_and_sessions() {
    let inner = &datagram(ENDS)[..];
    in_ethernet(0x8100, &[&[0, 7, 0x88, 0xa8, 0, 8, 8, 0], inner]);
    in_ethernet(0x8847, &[&[0, 1, 0, 64, 0, 2, 1, 64], inner]);
    let session = [0x11, 0, 0, 9, 0, 52, 0, 0x21];
    in_ethernet(0x8864, &[&session, inner]);
    let mut length = ethernet(60, &[&[0xaa, 0xaa, 3, 0, 0, 0, 8, 0], inner]);
    length.extend([0; 4]);
    brings(LinkType::ETHERNET, &length, INNER);
    let points = [6, 6, 3];
    brings(LinkType::ETHERNET, &ethernet(53, &[&points, inner]), INNER);
}

#[test]
fn a_secured_frame_is_read_as_far_as_it_is_not_encrypted() {
    let inner = &datagram(ENDS)[..];
    let check_value = &[0xcc; 16][..];
    let tag = [0x00, 0, 0, 0, 0, 1, 8, 0];
    in_ethernet(0x88e5, &[&tag, inner, check_value]);
    let with_channel = [0x20, 0, 0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8, 8, 0];
    in_ethernet(0x88e5, &[&with_channel, inner, check_value]);
    in_ethernet(0x8100, &[&[0, 7, 0x88, 0xe5], &tag, inner, check_value]);
    let encrypted = [0x0c, 0, 0, 0, 0, 1, 8, 0];
    let bytes = ethernet(0x88e5, &[&encrypted, inner, check_value]);
    brings(LinkType::ETHERNET, &bytes, "NotIp");
}

#[test]
fn ip_carries_ip_of_both_families() {
    let (v4, v6) = (datagram(ENDS), datagram(ENDS_V6));
    for (outer, expected) in [
        (ipv4(4, &[&v4]), INNER),
        (ipv4(41, &[&v6]), INNER_V6),
        (ipv6(4, &[&v4]), INNER),
        (ipv6(41, &[&v6]), INNER_V6),
        (ipv4(4, &[&ipv4(41, &[&ipv6(41, &[&v6])])]), INNER_V6),
        (ipv6(143, &[&segment(ENDS, 10)]), INNER),
    ] {
        brings(LinkType::RAW, &outer, expected);
    }
}

#[test]
fn generic_routing_encapsulation_carries_ip_ethernet_and_ppp() {
    let inner = &datagram(ENDS)[..];
    let ethernet = &segment(ENDS, 10)[..];
    for parts in [
        [&[0, 0, 8, 0][..], inner],
        [&[0xb0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 1], inner],
        [&[0, 0, 0x65, 0x58], ethernet],
        [&[0, 0, 0x88, 0x47, 0, 1, 1, 64], inner],
        [
            &[0x30, 1, 0x88, 0x0b, 0, 52, 0, 7, 0, 0, 0, 1, 0, 0x21],
            inner,
        ],
    ] {
        brings(LinkType::RAW, &ipv4(47, &parts), INNER);
    }
}

#[test]
fn networks_over_udp_are_known_by_their_ports() {
    let inner = &datagram(ENDS)[..];
    let ethernet = &segment(ENDS, 10)[..];
    let vxlan = &[8, 0, 0, 0, 0, 0, 7, 0][..];
    for udp in [
        udp(4789, &[vxlan, ethernet]),
        udp(8472, &[vxlan, ethernet]),
        udp(4790, &[&[8, 0, 0, 1, 0, 0, 7, 0], inner]),
        udp(4790, &[&[8, 0, 0, 3, 0, 0, 7, 0], ethernet]),
        udp(6081, &[&[0, 0, 8, 0, 0, 0, 7, 0], inner]),
        udp(
            6081,
            &[&[1, 0, 0x65, 0x58, 0, 0, 7, 0, 0, 1, 2, 0], ethernet],
        ),
        udp(6635, &[&[0, 1, 1, 64], inner]),
        udp(2152, &[&[0x30, 255, 0, 0, 0, 0, 0, 7], inner]),
        udp(2152, &[&[0x32, 255, 0, 0, 0, 0, 0, 7, 0, 1, 0, 0], inner]),
        udp(
            2152,
            &[
                &[0x34, 255, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0x85, 1, 0, 1, 0],
                inner,
            ],
        ),
    ] {
        brings(LinkType::RAW, &ipv4(17, &[&udp]), INNER);
        brings(LinkType::RAW, &ipv6(17, &[&udp]), INNER);
    }
    let echo = ipv4(17, &[&udp(2152, &[&[0x32, 1, 0, 0, 0, 0, 0, 7], inner])]);
    brings(LinkType::RAW, &echo, "NotTcp");
    let elsewhere = ipv4(17, &[&udp(4444, &[vxlan, ethernet])]);
    brings(LinkType::RAW, &elsewhere, "NotTcp");
}

#[test]
fn serial_links_carry_ppp_and_what_cisco_made_of_hdlc() {
    let inner = &datagram(ENDS)[..];
    for (link_type, head) in [
        (LinkType::PPP, &[0xff, 3, 0, 0x21][..]),
        (LinkType::PPP, &[0x21]),
        (LinkType::PPP, &[1, 3, 0, 0x21]),
        (LinkType::PPP_HDLC, &[0xff, 3, 0, 0x21]),
        (LinkType::PPP_HDLC, &[0x0f, 0, 8, 0]),
        (LinkType::C_HDLC, &[0x8f, 0, 8, 0]),
        (LinkType::PPP_ETHER, &[0x11, 0, 0, 9, 0, 52, 0, 0x21]),
    ] {
        brings(link_type, &[head, inner].concat(), INNER);
    }
}

#[test]
fn wireless_data_frames_are_read_behind_their_padding_and_before_their_check_sequence() {
    let snap = &[0xaa, 0xaa, 3, 0, 0, 0, 8, 0][..];
    let inner = [snap, &datagram(ENDS)].concat();
    let address = &[0; 22][..];
    let plain = [&[0x08, 1], address, &inner].concat();
    brings(LinkType::IEEE802_11, &plain, INNER);
    let quality = [&[0x88, 1], address, &[0, 0], &inner].concat();
    brings(LinkType::IEEE802_11, &quality, INNER);
    let four_addresses = [&[0x08, 3], address, &[0; 6], &inner].concat();
    brings(LinkType::IEEE802_11, &four_addresses, INNER);
    // Radiotap with flags: a check sequence, and padding behind the header.
    let radiotap = [0, 0, 9, 0, 2, 0, 0, 0, 0x30];
    let padded = [&[0x88, 1], address, &[0, 0, 0, 0], &inner].concat();
    let bytes = [&radiotap[..], &padded, &[1, 2, 3, 4]].concat();
    brings(LinkType::RADIOTAP, &bytes, INNER);
    let protected = [&[0x08, 0x41], address, &inner].concat();
    brings(LinkType::IEEE802_11, &protected, "NotIp");
}

#[test]
fn cooked_captures_carry_tags_and_ieee_802_2_too() {
    let inner = &datagram(ENDS)[..];
    let snap = &[0xaa, 0xaa, 3, 0, 0, 0, 8, 0][..];
    let address = &[0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0][..];
    for (protocol, rest) in [
        (&[8, 0][..], &[][..]),
        (&[0, 4], snap),
        (&[0x81, 0], &[0, 7, 8, 0]),
        (&[0x81, 0], &[0, 7, 0, 60, 0xaa, 0xaa, 3, 0, 0, 0, 8, 0]),
    ] {
        let bytes = [address, protocol, rest, inner].concat();
        brings(LinkType::LINUX_SLL, &bytes, INNER);
        let second = [0, 0, 0, 0, 0, 1, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0];
        let bytes = [protocol, &second, rest, inner].concat();
        brings(LinkType::LINUX_SLL2, &bytes, INNER);
    }
}

#[test]
fn a_datagram_without_a_length_is_as_long_as_its_frame() {
    // Captured before segmentation offload filled the length in.
    let mut bytes = segment(ENDS, 3000);
    bytes[16..18].fill(0);
    let expected = "192.0.2.1:40000 > 192.0.2.2:4444 seq 7 length 3000";
    brings(LinkType::ETHERNET, &bytes, expected);
    let mut bytes = segment(ENDS_V6, 3000);
    bytes[18..20].fill(0);
    let expected = "[2001:db8::1]:40000 > [2001:db8::2]:4444 seq 7 length 3000";
    brings(LinkType::ETHERNET, &bytes, expected);
}

#[test]
fn a_jumbogram_is_as_long_as_its_option_says() {
    let inner = datagram(ENDS_V6).split_off(40);
    let jumbo = [6, 0, 0xc2, 4, 0, 2, 0, 0];
    let mut bytes = ipv6(0, &[&jumbo, &inner]);
    bytes[4..6].fill(0);
    let mut frame = frame(LinkType::RAW, &bytes);
    frame.len = 0x2_0000 + 40;
    let text = received(&mut Decoder::default(), &frame);
    assert!(text.ends_with("seq 7 length 131044"), "{text}");
}
