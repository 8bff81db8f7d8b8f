//! Networks over UDP, and tunnels straight over IP.

use tcptrace::decode::Decoder;
use tcptrace::link_type::LinkType;

use super::links::{subframe, wireless};
use super::tunnels::{INNER, INNER_V6, brings, ipv4, ipv6, udp};
use super::{ENDS, ENDS_V6, datagram, frame, received, segment};

const SNAP: [u8; 8] = [0xaa, 0xaa, 3, 0, 0, 0, 8, 0];

#[track_caller]
fn over_udp(port: u16, parts: &[&[u8]], expected: &str) {
    let datagram = udp(port, parts);
    brings(LinkType::RAW, &ipv4(17, &[&datagram]), expected);
    brings(LinkType::RAW, &ipv6(17, &[&datagram]), expected);
    let mut answer = datagram;
    answer[..4].rotate_left(2);
    brings(LinkType::RAW, &ipv4(17, &[&answer]), expected);
}

#[track_caller]
fn over_ip(protocol: u8, parts: &[&[u8]], expected: &str) {
    brings(LinkType::RAW, &ipv4(protocol, parts), expected);
    brings(LinkType::RAW, &ipv6(protocol, parts), expected);
}

#[test]
fn mirrored_frames_come_in_three_types() {
    let frame = &segment(ENDS, 10)[..];
    let sequence = [0, 0, 0, 5];
    let type_2 = [0x10, 0x64, 0, 1, 0, 0, 0, 1];
    let type_3 = |last: [u8; 2]| [&[0x20, 0x64, 0, 1, 0, 0, 0, 9, 0, 0][..], &last].concat();
    over_ip(47, &[&[0, 0, 0x88, 0xbe], frame], INNER);
    let head = [0x10, 0, 0x88, 0xbe];
    over_ip(47, &[&head, &sequence, &type_2, frame], INNER);
    let head = [0x10, 0, 0x22, 0xeb];
    over_ip(47, &[&head, &sequence, &type_3([0, 0]), frame], INNER);
    let subheader = [7; 8];
    let with = type_3([0x80, 1]);
    over_ip(47, &[&head, &sequence, &with, &subheader, frame], INNER);
    let packet = type_3([8, 0]);
    over_ip(
        47,
        &[&head, &sequence, &packet, &datagram(ENDS_V6)],
        INNER_V6,
    );
    let keyed = [0x30, 0, 0x22, 0xeb, 0, 0, 0, 1];
    over_ip(47, &[&keyed, &sequence, &type_3([0, 0]), frame], INNER);
}

#[test]
fn access_points_tunnel_what_stations_send() {
    let inner = [&SNAP[..], &datagram(ENDS)].concat();
    for protocol in [0x8200_u16, 0x8210, 0x8370, 0x9000] {
        let head = [[0, 0], protocol.to_be_bytes()].concat();
        over_ip(47, &[&head, &wireless(&[]), &inner], INNER);
        over_ip(47, &[&head, &wireless(&[0, 0]), &inner], INNER);
        over_ip(
            47,
            &[&head, &wireless(&[0x80, 0]), &subframe(&inner)],
            INNER,
        );
    }
    let native = [0, 0x10, 0x43, 0, 0, 0, 0, 0];
    over_udp(5247, &[&native, &wireless(&[]), &inner], INNER);
    let mut swapped = wireless(&[0, 0]);
    swapped.swap(0, 1);
    over_udp(5247, &[&native, &swapped, &inner], INNER);
    // With the address of the radio, an Ethernet frame, a fragment, DTLS.
    let radio = [0, 0x20, 0x43, 0x10, 0, 0, 0, 0, 6, 2, 2, 2, 2, 2, 2, 0];
    over_udp(5247, &[&radio, &wireless(&[]), &inner], INNER);
    let bridged = [0, 0x10, 0x42, 0, 0, 0, 0, 0];
    over_udp(5247, &[&bridged, &segment(ENDS, 10)], INNER);
    let fragment = [0, 0x10, 0x43, 0x80, 0, 0, 0, 0];
    over_udp(5247, &[&fragment, &wireless(&[]), &inner], "NotTcp");
    over_udp(5247, &[&[1, 0, 0, 0], &wireless(&[]), &inner], "NotTcp");
}

#[test]
fn ipv6_crosses_ipv4_in_udp() {
    let v6 = &datagram(ENDS_V6)[..];
    let authentication = [&[0, 1, 4, 3][..], b"idid", b"val", &[9; 8], &[0]].concat();
    let origin = [0, 0, 0x12, 0x34, 1, 2, 3, 4];
    over_udp(3544, &[v6], INNER_V6);
    over_udp(3544, &[&authentication, v6], INNER_V6);
    over_udp(3544, &[&origin, v6], INNER_V6);
    over_udp(3544, &[&authentication, &origin, v6], INNER_V6);
    over_udp(3544, &[&datagram(ENDS)], "NotTcp");
    let anything = |lens: [u8; 2], operation: u8, next: u8| {
        let len = (1 << (lens[0] >> 4)) + usize::from(lens[1] >> 4) * 4 + 4;
        [&lens[..], &[operation, next], &vec![9; len]].concat()
    };
    over_udp(5072, &[&anything([0x41, 0x52], 0x11, 41), v6], INNER_V6);
    over_udp(5072, &[&anything([0x21, 0x02], 0x11, 41), v6], INNER_V6);
    let v4 = datagram(ENDS);
    over_udp(5072, &[&anything([0x41, 0x52], 0x11, 4), &v4], INNER);
    over_udp(5072, &[&anything([0x41, 0x52], 0x10, 41), v6], "NotTcp");
}

#[test]
fn captured_frames_are_sent_behind_tagged_fields() {
    let frame = &segment(ENDS, 10)[..];
    over_udp(37008, &[&[1, 0, 0, 1, 1], frame], INNER);
    let fields = [0, 0x0a, 1, 0xd0, 0x29, 2, 5, 220, 0, 1];
    over_udp(37008, &[&[1, 1, 0, 1], &fields, frame], INNER);
    let wireless = [wireless(&[]), SNAP.to_vec(), datagram(ENDS)].concat();
    over_udp(37008, &[&[1, 0, 0, 18], &fields, &wireless], INNER);
    over_udp(37008, &[&[1, 0, 0, 7, 1], &datagram(ENDS)], INNER);
    over_udp(37008, &[&[1, 4, 0, 0, 1], frame], "NotTcp");
}

#[test]
fn l2tp_carries_ppp_behind_what_its_flags_announce() {
    let packet = [&[0xff, 3, 0, 0x21][..], &datagram(ENDS)].concat();
    let short = [&[0x21][..], &datagram(ENDS)].concat();
    for (head, content) in [
        (&[0, 2, 0, 7, 0, 9][..], &packet),
        (&[0, 2, 0, 7, 0, 9], &short),
        (&[0x40, 2, 0, 62, 0, 7, 0, 9], &packet),
        (&[0x48, 2, 0, 66, 0, 7, 0, 9, 0, 1, 0, 2], &packet),
        (&[0x02, 2, 0, 7, 0, 9, 0, 0], &packet),
        (&[0x03, 2, 0, 7, 0, 9, 0, 3, 9, 9, 9], &packet),
        (
            &[0x4a, 2, 0, 70, 0, 7, 0, 9, 0, 1, 0, 2, 0, 2, 9, 9],
            &packet,
        ),
    ] {
        over_udp(1701, &[head, content], INNER);
    }
    over_udp(1701, &[&[0xc8, 2, 0, 12, 0, 7, 0, 0, 0, 0, 0, 0]], "NotTcp");
}

#[test]
fn the_third_version_of_l2tp_is_guessed_behind_any_cookie() {
    let (v4, v6) = (datagram(ENDS), datagram(ENDS_V6));
    let packet = [&[0xff, 3, 0, 0x21][..], &v4].concat();
    let mut tagged = segment(ENDS, 10);
    tagged.splice(12..12, [0x81, 0, 0, 7]);
    for cookie in [0, 4, 8, 12] {
        let session = [&[0, 0, 0x12, 0x34][..], &[0xa5; 12][..cookie]].concat();
        for (content, expected) in [
            (&segment(ENDS, 10), INNER),
            (&tagged, INNER),
            (&v4, INNER),
            (&packet, INNER),
            (&v6, INNER_V6),
        ] {
            over_ip(115, &[&session, content], expected);
            over_udp(1701, &[&[0, 3, 0, 0], &session, content], expected);
        }
    }
    over_ip(115, &[&[0; 4], &v4], "NotTcp");
}

#[test]
fn a_cipher_that_is_none_is_given_away_by_the_end() {
    let secured = |next: u8, content: &[u8], check_len: usize| {
        let pad = (4 - (content.len() + 2) % 4) % 4;
        let padding: Vec<u8> = (1..=u8::try_from(pad).unwrap()).collect();
        let end = [u8::try_from(pad).unwrap(), next];
        [
            &[0, 0, 0x12, 0x34, 0, 0, 0, 1],
            content,
            &padding,
            &end,
            &vec![0xcc; check_len],
        ]
        .concat()
    };
    let (v4, v6) = (datagram(ENDS), datagram(ENDS_V6));
    for check_len in [12, 16] {
        over_ip(50, &[&secured(4, &v4, check_len)], INNER);
        over_ip(50, &[&secured(41, &v6, check_len)], INNER_V6);
        over_udp(4500, &[&secured(4, &v4, check_len)], INNER);
        let straight = secured(6, &v4[20..], check_len);
        let expected = "10.0.0.1:40000 > 10.0.0.2:4444 seq 7 length 10";
        brings(LinkType::RAW, &ipv4(50, &[&straight]), expected);
        // What says something else at its end, or is not all there.
        let mut other = secured(4, &v4, check_len);
        let end = other.len() - check_len;
        other[end - 2] ^= 1;
        over_ip(50, &[&other], "NotTcp");
        let bytes = ipv4(50, &[&secured(4, &v4, check_len)]);
        let mut cut = frame(LinkType::RAW, &bytes);
        cut.bytes = &cut.bytes[..bytes.len() - 1];
        assert_eq!(received(&mut Decoder::default(), &cut), "NotTcp");
    }
    over_udp(4500, &[&[0; 4], &secured(4, &v4, 12)], "NotTcp");
}

#[test]
fn the_rest_of_those_over_ip_and_udp_is_known_too() {
    let (v4, frame) = (datagram(ENDS), segment(ENDS, 10));
    over_ip(97, &[&[0x30, 0], &frame], INNER);
    over_ip(143, &[&frame], INNER);
    over_udp(
        4790,
        &[
            &[12, 0, 0, 4, 0, 0, 7, 0],
            &[0x0f, 0xc2, 2, 1, 0, 0, 1, 9],
            &v4,
        ],
        INNER,
    );
    over_udp(
        4790,
        &[&[12, 0, 0, 5, 0, 0, 7, 0], &[0, 1, 1, 64], &v4],
        INNER,
    );
    over_udp(
        6081,
        &[
            &[0, 0, 0x89, 0x4f, 0, 0, 7, 0],
            &[0x0f, 0xc2, 2, 1, 0, 0, 1, 9],
            &v4,
        ],
        INNER,
    );
    over_udp(4341, &[&[0xc0, 0, 0, 1, 0, 0, 0, 1], &v4], INNER);
    over_udp(4341, &[&[0x0c, 0, 0, 3, 0, 0, 0, 1], &frame], INNER);
    over_udp(4754, &[&[0, 0, 8, 0], &v4], INNER);
    // GTP with two extension headers, a frame of a session, and PPP.
    let head = [0x36, 255, 0, 0, 0, 0, 0, 9, 0, 1, 0, 0xc0];
    let extensions = [1, 0, 0, 0x85, 2, 0, 1, 0, 0, 0, 0, 0];
    over_udp(2152, &[&head, &extensions, &v4], INNER);
    over_udp(2152, &[&[0x30, 255, 0, 0, 0, 0, 0, 9], &frame], INNER);
    over_udp(
        2152,
        &[&[0x30, 255, 0, 0, 0, 0, 0, 9, 0xff, 3, 0, 0x21], &v4],
        INNER,
    );
}

#[test]
fn no_more_counts_than_was_on_the_wire() {
    // What IP claims and what came of it; a snapshot length is no such case.
    let mut bytes = datagram(ENDS);
    bytes[3] += 30;
    brings(LinkType::RAW, &bytes, INNER);
    let mut cut = frame(LinkType::RAW, &bytes);
    cut.len += 30;
    let expected = "192.0.2.1:40000 > 192.0.2.2:4444 seq 7 length 40";
    assert_eq!(received(&mut Decoder::default(), &cut), expected);
    cut.bytes = &cut.bytes[..42];
    assert_eq!(received(&mut Decoder::default(), &cut), expected);
    let mut bytes = datagram(ENDS_V6);
    bytes[5] += 30;
    over_ip(41, &[&bytes], INNER_V6);
}
