//! What follows `length N`: the data of a segment, where tcpdump 4.99.3 reads
//! it.
//!
//! A port decides, either of the two, and the first of the [`ROWS`] that names
//! one. The protocols of text are read here: [`lines`], [`ssh`], [`telnet`], and
//! the words in a [`reset`]. Of the binary ones only [`openflow`] is, whose
//! messages have lines of their own; the rows of the others end the search where
//! they stand before a row that is read.
//!
//! tcpdump looks at an octet without asking first whether it was captured, and
//! gives the whole packet up where it was not: that is a [`Cut`].

pub(super) mod cut;
mod lines;
mod openflow;
mod reset;
mod ssh;
mod telnet;
mod telnet_names;

use crate::flags::Flags;
use crate::options::kind;
use crate::segment::Segment;
use crate::sink::line::line_options::LineOptions;
use crate::sink::line::payload::cut::{Cut, Payload};
use crate::sink::text::Text;

/// Who reads what a port names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reader {
    Telnet,
    Ssh,
    Lines(&'static lines::LineProtocol),
    OpenFlow,
    /// A binary protocol, which is left alone.
    Nobody,
}

/// tcpdump's table of ports, in its order. What follows the last row of text
/// there (DNS, MSDP, RPKI, LDP, NFS) needs no row here.
const ROWS: [(u16, Reader); 15] = [
    (23, Reader::Telnet),
    (25, Reader::Lines(&lines::SMTP)),
    (43, Reader::Lines(&lines::WHOIS)),
    (179, Reader::Nobody),
    (1723, Reader::Nobody),
    (6379, Reader::Nobody),
    (22, Reader::Ssh),
    (10288, Reader::Nobody),
    (6633, Reader::OpenFlow),
    (6653, Reader::OpenFlow),
    (21, Reader::Lines(&lines::FTP)),
    (80, Reader::Lines(&lines::HTTP)),
    (8080, Reader::Lines(&lines::HTTP)),
    (554, Reader::Lines(&lines::RTSP)),
    (8554, Reader::Lines(&lines::RTSP)),
];

/// A bit for each group of neighbours in which some port has a row: a port
/// without one seldom needs a search.
const GROUPS: u64 = {
    let (mut set, mut row) = (0, 0);
    while row < ROWS.len() {
        set |= 1 << group(ROWS[row].0);
        row += 1;
    }
    set
};

/// Well-known ports stand close together.
const fn group(port: u16) -> u16 {
    port / 32 % 64
}

/// Who reads the data between two ports.
fn reader(src: u16, dst: u16) -> Reader {
    let row = ROWS.iter().find(|(port, _)| [src, dst].contains(port));
    row.map_or(Reader::Nobody, |(_, reader)| *reader)
}

/// Writes what tcpdump makes of the data of a segment that has any.
#[inline]
pub(super) fn write(
    segment: &Segment<'_>,
    options: &LineOptions,
    text: &mut Text,
) -> Result<(), Cut> {
    let (src, dst) = (segment.src.port(), segment.dst.port());
    let has_row = (GROUPS >> group(src) | GROUPS >> group(dst)) & 1 != 0;
    let is_usual = options.verbose == 0 && segment.options.missing == 0;
    if is_usual && !has_row {
        return Ok(());
    }
    read(segment, options, text)
}

#[inline(never)]
fn read(segment: &Segment<'_>, options: &LineOptions, text: &mut Text) -> Result<(), Cut> {
    if segment.options.missing > 0 {
        return header_cut(segment, text);
    }
    let payload = Payload {
        captured: segment.payload,
        len: segment.payload_len as usize,
    };
    if options.verbose > 0 && segment.flags.has(Flags::RST) {
        reset::write(payload, text);
        return Ok(());
    }
    let (outcome, mark) = match reader(segment.src.port(), segment.dst.port()) {
        Reader::Telnet => (telnet::write(payload, options, text), " [|telnet]"),
        Reader::Ssh => (ssh::write(payload, text), " [|ssh]"),
        Reader::OpenFlow => (openflow::write(payload, text), " [|openflow]"),
        Reader::Lines(protocol) => {
            let outcome = protocol.write(payload, options.verbose, text);
            (outcome, protocol.mark)
        }
        Reader::Nobody => return Ok(()),
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
    // tcpdump still believes itself in the option that it took last for a
    // protocol of its own.
    let mut options = segment.options.iter();
    text.str(if options.any(|option| option.kind == kind::MPTCP) {
        ")] [|mptcp]"
    } else {
        ")] [|tcp]"
    });
    Err(Cut)
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, SocketAddr};

    use super::*;
    use crate::options::TcpOptions;
    use crate::seq::SeqNum;

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
        let smtp = Reader::Lines(&lines::SMTP);
        assert_eq!(reader(80, 25), smtp);
        assert_eq!(reader(25, 80), smtp);
        assert_eq!(reader(21, 8080), Reader::Lines(&lines::FTP));
        assert_eq!(reader(53, 8080), Reader::Lines(&lines::HTTP));
        assert_eq!(reader(40000, 2049), Reader::Nobody);
    }

    #[test]
    fn a_binary_protocol_hides_the_text_protocols_after_it() {
        assert_eq!(reader(80, 179), Reader::Nobody);
        assert_eq!(reader(6379, 22), Reader::Nobody);
        assert_eq!(reader(43, 179), Reader::Lines(&lines::WHOIS));
    }

    /// What follows `length N` on a line between two ports.
    fn follows(
        ports: (u16, u16),
        verbose: u8,
        change: impl FnOnce(&mut Segment<'_>),
    ) -> (String, Result<(), Cut>) {
        let end = |port| SocketAddr::new(Ipv4Addr::LOCALHOST.into(), port);
        let mut segment = Segment {
            src: end(ports.0),
            dst: end(ports.1),
            seq: SeqNum(1),
            ack: SeqNum(1),
            flags: Flags::ACK,
            window: 1,
            ttl: 64,
            payload_len: 6,
            payload: b"QUIT\r\n",
            ..Segment::NOBODYS
        };
        change(&mut segment);
        let options = LineOptions {
            verbose,
            ..LineOptions::default()
        };
        let mut text = Text::default();
        let outcome = write(&segment, &options, &mut text);
        (String::from_utf8(text.octets().to_vec()).unwrap(), outcome)
    }

    #[test]
    fn either_port_decides_and_a_neighbour_does_not() {
        let plain = |ports| follows(ports, 0, |_| ()).0;
        assert_eq!(plain((25, 1025)), ": SMTP: QUIT");
        assert_eq!(plain((1025, 25)), ": SMTP: QUIT");
        assert_eq!(plain((24, 1025)), "");
        assert_eq!(plain((4444, 1025)), "");
    }

    #[test]
    fn a_reset_is_explained_only_when_verbose() {
        let reset = |verbose| follows((25, 1025), verbose, |segment| segment.flags = Flags::RST).0;
        assert_eq!(reset(0), ": SMTP: QUIT");
        assert_eq!(reset(1), " [RST QUIT^M^J]");
    }

    #[test]
    fn a_header_that_was_cut_behind_the_end_of_its_list_gives_the_packet_up() {
        let cut = |bytes| {
            follows((4444, 1025), 0, |segment| {
                segment.header_len = 32;
                segment.options = TcpOptions { bytes, missing: 7 };
            })
        };
        let text = " [remaining caplen(25) < header length(32)]";
        assert_eq!(cut(&[1, 1, 0, 0, 0]), (format!("{text} [|tcp]"), Err(Cut)));
        // tcpdump still believes itself in the option.
        assert_eq!(
            cut(&[30, 4, 0xf0, 0, 0]),
            (format!("{text} [|mptcp]"), Err(Cut))
        );
    }
}
