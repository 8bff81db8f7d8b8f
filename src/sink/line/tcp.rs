//! The TCP part of a line.

use std::net::SocketAddr;

use crate::checksum::Sum;
use crate::flags::Flags;
use crate::segment::{Packet, Segment};
use crate::sink::line::LineOptions;
use crate::sink::line::net::Ip;
use crate::sink::line::relative::{RelativeNumbers, Shown};
use crate::sink::text::Text;
use crate::skip::Skip;

/// Octets of a TCP header without options.
const HEADER_LEN: u32 = 20;
/// TCP's number as an IP protocol.
const TCP: u8 = 6;

/// Writes what tcpdump prints from the addresses to `length N`.
#[inline]
pub(super) fn write(
    packet: &Packet<'_>,
    outer: &Ip,
    options: &LineOptions,
    table: &mut RelativeNumbers,
    text: &mut Text,
) {
    match &packet.segment {
        Ok(segment) => {
            endpoints(segment.src, segment.dst, outer, text);
            if options.quiet {
                text.str("tcp ");
                text.decimal(segment.payload_len);
            } else {
                fields(packet, segment, outer, options, table, text);
            }
        }
        Err(skip) => damaged(packet, *skip, outer, options, text),
    }
}

#[inline]
fn endpoints(src: SocketAddr, dst: SocketAddr, outer: &Ip, text: &mut Text) {
    if outer.names_transport {
        text.endpoint(src);
        text.str(" > ");
        text.endpoint(dst);
    } else {
        text.decimal(src.port());
        text.str(" > ");
        text.decimal(dst.port());
    }
    text.str(": ");
}

fn fields(
    packet: &Packet<'_>,
    segment: &Segment<'_>,
    outer: &Ip,
    options: &LineOptions,
    table: &mut RelativeNumbers,
    text: &mut Text,
) {
    let flags = segment.flags;
    text.str("Flags [");
    text.str(flags.letters());
    text.octet(b']');
    let shown = if options.absolute_numbers {
        Shown::raw(segment)
    } else {
        table.show(segment, flags.has(Flags::SYN))
    };
    if options.verbose > 0 && options.checks_checksums && !segment.is_fragment {
        checksum(packet, segment, outer, text);
    }
    let len = segment.payload_len;
    if len > 0 || flags.any(Flags::SYN | Flags::FIN | Flags::RST) || options.verbose > 1 {
        text.str(", seq ");
        text.decimal(shown.seq);
        if len > 0 {
            text.octet(b':');
            text.decimal(shown.seq.wrapping_add(len));
        }
    }
    if flags.has(Flags::ACK) {
        text.str(", ack ");
        text.decimal(shown.ack);
    }
    text.str(", win ");
    text.decimal(segment.window);
    if flags.has(Flags::URG) {
        text.str(", urg ");
        text.decimal(segment.urgent);
    }
    let has_options = u32::from(segment.header_len) > HEADER_LEN;
    if has_options && !super::options::write(segment, shown.sack_base, text) {
        return;
    }
    text.str(", length ");
    text.decimal(len);
}

/// Verified only where the whole segment was captured.
fn checksum(packet: &Packet<'_>, segment: &Segment<'_>, outer: &Ip, text: &mut Text) {
    let len = u32::from(segment.header_len) + segment.payload_len;
    let octets = packet.octets_from(packet.end);
    let Some(octets) = octets.get(..len as usize) else {
        return;
    };
    text.str(", cksum 0x");
    text.hex_digits(u32::from(segment.checksum), 4);
    let sum = Sum::default().with_pseudo_header(outer.src, outer.checksum_dst, TCP, len);
    match sum.with(octets).should_be(segment.checksum) {
        None => text.str(" (correct)"),
        Some(right) => {
            text.str(" (incorrect -> 0x");
            text.hex_digits(u32::from(right), 4);
            text.octet(b')');
        }
    }
}

/// A TCP header that is cut short or contradicts itself.
fn damaged(packet: &Packet<'_>, skip: Skip, outer: &Ip, options: &LineOptions, text: &mut Text) {
    if !matches!(skip, Skip::CutTcp | Skip::ShortOffset | Skip::LongOffset) {
        return;
    }
    let len = outer.end.saturating_sub(packet.end);
    let octets = packet.octets_from(packet.end);
    let octets = octets
        .get(..octets.len().min(len as usize))
        .unwrap_or_default();
    let Some(&[a, b, c, d]) = octets.first_chunk() else {
        if outer.names_transport {
            text.address(outer.src);
            text.str(" > ");
            text.address(outer.dst);
            text.octet(b':');
        }
        return text.str(" [|tcp]");
    };
    let src = SocketAddr::new(outer.src, u16::from_be_bytes([a, b]));
    let dst = SocketAddr::new(outer.dst, u16::from_be_bytes([c, d]));
    endpoints(src, dst, outer, text);
    let Some(header) = octets.first_chunk::<20>().filter(|_| skip != Skip::CutTcp) else {
        return text.str(" [|tcp]");
    };
    let header_len = u32::from(header[12] >> 4) * 4;
    if skip == Skip::ShortOffset {
        text.str(" tcp ");
        text.decimal(len.wrapping_sub(header_len));
        text.str(" [bad hdr length ");
        text.decimal(header_len);
        return text.str(" - too short, < 20]");
    }
    if options.quiet {
        text.str("tcp ");
        text.decimal(len.wrapping_sub(header_len));
    } else {
        text.str("Flags [");
        text.str(Flags::from_octets(header[12], header[13]).letters());
        text.octet(b']');
    }
    text.str(" [bad hdr length ");
    text.decimal(header_len);
    text.str(" - too long, > ");
    text.decimal(len);
    text.octet(b']');
}
