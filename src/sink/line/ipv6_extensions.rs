//! IPv6 extension headers as tcpdump prints them.

use std::net::Ipv6Addr;

use crate::layer::LayerKind;
use crate::segment::Packet;
use crate::sink::line::LineOptions;
use crate::sink::text::Text;

/// Writes each extension header of a packet, a space after each.
pub(super) fn write(packet: &Packet<'_>, options: &LineOptions, text: &mut Text) {
    for layer in packet.layers {
        let octets = packet.octets_from(layer.start);
        match layer.kind {
            LayerKind::HopByHop => self::options("HBH", octets, text),
            LayerKind::DestinationOptions => self::options("DSTOPT", octets, text),
            LayerKind::Routing => routing(octets, text),
            LayerKind::Fragment => fragment(octets, layer.len, options, text),
            _ => continue,
        }
        text.octet(b' ');
    }
}

/// `HBH (jumbo: 70000)`: only options that are no padding are named.
fn options(name: &str, octets: &[u8], text: &mut Text) {
    text.str(name);
    let len = octets
        .get(1)
        .map_or(0, |units| (usize::from(*units) + 1) * 8);
    let area = octets.get(2..len.min(octets.len())).unwrap_or_default();
    if let [0xc2, 4, a, b, c, d, ..] = *area {
        text.str(" (jumbo: ");
        text.decimal(u32::from_be_bytes([a, b, c, d]));
        text.octet(b')');
    }
}

/// `RT6 (len=2, type=0 [Deprecated], segleft=1, [0]2001:db8::1)`.
fn routing(octets: &[u8], text: &mut Text) {
    let Some(&[_, len, kind, left]) = octets.first_chunk() else {
        return;
    };
    text.str("RT6 (len=");
    text.decimal(len as u64);
    text.str(", type=");
    text.decimal(kind);
    if kind == 0 {
        text.str(" [Deprecated]");
    }
    text.str(", segleft=");
    text.decimal(left);
    if matches!(kind, 0 | 2) {
        let area = octets
            .get(8..(usize::from(len) + 1) * 8)
            .unwrap_or_default();
        for (place, hop) in area.as_chunks::<16>().0.iter().enumerate() {
            text.str(", [");
            text.decimal(place as u64);
            text.octet(b']');
            text.ipv6(Ipv6Addr::from(*hop));
        }
    }
    text.octet(b')');
}

/// `frag (0|1448)`, with the identification under `-v`.
fn fragment(octets: &[u8], wire_len: u32, options: &LineOptions, text: &mut Text) {
    let Some(&[_, _, high, low, a, b, c, d]) = octets.first_chunk() else {
        return;
    };
    text.str("frag (");
    if options.verbose > 0 {
        text.str("0x");
        text.hex_digits(u32::from_be_bytes([a, b, c, d]), 8);
        text.octet(b':');
    }
    text.decimal(u16::from_be_bytes([high, low]) & 0xfff8);
    text.octet(b'|');
    text.decimal(wire_len.saturating_sub(8));
    text.octet(b')');
}

/// The last address of a routing header with hops left, which the TCP checksum
/// is over.
pub(super) fn final_destination(packet: &Packet<'_>) -> Option<Ipv6Addr> {
    let layer = packet
        .layers
        .iter()
        .find(|layer| layer.kind == LayerKind::Routing)?;
    let octets = packet.octets_from(layer.start);
    let &[_, len, kind, left] = octets.first_chunk()?;
    if left == 0 || !matches!(kind, 0 | 2 | 4) {
        return None;
    }
    let area = octets.get(8..(usize::from(len) + 1) * 8)?;
    let hops = area.as_chunks::<16>().0;
    // A segment routing header lists its hops backwards.
    let last = if kind == 4 {
        hops.first()?
    } else {
        hops.last()?
    };
    Some(Ipv6Addr::from(*last))
}
