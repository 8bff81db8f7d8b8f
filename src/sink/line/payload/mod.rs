//! What follows `length N`: the data of a segment, where tcpdump 4.99.3 reads
//! it.
//!
//! A port decides, either of the two, and the first [`Row`] that names it. The
//! protocols of text are read here: [`lines`], [`ssh`], [`telnet`], and the
//! words in a [`reset`]. The binary ones are not; their rows only end the
//! search where they stand before a row that is.
//!
//! tcpdump looks at an octet without asking first whether it was captured, and
//! gives the whole packet up where it was not: that is a [`Cut`].

mod lines;
mod reset;
mod ssh;
mod telnet;

use crate::flags::Flags;
use crate::segment::Segment;
use crate::sink::line::LineOptions;
use crate::sink::text::Text;

/// The capture ended where tcpdump read on. It gave the packet up, and forgot
/// how long the link header was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cut;

/// The data of a segment.
#[derive(Clone, Copy)]
struct Payload<'a> {
    /// What was captured of it.
    captured: &'a [u8],
    /// Its length as claimed, never under what was captured.
    len: usize,
}

impl Payload<'_> {
    fn octet(&self, at: usize) -> Result<u8, Cut> {
        self.captured.get(at).copied().ok_or(Cut)
    }
}

/// tcpdump's table of ports, in its order. What follows the last row of text
/// (DNS, MSDP, RPKI, LDP, NFS) needs no row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Row {
    Telnet,
    Smtp,
    Whois,
    Bgp,
    Pptp,
    Resp,
    Ssh,
    Beep,
    OpenFlow,
    Ftp,
    Http,
    Rtsp,
    None,
}

impl Row {
    #[inline]
    const fn of(port: u16) -> Self {
        match port {
            23 => Self::Telnet,
            25 => Self::Smtp,
            43 => Self::Whois,
            179 => Self::Bgp,
            1723 => Self::Pptp,
            6379 => Self::Resp,
            22 => Self::Ssh,
            10288 => Self::Beep,
            6633 | 6653 => Self::OpenFlow,
            21 => Self::Ftp,
            80 | 8080 => Self::Http,
            554 | 8554 => Self::Rtsp,
            _ => Self::None,
        }
    }
}

/// Writes what tcpdump makes of the data of a segment that has any.
#[inline]
pub(super) fn write(
    segment: &Segment<'_>,
    options: &LineOptions,
    text: &mut Text,
) -> Result<(), Cut> {
    let is_explained = options.verbose > 0 && segment.flags.has(Flags::RST);
    let row = Row::of(segment.src.port()).min(Row::of(segment.dst.port()));
    if row == Row::None && !is_explained && segment.options.missing == 0 {
        return Ok(());
    }
    if segment.options.missing > 0 {
        return header_cut(segment, text);
    }
    let payload = Payload {
        captured: segment.payload,
        len: segment.payload_len as usize,
    };
    if is_explained {
        reset::write(payload, text);
        return Ok(());
    }
    read(row, payload, options, text)
}

#[inline(never)]
fn read(row: Row, payload: Payload<'_>, options: &LineOptions, text: &mut Text) -> Result<(), Cut> {
    let (outcome, mark) = match row {
        Row::Telnet => (telnet::write(payload, options, text), " [|telnet]"),
        Row::Ssh => (ssh::write(payload, text), " [|ssh]"),
        Row::Smtp => return lines::SMTP.write(payload, options.verbose, text),
        Row::Whois => return lines::WHOIS.write(payload, options.verbose, text),
        Row::Ftp => return lines::FTP.write(payload, options.verbose, text),
        Row::Http => return lines::HTTP.write(payload, options.verbose, text),
        Row::Rtsp => return lines::RTSP.write(payload, options.verbose, text),
        Row::Bgp | Row::Pptp | Row::Resp | Row::Beep | Row::OpenFlow | Row::None => return Ok(()),
    };
    if outcome.is_err() {
        text.str(mark);
    }
    outcome
}

/// Only where the option list ended before its captured octets did: otherwise
/// the options have already said `[|tcp]`.
#[cold]
fn header_cut(segment: &Segment<'_>, text: &mut Text) -> Result<(), Cut> {
    text.str(" [remaining caplen(");
    text.decimal(segment.header_len - segment.options.missing);
    text.str(") < header length(");
    text.decimal(segment.header_len);
    text.str(")] [|tcp]");
    Err(Cut)
}

/// Printable ASCII, space included: what reaches a terminal as it is.
const fn is_printable(octet: u8) -> bool {
    matches!(octet, b' '..=b'~')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `write` makes of `sent`, of which `captured` octets were captured.
    pub(super) fn shown(
        sent: &[u8],
        captured: usize,
        write: impl FnOnce(Payload<'_>, &mut Text) -> Result<(), Cut>,
    ) -> (String, Result<(), Cut>) {
        let mut text = Text::default();
        let payload = Payload {
            captured: &sent[..captured],
            len: sent.len(),
        };
        let outcome = write(payload, &mut text);
        (String::from_utf8(text.octets().to_vec()).unwrap(), outcome)
    }

    #[test]
    fn the_first_row_that_names_a_port_wins() {
        let row = |a, b| Row::of(a).min(Row::of(b));
        assert_eq!(row(80, 25), Row::Smtp);
        assert_eq!(row(21, 80), Row::Ftp);
        assert_eq!(row(53, 8080), Row::Http);
        assert_eq!(row(40000, 2049), Row::None);
    }

    #[test]
    fn a_binary_protocol_hides_the_text_protocols_after_it() {
        assert_eq!(Row::of(80).min(Row::of(179)), Row::Bgp);
        assert_eq!(Row::of(6379).min(Row::of(22)), Row::Resp);
        assert_eq!(Row::of(43).min(Row::of(179)), Row::Whois);
    }
}
