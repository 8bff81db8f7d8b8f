//! IPv6 extension headers as tcpdump prints them.

use std::net::{IpAddr, Ipv6Addr};

use crate::layer::{Layer, LayerKind};
use crate::sink::line::Headers;
use crate::sink::text::Text;

impl Headers<'_, '_> {
    /// Writes an extension header and a space.
    pub(super) fn ipv6_extension(&mut self, layer: &Layer, octets: &[u8]) {
        let is_verbose = self.options.verbose > 0;
        match layer.kind {
            LayerKind::HopByHop => options("HBH", octets, is_verbose, self.text),
            LayerKind::DestinationOptions => options("DSTOPT", octets, is_verbose, self.text),
            LayerKind::Routing => {
                routing(octets, is_verbose, self.text);
                if let (Some(ip), Some(last)) = (&mut self.ip, final_destination(octets)) {
                    ip.checksum_dst = IpAddr::V6(last);
                }
            }
            _ => {
                let end = self.ip.as_ref().map_or(layer.start, |ip| ip.end);
                let len = end.saturating_sub(layer.start);
                fragment(octets, len, is_verbose, self.text);
            }
        }
        self.text.octet(b' ');
    }

    /// Writes an authentication header.
    pub(super) fn authentication(&mut self, octets: &[u8]) {
        let Some((&[_, words, _, _], rest)) = octets.split_first_chunk() else {
            return;
        };
        let Some((&[spi, sequence], _)) = rest.as_chunks::<4>().0.split_first_chunk() else {
            return;
        };
        let (spi, sequence) = (u32::from_be_bytes(spi), u32::from_be_bytes(sequence));
        let rest = rest.get(8..).unwrap_or_default();
        let check_len = (usize::from(words) * 4).saturating_sub(4);
        let is_verbose = self.options.verbose > 0;
        self.text.str("AH(");
        if is_verbose {
            self.text.str("length=");
            self.text.decimal(words);
            self.text.octet(b'(');
            self.text.decimal(u32::from(words) * 4);
            self.text.str("-bytes),");
        }
        self.text.str("spi=0x");
        self.text.hex_digits(spi, 8);
        self.text.octet(b',');
        if is_verbose {
            self.text.str("sumlen=");
            self.text.decimal(check_len as u64);
            self.text.octet(b',');
        }
        self.text.str("seq=0x");
        self.text.hex(sequence);
        self.text.str(",icv=0x");
        for &octet in rest.get(..check_len).unwrap_or(rest) {
            self.text.hex_octet(octet);
        }
        self.text.str("): ");
    }
}

/// `HBH`, and under `-v` each option.
fn options(name: &str, octets: &[u8], is_verbose: bool, text: &mut Text) {
    text.str(name);
    if !is_verbose {
        return;
    }
    text.octet(b' ');
    let len = octets
        .get(1)
        .map_or(0, |units| (usize::from(*units) + 1) * 8);
    let mut area = octets.get(2..len.min(octets.len())).unwrap_or_default();
    while let Some((&kind, rest)) = area.split_first() {
        if kind == 0 {
            text.str("(pad1)");
            area = rest;
            continue;
        }
        let Some((&value_len, rest)) = rest.split_first() else {
            return;
        };
        let Some((value, rest)) = rest.split_at_checked(usize::from(value_len)) else {
            return;
        };
        option(kind, value, text);
        area = rest;
    }
}

fn option(kind: u8, value: &[u8], text: &mut Text) {
    let number = || {
        value
            .iter()
            .take(4)
            .fold(0, |sum, &octet| sum << 8 | u32::from(octet))
    };
    match kind {
        1 => text.str("(padn)"),
        5 => {
            text.str("(rtalert: 0x");
            text.hex_digits(number(), 4);
            text.str(") ");
        }
        0xc2 => {
            text.str("(jumbo: ");
            text.decimal(number());
            text.str(") ");
        }
        0xc9 => {
            text.str("(homeaddr: ");
            if let Some(address) = value.first_chunk::<16>() {
                text.ipv6(Ipv6Addr::from(*address));
            }
            text.octet(b')');
        }
        _ => {
            text.str("(opt_type 0x");
            text.hex_octet(kind);
            text.str(": len=");
            text.decimal(value.len() as u64);
            text.octet(b')');
        }
    }
}

/// `RT6 (len=2, type=0 [Deprecated], segleft=1, [0]2001:db8::1)`.
fn routing(octets: &[u8], is_verbose: bool, text: &mut Text) {
    let Some(&[_, len, kind, left, a, b, c, d]) = octets.first_chunk() else {
        return;
    };
    text.str("RT6 (len=");
    text.decimal(len);
    text.str(", type=");
    text.decimal(kind);
    if kind == 0 {
        text.str(" [Deprecated]");
    }
    text.str(", segleft=");
    text.decimal(left);
    if is_verbose && matches!(kind, 0 | 2) {
        text.str(", rsv=0x");
        text.hex(u32::from_be_bytes([a, b, c, d]));
    }
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
fn fragment(octets: &[u8], len: u32, is_verbose: bool, text: &mut Text) {
    let Some(&[_, _, high, low, a, b, c, d]) = octets.first_chunk() else {
        return;
    };
    text.str("frag (");
    if is_verbose {
        text.str("0x");
        text.hex_digits(u32::from_be_bytes([a, b, c, d]), 8);
        text.octet(b':');
    }
    text.decimal(u16::from_be_bytes([high, low]) & 0xfff8);
    text.octet(b'|');
    text.decimal(len.saturating_sub(8));
    text.octet(b')');
}

/// The last address of a routing header with hops left, which the TCP checksum
/// is over.
fn final_destination(octets: &[u8]) -> Option<Ipv6Addr> {
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
