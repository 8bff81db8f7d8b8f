//! The octets of a frame in hexadecimal and as text, as tcpdump's `-x`, `-X`
//! and `-A` show them.

use crate::layer::{Layer, LayerKind};
use crate::segment::Packet;
use crate::sink::text::Text;

/// Which dump follows a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DumpStyle {
    /// `-x`: hexadecimal.
    Hex,
    /// `-X`: hexadecimal and text.
    HexAndText,
    /// `-A`: text.
    Text,
}

/// Octets on a line of a hexadecimal dump.
const PER_LINE: usize = 16;

/// Writes the dump of `octets`, beginning with a newline.
pub(super) fn write(style: DumpStyle, octets: &[u8], text: &mut Text) {
    match style {
        DumpStyle::Text => text_only(octets, text),
        DumpStyle::Hex => hex("\n\t", 0, octets, text),
        DumpStyle::HexAndText => hex_and_text(octets, text),
    }
}

/// Octets of what tcpdump calls the link header, which a dump leaves out:
/// everything up to the first header that is IP or carries it, a label stack or
/// a `PPPoE` session for example. For PPP always four, even where address,
/// control or half of the protocol number are not there.
pub(super) fn link_header_len(packet: &Packet<'_>) -> u32 {
    len_of_link(packet.layers)
}

/// The same from the first of `layers` on.
fn len_of_link(layers: &[Layer]) -> u32 {
    let Some((first, rest)) = layers.split_first() else {
        return 0;
    };
    let end = match first.kind {
        LayerKind::Ppp | LayerKind::Hdlc => return 4,
        LayerKind::Pppoe => after(layers, |kind| {
            matches!(kind, LayerKind::Pppoe | LayerKind::Ppp)
        }),
        // tcpdump counts a link header twice that another names.
        LayerKind::Ppi | LayerKind::Pktap => {
            let inner = rest.first().map_or(first.start, |inner| inner.start);
            inner + 2 * len_of_link(rest)
        }
        _ => after(layers, is_link_header),
    };
    end.saturating_sub(first.start)
}

fn is_link_header(kind: LayerKind) -> bool {
    matches!(
        kind,
        LayerKind::Ethernet
            | LayerKind::Fddi
            | LayerKind::Snap
            | LayerKind::Llc
            | LayerKind::Vlan
            | LayerKind::Macsec
            | LayerKind::Arcnet
            | LayerKind::Nflog
            | LayerKind::Radiotap
            | LayerKind::Prism
            | LayerKind::Avs
            | LayerKind::Ieee80211
            | LayerKind::Ipnet
            | LayerKind::Ipoib
            | LayerKind::LinuxSll
            | LayerKind::LinuxSll2
            | LayerKind::PacketFilter
            | LayerKind::Ipsec
            | LayerKind::Loopback
            | LayerKind::Raw
    )
}

fn after(layers: &[Layer], is_link: impl Fn(LayerKind) -> bool) -> u32 {
    let mut before = None;
    for layer in layers {
        let is_bridged = layer.kind == LayerKind::Ethernet && before.is_some();
        match before {
            // tcpdump counts no padding behind a header of eight octets.
            Some(Layer {
                kind: LayerKind::Snap,
                start,
                ..
            }) if is_bridged => return start + 8,
            _ if is_bridged || !is_link(layer.kind) => return layer.start,
            _ => before = Some(*layer),
        }
    }
    0
}

/// Writes lines of hexadecimal, each after `before`, the first with the number
/// `offset`.
pub(super) fn hex(before: &str, offset: usize, octets: &[u8], text: &mut Text) {
    for (number, line) in octets.chunks(PER_LINE).enumerate() {
        text.str(before);
        line_of_hex(offset + number * PER_LINE, line, text);
    }
}

fn line_of_hex(offset: usize, line: &[u8], text: &mut Text) {
    text.str("0x");
    #[expect(clippy::cast_possible_truncation, reason = "frames are under 4 GiB")]
    text.hex_digits(offset as u32, if offset > 0xffff { 5 } else { 4 });
    text.str(": ");
    for pair in line.chunks(2) {
        text.octet(b' ');
        for &octet in pair {
            text.hex_octet(octet);
        }
    }
}

pub(super) fn hex_and_text(octets: &[u8], text: &mut Text) {
    for (number, line) in octets.chunks(PER_LINE).enumerate() {
        text.str("\n\t");
        line_of_hex(number * PER_LINE, line, text);
        // Five columns a pair, and two between.
        let columns = line.len() / 2 * 5 + line.len() % 2 * 3;
        for _ in columns..PER_LINE / 2 * 5 + 2 {
            text.octet(b' ');
        }
        for &octet in line {
            text.octet(if octet.is_ascii_graphic() {
                octet
            } else {
                b'.'
            });
        }
    }
}

/// Printable octets, tab, space and newline as they are, the rest as dots; a
/// carriage return in front of a newline, or near the end, is left out.
fn text_only(octets: &[u8], text: &mut Text) {
    text.octet(b'\n');
    let mut rest = octets;
    while let Some(plain) = rest.iter().position(|&octet| !is_plain(octet)) {
        text.raw(&rest[..plain]);
        match rest[plain..] {
            [b'\r'] | [b'\r', _] | [b'\r', b'\n', ..] => {}
            _ => text.octet(b'.'),
        }
        rest = &rest[plain + 1..];
    }
    text.raw(rest);
}

const fn is_plain(octet: u8) -> bool {
    octet.is_ascii_graphic() || matches!(octet, b'\t' | b' ' | b'\n')
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU64;

    use super::*;
    use crate::frame::Frame;
    use crate::link_type::LinkType;
    use crate::segment::Reassembly;
    use crate::skip::Skip;

    fn dump(style: DumpStyle, octets: &[u8]) -> String {
        let mut text = Text::default();
        write(style, octets, &mut text);
        String::from_utf8(text.octets().to_vec()).unwrap()
    }

    #[test]
    fn an_odd_octet_stands_alone_and_text_keeps_its_column() {
        let octets = b"ABCDEFGHIJKLMNOP\0q~";
        assert_eq!(
            dump(DumpStyle::Hex, octets),
            "\n\t0x0000:  4142 4344 4546 4748 494a 4b4c 4d4e 4f50\n\t0x0010:  0071 7e"
        );
        assert_eq!(
            dump(DumpStyle::HexAndText, octets),
            "\n\t0x0000:  4142 4344 4546 4748 494a 4b4c 4d4e 4f50  ABCDEFGHIJKLMNOP\
             \n\t0x0010:  0071 7e                                  .q~"
        );
    }

    #[test]
    fn offsets_above_four_digits_have_five() {
        let text = dump(DumpStyle::Hex, &vec![0; 0x1_0001]);
        assert!(text.ends_with("0000\n\t0x10000:  00"), "{text}");
    }

    #[test]
    fn text_shows_no_control_characters_and_drops_returns_at_line_ends() {
        assert_eq!(dump(DumpStyle::Text, b"a\r\nb\tc d\n"), "\na\nb\tc d\n");
        assert_eq!(dump(DumpStyle::Text, b"\x1b[2J\x7f\x80\0"), "\n.[2J...");
    }

    #[test]
    fn a_return_inside_a_line_is_a_dot_unless_only_one_octet_follows() {
        assert_eq!(dump(DumpStyle::Text, b"a\rbc"), "\na.bc");
        assert_eq!(dump(DumpStyle::Text, b"a\rb"), "\nab");
        assert_eq!(dump(DumpStyle::Text, b"a\r"), "\na");
        assert_eq!(dump(DumpStyle::Text, b"a\r\r\n"), "\na.\n");
    }

    /// The link header that a dump leaves out of a frame with `headers`.
    fn left_out(link_type: LinkType, headers: &[(LayerKind, u32)]) -> u32 {
        let layers: Vec<Layer> = headers
            .iter()
            .map(|&(kind, start)| Layer {
                kind,
                start,
                len: 100 - start,
            })
            .collect();
        let frame = Frame {
            link_type,
            len: 100,
            ..Frame::numbered(NonZeroU64::MIN)
        };
        link_header_len(&Packet {
            frame: &frame,
            layers: &layers,
            end: 60,
            segment: Err(Skip::NotTcp),
            reassembly: Reassembly::None,
        })
    }

    #[test]
    fn what_carries_ip_inside_a_link_header_is_dumped() {
        use LayerKind::{Ethernet, Ipv4, Mpls, Ppp, Pppoe, Vlan};
        for (headers, len) in [
            (&[(Ethernet, 0), (Ipv4, 14)][..], 14),
            (&[(Ethernet, 0), (Vlan, 14), (Ipv4, 18)], 18),
            (&[(Ethernet, 0), (Vlan, 14), (Mpls, 18), (Ipv4, 22)], 18),
            (&[(Ethernet, 0), (Pppoe, 14), (Ppp, 20), (Ipv4, 22)], 14),
        ] {
            assert_eq!(left_out(LinkType::ETHERNET, headers), len, "{headers:?}");
        }
        let session = [(Pppoe, 0), (Ppp, 6), (Ipv4, 8)];
        assert_eq!(left_out(LinkType::PPP_ETHER, &session), 8);
    }

    #[test]
    fn ppp_is_always_four_octets_long() {
        for start in [1, 2, 4] {
            let headers = [(LayerKind::Ppp, 0), (LayerKind::Ipv4, start)];
            assert_eq!(left_out(LinkType::PPP, &headers), 4);
        }
    }
}
