//! IPv6 extension headers as tcpdump prints them.

use std::net::{IpAddr, Ipv6Addr};

use crate::layer::{Layer, LayerKind};
use crate::sink::line::headers::Headers;
use crate::sink::text::Text;

/// The option with the length of a jumbogram.
const JUMBO: u8 = 0xc2;
/// The routing header of RFC 8754.
const SEGMENT_ROUTING: u8 = 4;

impl Headers<'_, '_> {
    /// Writes an extension header and a space; `false` where the line ends with
    /// it.
    pub(super) fn ipv6_extension(&mut self, layer: &Layer, octets: &[u8]) -> bool {
        let Some(ip) = &mut self.ip else {
            return false;
        };
        let is_verbose = self.options.verbose > 0;
        // What follows an authentication header is not an extension to tcpdump.
        if self.previous == Some(LayerKind::Authentication) {
            let len = ip.end.saturating_sub(layer.start);
            self.text.str(" ip-proto-");
            self.text.str(match layer.kind {
                LayerKind::HopByHop => "0 ",
                LayerKind::Routing => "43 ",
                LayerKind::Fragment => "44 ",
                _ => "60 ",
            });
            self.text.decimal(len);
            return false;
        }
        match layer.kind {
            LayerKind::HopByHop if std::mem::replace(&mut ip.has_hop_by_hop, true) => {
                return self.over("[The Hop-by-Hop Options header was already found] (invalid)");
            }
            LayerKind::HopByHop if self.previous != Some(LayerKind::Ipv6) => {
                return self.over(
                    "[The Hop-by-Hop Options header don't follow the IPv6 header] (invalid)",
                );
            }
            LayerKind::HopByHop => {
                let shown = options("HBH", octets, is_verbose, Some(ip.is_empty), self.text);
                if let (true, Some(jumbo)) = (ip.is_empty, shown.jumbo) {
                    ip.end = ip.start.saturating_add(40).saturating_add(jumbo);
                    ip.jumbo_missing = ip.end.saturating_sub(ip.carrier_end);
                    ip.is_empty = false;
                    let end = ip.end;
                    self.narrow(end);
                }
                if self.ip.as_ref().is_some_and(|ip| ip.is_empty) {
                    return self
                        .over(" [No valid Jumbo Payload Hop-by-Hop option found] (invalid)");
                }
                if shown.is_cut {
                    return self.over(" [|hbhopt]");
                }
            }
            LayerKind::DestinationOptions => {
                if options("DSTOPT", octets, is_verbose, None, self.text).is_cut {
                    return self.over(" [|dstopt]");
                }
            }
            LayerKind::Routing => {
                if !routing(octets, is_verbose, self.text) {
                    return self.over(" (invalid)");
                }
                // The first such header counts, even where it names nobody.
                let last = || final_destination(octets).map_or(ip.dst, IpAddr::V6);
                ip.final_dst = Some(ip.final_dst.unwrap_or_else(last));
            }
            _ => {
                // In sixty-four bits, jumbo options aside, and below zero where
                // the header claims nothing.
                let behind = u64::from(layer.start - ip.start) + 8;
                let len = u64::from(ip.payload_len + 40).wrapping_sub(behind);
                fragment(octets, len, is_verbose, self.text);
                // To tcpdump this header makes a fragment, even of a whole
                // datagram (RFC 6946).
                ip.is_fragment = true;
                if !is_first_fragment(octets) {
                    return false;
                }
                if self.captured_end <= layer.start + 8 {
                    return self.over(" ");
                }
            }
        }
        self.text.octet(b' ');
        true
    }

    /// Writes an authentication header.
    pub(super) fn authentication(&mut self, octets: &[u8]) {
        let Some((&[_, words, high, low], rest)) = octets.split_first_chunk() else {
            return;
        };
        let Some((&[spi, sequence], _)) = rest.as_chunks::<4>().0.split_first_chunk() else {
            return;
        };
        let (spi, sequence) = (u32::from_be_bytes(spi), u32::from_be_bytes(sequence));
        let reserved = u16::from_be_bytes([high, low]);
        let rest = rest.get(8..).unwrap_or_default();
        let check_len = (usize::from(words) * 4).saturating_sub(4);
        self.text.str("AH(");
        if self.options.verbose > 0 {
            self.text.str("length=");
            self.text.decimal(words);
            self.text.octet(b'(');
            self.text.decimal(u32::from(words) * 4 + 8);
            self.text.str("-bytes),");
        }
        if reserved > 0 {
            self.text.str("reserved=0x");
            self.text.hex(u32::from(reserved));
            self.text.str("[MustBeZero],");
        }
        self.text.str("spi=0x");
        self.text.hex_digits(spi, 8);
        self.text.str(",seq=0x");
        self.text.hex(sequence);
        self.text.str(",icv=0x");
        for &octet in rest.get(..check_len).unwrap_or(rest) {
            self.text.hex_octet(octet);
        }
        self.text.str("): ");
    }
}

/// What became of a list of options.
#[derive(Default)]
struct ListedOptions {
    /// Whether an option claims more than is there.
    is_cut: bool,
    /// The length in a jumbo option (RFC 2675) that counts.
    jumbo: Option<u32>,
}

/// `HBH`, and under `-v` each option. In a hop-by-hop header it matters whether
/// the payload length is zero, as a jumbo option wants it.
fn options(
    name: &str,
    octets: &[u8],
    is_verbose: bool,
    hop_by_hop: Option<bool>,
    text: &mut Text,
) -> ListedOptions {
    text.str(name);
    let mut found = ListedOptions::default();
    // tcpdump looks into destination options only to show them.
    if !is_verbose && hop_by_hop.is_none() {
        return found;
    }
    let silent = &mut Text::default();
    let text = if is_verbose { text } else { silent };
    text.octet(b' ');
    let len = octets
        .get(1)
        .map_or(0, |units| (usize::from(*units) + 1) * 8);
    let mut area = octets.get(2..len.min(octets.len())).unwrap_or_default();
    let mut has_jumbo = false;
    while let Some((&kind, rest)) = area.split_first() {
        if kind == 0 {
            text.str("(pad1)");
            area = rest;
            continue;
        }
        let Some((&value_len, rest)) = rest.split_first() else {
            found.is_cut = true;
            break;
        };
        let Some((value, rest)) = rest.split_at_checked(usize::from(value_len)) else {
            found.is_cut = true;
            break;
        };
        area = rest;
        let (JUMBO, &[a, b, c, d]) = (kind, value) else {
            option(kind, value, text);
            continue;
        };
        let len = u32::from_be_bytes([a, b, c, d]);
        let why_not = match hop_by_hop {
            _ if has_jumbo => " - already seen",
            None => " - not a hop-by-hop option",
            Some(false) => " - payload len != 0",
            Some(true) if len < 0x1_0000 => " - < 65536",
            Some(true) => "",
        };
        has_jumbo = true;
        if why_not.is_empty() {
            found.jumbo = Some(len);
        }
        text.str("(jumbo: ");
        text.decimal(len);
        text.str(why_not);
        text.str(") ");
    }
    found
}

fn option(kind: u8, value: &[u8], text: &mut Text) {
    match (kind, value) {
        (1, _) => text.str("(padn)"),
        (5, &[high, low]) => {
            text.str("(rtalert: 0x");
            text.hex_digits(u32::from(u16::from_be_bytes([high, low])), 4);
            text.str(") ");
        }
        (0xc9, address) if address.len() >= 16 => {
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

/// `RT6 (len=2, type=0 [Deprecated], segleft=1, [0]2001:db8::1)`; `false` where
/// tcpdump makes nothing of it.
fn routing(octets: &[u8], is_verbose: bool, text: &mut Text) -> bool {
    let Some(&[_, len, kind, left, a, b, c, d]) = octets.first_chunk() else {
        return false;
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
    match kind {
        0 | 2 => {
            let reserved = u32::from_be_bytes([a, b, c, d]);
            if reserved > 0 || is_verbose {
                text.str(", rsv=0x");
                text.hex(reserved);
            }
        }
        SEGMENT_ROUTING => {
            text.str(", last-entry=");
            text.decimal(a);
            if b > 0 || is_verbose {
                text.str(", flags=0x");
                text.hex(u32::from(b));
            }
            text.str(", tag=");
            text.hex(u32::from(u16::from_be_bytes([c, d])));
        }
        _ => {
            text.str(" (unknown type)");
            return false;
        }
    }
    if len % 2 == 1 {
        text.str(" (invalid length ");
        text.decimal(len);
        text.octet(b')');
        return false;
    }
    let area = octets.get(8..(usize::from(len) + 1) * 8);
    for (place, hop) in area.unwrap_or_default().as_chunks().0.iter().enumerate() {
        text.str(", [");
        text.decimal(place as u64);
        text.octet(b']');
        text.ipv6(Ipv6Addr::from(*hop));
    }
    text.octet(b')');
    true
}

fn is_first_fragment(octets: &[u8]) -> bool {
    matches!(octets, [_, _, 0, low, ..] if low & 0xf8 == 0)
}

/// `frag (0|1448)`, with the identification under `-v`.
fn fragment(octets: &[u8], len: u64, is_verbose: bool, text: &mut Text) {
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
    text.decimal(len);
    text.octet(b')');
}

/// The last address of a routing header, which tcpdump takes the TCP checksum
/// over, whether there are hops left or not.
fn final_destination(octets: &[u8]) -> Option<Ipv6Addr> {
    let &[_, len, kind, _] = octets.first_chunk()?;
    let behind = octets.get(8..)?;
    let last = match kind {
        0 | 2 => {
            let hops = behind.get(..usize::from(len) * 8)?;
            hops.as_chunks::<16>().0.last()?
        }
        // A segment routing header lists its hops backwards (RFC 8754 §2);
        // tcpdump takes the first, even of a list without any.
        SEGMENT_ROUTING => behind.first_chunk()?,
        _ => return None,
    };
    Some(Ipv6Addr::from(*last))
}
