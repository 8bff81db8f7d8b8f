//! The TCP part of a line.

use std::net::SocketAddr;

use crate::checksum::Sum;
use crate::flags::Flags;
use crate::options::{Usual, kind};
use crate::segment::{Packet, Segment};
use crate::seq::SeqNum;
use crate::sink::draft::Draft;
use crate::sink::line::directory::Transport;
use crate::sink::line::ip::Ip;
use crate::sink::line::line_options::LineOptions;
use crate::sink::line::names::Naming;
use crate::sink::line::payload;
use crate::sink::line::payload::cut::Cut;
use crate::sink::line::relative::{RelativeNumbers, Shown};
use crate::sink::text::Text;
use crate::skip::Skip;

/// Octets of a TCP header without options.
const HEADER_LEN: u32 = 20;
/// TCP's number as an IP protocol.
const TCP: u8 = 6;

/// Writes what tcpdump prints from the addresses on.
#[inline]
pub(super) fn write(
    packet: &Packet<'_>,
    outer: &Ip,
    options: &LineOptions,
    table: &mut RelativeNumbers,
    naming: &mut Naming,
    text: &mut Text,
) -> Result<(), Cut> {
    match &packet.segment {
        Ok(segment) => {
            // tcpdump goes by what IP claims, even where less was sent.
            let claimed = outer.end.saturating_sub(packet.end);
            let segment = &Segment {
                payload_len: claimed.saturating_sub(u32::from(segment.header_len)),
                ..*segment
            };
            endpoints((segment.src, segment.dst), outer, packet, naming, text);
            if !options.quiet {
                return fields(packet, segment, outer, options, table, text);
            }
            text.str("tcp ");
            text.decimal(segment.payload_len);
        }
        Err(skip) => damaged(packet, *skip, outer, options, table, naming, text),
    }
    Ok(())
}

#[inline]
fn endpoints(
    (src, dst): (SocketAddr, SocketAddr),
    outer: &Ip,
    packet: &Packet<'_>,
    naming: &mut Naming,
    text: &mut Text,
) {
    if outer.names_transport {
        naming.endpoint(src, Transport::Tcp, packet, text);
        text.str(" > ");
        naming.endpoint(dst, Transport::Tcp, packet, text);
    } else {
        naming.port(src.port(), Transport::Tcp, text);
        text.str(" > ");
        naming.port(dst.port(), Transport::Tcp, text);
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
) -> Result<(), Cut> {
    text.str("Flags [");
    text.str(segment.flags.letters());
    text.octet(b']');
    let shown = if options.absolute_numbers {
        Shown::raw(segment)
    } else {
        table.show(segment, segment.flags.has(Flags::SYN))
    };
    if options.verbose > 0 && options.checks_checksums && !outer.is_fragment {
        checksum(packet, segment, outer, text);
    }
    numbers(segment, shown, options, text, |draft| draft)
}

/// Writes the letters and the bracket behind them.
#[inline]
pub(super) fn letters(flags: Flags, draft: Draft<'_>) -> Draft<'_> {
    let (letters, len) = flags.padded_letters();
    draft.padded(&letters, len).fixed(b"]")
}

/// Writes what `begin` drafts, and everything from `seq` on.
#[inline]
pub(super) fn numbers(
    segment: &Segment<'_>,
    shown: Shown,
    options: &LineOptions,
    text: &mut Text,
    begin: impl FnOnce(Draft<'_>) -> Draft<'_>,
) -> Result<(), Cut> {
    let len = segment.payload_len;
    let timestamps = match segment.options.usual() {
        Some(Usual::Timestamps { value, echo }) if segment.options.missing == 0 => {
            Some((value, echo))
        }
        _ => None,
    };
    let has_others = timestamps.is_none() && u32::from(segment.header_len) > HEADER_LEN;
    text.draft(|draft| {
        let draft = header(begin(draft), segment, shown, options.verbose > 1);
        let draft = match timestamps {
            Some((value, echo)) => draft
                .fixed(b", options [nop,nop,TS val ")
                .decimal(value)
                .fixed(b" ecr ")
                .decimal(echo)
                .fixed(b"], length "),
            None if has_others => return draft,
            None => draft.fixed(b", length "),
        };
        draft.decimal(len)
    });
    if has_others {
        if !super::options::write(segment, shown.sack_base, text) {
            return options_end(segment, text);
        }
        text.str(", length ");
        text.decimal(len);
    }
    if len == 0 {
        return Ok(());
    }
    payload::write(segment, options, text)
}

/// Writes the numbers of the fixed header.
#[inline]
fn header<'t>(
    mut draft: Draft<'t>,
    segment: &Segment<'_>,
    shown: Shown,
    always_seq: bool,
) -> Draft<'t> {
    let flags = segment.flags;
    let len = segment.payload_len;
    if len > 0 || flags.any(Flags::SYN | Flags::FIN | Flags::RST) || always_seq {
        draft = draft.fixed(b", seq ").decimal(shown.seq);
        if len > 0 {
            draft = draft.fixed(b":").decimal(shown.seq.wrapping_add(len));
        }
    }
    if flags.has(Flags::ACK) {
        draft = draft.fixed(b", ack ").decimal(shown.ack);
    }
    draft = draft.fixed(b", win ").decimal(u32::from(segment.window));
    if flags.has(Flags::URG) {
        draft = draft.fixed(b", urg ").decimal(u32::from(segment.urgent));
    }
    draft
}

/// Whether tcpdump gave the packet up where its option list stopped: it looks
/// before it reads an option's value, and does not look before it reads a kind
/// or a length, which stand where the text has come to the next option.
#[cold]
fn options_end(segment: &Segment<'_>, text: &Text) -> Result<(), Cut> {
    let line = text.octets();
    let list = [&b" [|tcp]"[..], b" [|mptcp]"]
        .iter()
        .find_map(|mark| line.strip_suffix(*mark));
    match list {
        Some([.., b',']) => Err(Cut),
        // The one option without a name leaves the same text behind.
        Some([.., b'[']) if !matches!(segment.options.bytes, [kind::CC_ECHO, _, ..]) => Err(Cut),
        _ => Ok(()),
    }
}

/// Verified only where the whole segment was captured.
fn checksum(packet: &Packet<'_>, segment: &Segment<'_>, outer: &Ip, text: &mut Text) {
    let len = u32::from(segment.header_len) + segment.payload_len;
    let octets = packet.octets_from(packet.end);
    let there = outer.captured_end.saturating_sub(packet.end);
    let Some(octets) = octets.get(..len as usize).filter(|_| len <= there) else {
        return;
    };
    text.str(", cksum 0x");
    text.hex_digits(u32::from(segment.checksum), 4);
    let sum = Sum::default().with_pseudo_header(outer.src, outer.checksum_dst(), TCP, len);
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
fn damaged(
    packet: &Packet<'_>,
    skip: Skip,
    outer: &Ip,
    options: &LineOptions,
    table: &mut RelativeNumbers,
    naming: &mut Naming,
    text: &mut Text,
) {
    if !matches!(skip, Skip::CutTcp | Skip::ShortOffset | Skip::LongOffset) {
        return;
    }
    let len = outer.end.saturating_sub(packet.end);
    let there = outer.captured_end.saturating_sub(packet.end) as usize;
    let octets = packet.octets_from(packet.end);
    let octets = octets.get(..octets.len().min(there)).unwrap_or_default();
    let Some(&[a, b, c, d]) = octets.first_chunk() else {
        naming.address(outer.src, packet, text);
        text.str(" > ");
        naming.address(outer.dst, packet, text);
        return text.str(": [|tcp]");
    };
    let src = SocketAddr::new(outer.src, u16::from_be_bytes([a, b]));
    let dst = SocketAddr::new(outer.dst, u16::from_be_bytes([c, d]));
    endpoints((src, dst), outer, packet, naming, text);
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
        let flags = Flags::from_octets(header[12], header[13]);
        text.str("Flags [");
        text.str(flags.letters());
        text.octet(b']');
        if !options.absolute_numbers {
            let [_, seq, ack, ..] = header.as_chunks::<4>().0 else {
                return;
            };
            let number = |octets: &[u8; 4]| SeqNum(u32::from_be_bytes(*octets));
            table.note((src, dst), number(seq), number(ack), flags);
        }
    }
    text.str(" [bad hdr length ");
    text.decimal(header_len);
    text.str(" - too long, > ");
    text.decimal(len);
    text.octet(b']');
}
