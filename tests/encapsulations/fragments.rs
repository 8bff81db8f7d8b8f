//! Fragments of IPv4 and IPv6: the segment comes with the frame that completes
//! it, and the line stays tcpdump's.

use tcptrace::decode::Decoder;
use tcptrace::link_type::LinkType;

use super::support::capture::{ETHERNET, Pcap};
use super::support::program::run_with_input;
use super::{ENDS, ENDS_V6, datagram, frame, received, segment};

/// A datagram in pieces of `len` octets.
fn in_pieces(datagram: &[u8], len: usize) -> Vec<Vec<u8>> {
    let is_v4 = datagram[0] >> 4 == 4;
    let (head, payload) = datagram.split_at(if is_v4 { 20 } else { 40 });
    let pieces = payload.len().div_ceil(len);
    let piece = |(place, octets): (usize, &[u8])| {
        let offset = u16::try_from(place * len).unwrap();
        let more = u16::from(place + 1 < pieces);
        let mut header = head.to_vec();
        if is_v4 {
            let total = u16::try_from(20 + octets.len()).unwrap();
            header[2..4].copy_from_slice(&total.to_be_bytes());
            header[6..8].copy_from_slice(&((offset / 8) | (more << 13)).to_be_bytes());
        } else {
            let total = u16::try_from(8 + octets.len()).unwrap();
            header[4..6].copy_from_slice(&total.to_be_bytes());
            header.extend([header[6], 0]);
            header[6] = 44;
            header.extend((offset | more).to_be_bytes());
            header.extend([0, 0, 0, 7]);
        }
        [header, octets.to_vec()].concat()
    };
    payload.chunks(len).enumerate().map(piece).collect()
}

#[test]
fn a_segment_in_pieces_comes_with_the_last_of_them_in_any_order() {
    for (ends, expected) in [
        (ENDS, "192.0.2.1:40000 > 192.0.2.2:4444 seq 7 length 10"),
        (
            ENDS_V6,
            "[2001:db8::1]:40000 > [2001:db8::2]:4444 seq 7 length 10",
        ),
    ] {
        let pieces = in_pieces(&datagram(ends), 24);
        assert_eq!(pieces.len(), 2);
        for (order, before) in [([0, 1], "FirstFragment"), ([1, 0], "LaterFragment")] {
            let mut decoder = Decoder::default();
            let [earlier, later] = order.map(|place| frame(LinkType::RAW, &pieces[place]));
            assert_eq!(received(&mut decoder, &earlier), before);
            assert_eq!(received(&mut decoder, &later), expected);
        }
    }
}

#[test]
fn even_the_header_of_a_segment_may_be_in_pieces_and_so_may_a_tunnel() {
    let outer = {
        let inner = datagram(ENDS);
        let len = u16::try_from(inner.len() + 20).unwrap().to_be_bytes();
        let head = [0x45, 0, len[0], len[1], 0, 9, 0, 0, 64, 4, 0, 0];
        [&head[..], &[10, 0, 0, 1, 10, 0, 0, 2], &inner].concat()
    };
    for whole in [datagram(ENDS), outer] {
        let mut decoder = Decoder::default();
        let mut last = String::new();
        for piece in in_pieces(&whole, 8) {
            let before = std::mem::replace(
                &mut last,
                received(&mut decoder, &frame(LinkType::RAW, &piece)),
            );
            assert!(!before.contains("length"), "{before}");
        }
        assert_eq!(last, "192.0.2.1:40000 > 192.0.2.2:4444 seq 7 length 10");
    }
}

#[test]
fn a_first_fragment_that_was_cut_is_all_there_ever_will_be() {
    let pieces = in_pieces(&datagram(ENDS), 24);
    let mut cut = frame(LinkType::RAW, &pieces[0]);
    cut.bytes = &cut.bytes[..42];
    let mut decoder = Decoder::default();
    let expected = "192.0.2.1:40000 > 192.0.2.2:4444 seq 7 length 4";
    assert_eq!(received(&mut decoder, &cut), expected);
    let rest = frame(LinkType::RAW, &pieces[1]);
    assert_eq!(received(&mut decoder, &rest), "LaterFragment");
}

/// What the program prints of two pieces that come in some order.
fn printed(order: [usize; 2], options: &str) -> String {
    let whole = segment(ENDS, 100);
    let (link, datagram) = whole.split_at(14);
    let pieces = in_pieces(datagram, 64);
    assert_eq!(pieces.len(), 2);
    let mut pcap = Pcap::new(ETHERNET);
    for (time, place) in (0..).zip(order) {
        pcap.frame(1_000_000_000 + time, &[link, &pieces[place]].concat());
    }
    run_with_input(&format!("{options} -r -"), &pcap.0).out
}

#[test]
fn the_lines_are_tcpdumps_and_the_annotation_is_the_whole_segments() {
    let annotated = printed([0, 1], "-t");
    let lines: Vec<_> = annotated.lines().take(4).collect();
    assert_eq!(
        lines[0],
        "IP 192.0.2.1.40000 > 192.0.2.2.4444: Flags [P.], seq 7:51, ack 9, win 1000, length 44"
    );
    assert!(lines[1].contains("first fragment"), "{}", lines[1]);
    assert_eq!(lines[2], "IP 192.0.2.1 > 192.0.2.2: ip-proto-6");
    assert!(lines[3].contains("100 bytes"), "{}", lines[3]);
    let json = printed([0, 1], "--json");
    let record = json.lines().next().unwrap();
    assert!(record.starts_with("{\"frame\":2,"), "{record}");
    assert!(record.contains("\"len\":100"), "{record}");
}

/// As tshark puts it: at the frame that completes the datagram, whichever of
/// the fragments that is, with the length of that frame.
#[test]
fn wiresharks_line_is_the_whole_segments() {
    for (order, len) in [([0, 1], 90), ([1, 0], 98)] {
        let expected = format!(
            "    2 0.000000001    192.0.2.1 → 192.0.2.2    TCP {len} 40000 → 4444 \
             [PSH, ACK] Seq=1 Ack=1 Win=1000 Len=100\n"
        );
        assert_eq!(printed(order, "--style wireshark"), expected);
    }
}
