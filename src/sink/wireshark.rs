//! Wireshark's summary of a segment, as `tshark -n` prints it when it dissects
//! no higher than TCP: number, time since the first frame, addresses, protocol,
//! length, and what its Info column says.

use std::io::{self, Write};
use std::net::IpAddr;

use crate::flags::Flags;
use crate::options::{TcpOption, kind};
use crate::segment::{Packet, Segment};
use crate::sink::Sink;
use crate::sink::page::Page;
use crate::sink::text::Text;
use crate::time::{Resolution, Span, Timestamp};
use crate::totals::Totals;
use crate::track::Observation;
use crate::track::wireshark::finding::{Finding, Findings};

/// The narrowest that number, time and addresses are.
const NUMBER_WIDTH: usize = 5;
const TIME_WIDTH: usize = 10;
const ADDRESS_WIDTH: usize = 12;

/// What stands before the ports, the last of the analysis first.
const PREFIXES: [(Finding, &str); 15] = [
    (Finding::ZeroWindowProbeAck, "[TCP ZeroWindowProbeAck] "),
    (Finding::ZeroWindow, "[TCP ZeroWindow] "),
    (Finding::ZeroWindowProbe, "[TCP ZeroWindowProbe] "),
    (Finding::DuplicateAck, "[TCP Dup ACK "),
    (Finding::KeepAliveAck, "[TCP Keep-Alive ACK] "),
    (Finding::KeepAlive, "[TCP Keep-Alive] "),
    (Finding::WindowFull, "[TCP Window Full] "),
    (Finding::WindowUpdate, "[TCP Window Update] "),
    (Finding::AckLostSegment, "[TCP ACKed unseen segment] "),
    (Finding::LostSegment, "[TCP Previous segment not captured] "),
    (Finding::OutOfOrder, "[TCP Out-Of-Order] "),
    (
        Finding::SpuriousRetransmission,
        "[TCP Spurious Retransmission] ",
    ),
    (Finding::FastRetransmission, "[TCP Fast Retransmission] "),
    (Finding::Retransmission, "[TCP Retransmission] "),
    (Finding::ReusedPorts, "[TCP Port numbers reused] "),
];

/// The control bits, as the Info column names them.
const BITS: [(Flags, &str); 9] = [
    (Flags::FIN, "FIN"),
    (Flags::SYN, "SYN"),
    (Flags::RST, "RST"),
    (Flags::PSH, "PSH"),
    (Flags::ACK, "ACK"),
    (Flags::URG, "URG"),
    (Flags::ECE, "ECE"),
    (Flags::CWR, "CWR"),
    (Flags::AE, "AE"),
];

/// One line for each segment.
#[derive(Debug)]
pub struct Wireshark<W> {
    page: Page<W>,
    is_coloured: bool,
    first: Option<Timestamp>,
    /// Room for a column that is moved to the right.
    column: Text,
}

impl<W: Write> Wireshark<W> {
    /// Writes to `page`, in the colours of Wireshark's default rules where
    /// `is_coloured` is set.
    pub fn new(page: Page<W>, is_coloured: bool) -> Self {
        Self {
            page,
            is_coloured,
            first: None,
            column: Text::default(),
        }
    }
}

impl<W: Write> Sink for Wireshark<W> {
    fn packet(&mut self, packet: &Packet<'_>, seen: Option<&Observation<'_>>) -> io::Result<()> {
        let first = *self.first.get_or_insert(packet.frame.time);
        let Some(seen) = seen else {
            return Ok(());
        };
        let text = &mut self.page.text;
        if self.is_coloured {
            text.str(colour(seen.segment, seen.findings()));
        }
        let mut line = Line {
            seen,
            text,
            column: &mut self.column,
        };
        line.frame(packet, seen.segment.time - first);
        line.info();
        self.page
            .text
            .str(if self.is_coloured { "\x1b[0m\n" } else { "\n" });
        self.page.packet_done()
    }

    fn quiet(&mut self) -> io::Result<()> {
        self.page.flush()
    }

    fn end(&mut self, _: &Totals) -> io::Result<()> {
        self.page.flush()
    }
}

/// The colours of the first of Wireshark's default rules that holds; rules for
/// what lies above TCP are left out.
fn colour(segment: &Segment<'_>, findings: Findings) -> &'static str {
    let is_bad = findings.rules().any(|rule| {
        !matches!(
            rule.finding,
            Finding::WindowUpdate | Finding::KeepAlive | Finding::KeepAliveAck
        )
    });
    let is_http = segment.src.port() == 80 || segment.dst.port() == 80;
    match () {
        () if is_bad => "\x1b[48;2;18;39;46m\x1b[38;2;247;135;135m",
        () if segment.flags.has(Flags::RST) => "\x1b[48;2;164;0;0m\x1b[38;2;255;252;156m",
        () if segment.src.is_ipv4() && segment.ttl < 5 => {
            "\x1b[48;2;164;0;0m\x1b[38;2;236;240;235m"
        }
        () if is_http => "\x1b[48;2;228;255;199m\x1b[38;2;18;39;46m",
        () if segment.flags.any(Flags::SYN | Flags::FIN) => {
            "\x1b[48;2;160;160;160m\x1b[38;2;18;39;46m"
        }
        () => "\x1b[48;2;231;230;255m\x1b[38;2;18;39;46m",
    }
}

/// A line under construction.
struct Line<'a, 't> {
    seen: &'a Observation<'a>,
    text: &'t mut Text,
    column: &'t mut Text,
}

impl Line<'_, '_> {
    fn frame(&mut self, packet: &Packet<'_>, since_first: Span) {
        self.right(NUMBER_WIDTH, |text| text.decimal(packet.frame.number.get()));
        self.text.octet(b' ');
        let digits = packet.frame.resolution;
        self.right(TIME_WIDTH, |text| time(since_first, digits, text));
        self.text.octet(b' ');
        let (src, dst) = (self.seen.segment.src.ip(), self.seen.segment.dst.ip());
        self.right(ADDRESS_WIDTH, |text| text.address(src));
        self.text.str(" → ");
        self.left(ADDRESS_WIDTH, dst);
        let mut options = self.seen.segment.options.iter();
        let is_mptcp = options.any(|option| option.kind == kind::MPTCP);
        self.text.str(if is_mptcp { " MPTCP " } else { " TCP " });
        self.text.decimal(packet.frame.len);
        self.text.octet(b' ');
    }

    /// What `write` writes, with spaces before it up to `width` columns.
    fn right(&mut self, width: usize, write: impl FnOnce(&mut Text)) {
        self.column.clear();
        write(self.column);
        for _ in self.column.len()..width {
            self.text.octet(b' ');
        }
        self.text.raw(self.column.octets());
    }

    fn left(&mut self, width: usize, address: IpAddr) {
        let start = self.text.len();
        self.text.address(address);
        for _ in self.text.len() - start..width {
            self.text.octet(b' ');
        }
    }

    fn info(&mut self) {
        self.prefixes();
        let segment = self.seen.segment;
        self.text.decimal(segment.src.port());
        self.text.str(" → ");
        self.text.decimal(segment.dst.port());
        self.bits();
        let (flow, dir) = (self.seen.flow, self.seen.dir);
        self.number(" Seq=", flow.relative_seq(dir, segment.seq));
        if segment.is_ack() {
            self.number(" Ack=", flow.relative_ack(dir, segment.ack));
        }
        self.number(
            " Win=",
            self.seen.wireshark.map_or(0, |found| found.window()),
        );
        if segment.flags.has(Flags::URG) {
            self.number(" Urg=", u32::from(segment.urgent));
        }
        self.number(" Len=", segment.payload_len);
        for option in segment.options.iter() {
            self.option(option);
        }
    }

    fn number(&mut self, name: &str, number: u32) {
        self.text.str(name);
        self.text.decimal(number);
    }

    fn prefixes(&mut self) {
        let findings = self.seen.findings();
        if findings.is_empty() {
            return;
        }
        let is_special = findings.has(Finding::FastRetransmission)
            || findings.has(Finding::SpuriousRetransmission);
        for (finding, words) in PREFIXES {
            if !findings.has(finding) || finding == Finding::Retransmission && is_special {
                continue;
            }
            self.text.str(words);
            if let Some((number, frame)) =
                self.seen.wireshark.and_then(|found| found.duplicate_ack())
                && finding == Finding::DuplicateAck
            {
                self.text.decimal(frame);
                self.number("#", number);
                self.text.str("] ");
            }
        }
    }

    fn bits(&mut self) {
        self.text.str(" [");
        let set = BITS
            .iter()
            .filter(|(bit, _)| self.seen.segment.flags.has(*bit));
        for (nth, (_, name)) in set.enumerate() {
            self.text.str(if nth > 0 { ", " } else { "" });
            self.text.str(name);
        }
        let is_bare = self.seen.segment.flags.bits() == 0;
        self.text.str(if is_bare { "<None>]" } else { "]" });
    }

    fn option(&mut self, option: TcpOption<'_>) {
        if let Some(mss) = option.mss() {
            self.number(" MSS=", u32::from(mss));
        } else if let Some(shift) = option.window_scale() {
            self.number(" WS=", 1 << shift.min(14));
        } else if let Some((value, echo)) = option.timestamps() {
            self.number(" TSval=", value);
            self.number(" TSecr=", echo);
        } else if let Some(cookie) = option.fast_open_cookie() {
            self.text.str(if cookie.is_empty() {
                " TFO=R"
            } else {
                " TFO=C"
            });
        } else if option.kind == kind::SACK {
            for (left, right) in option.sack_blocks() {
                let relative = |edge| self.seen.flow.relative_ack(self.seen.dir, edge);
                let (left, right) = (relative(left), relative(right));
                self.number(" SLE=", left);
                self.number(" SRE=", right);
            }
        } else {
            self.rare_option(option);
        }
    }

    fn rare_option(&mut self, option: TcpOption<'_>) {
        let name = match (option.kind, option.value.len()) {
            (kind::SACK_PERMITTED, 0) => return self.text.str(" SACK_PERM"),
            (kind::MD5, 16) => return self.text.str(" MD5"),
            (kind::EXPERIMENT_1 | kind::EXPERIMENT_2, 2..) => return self.experiment(option),
            (kind::ECHO, 4) => " ECHO=",
            (kind::ECHO_REPLY, 4) => " ECHOREPLY=",
            (kind::CC, 4) => " CC=",
            (kind::CC_NEW, 4) => " CCNEW=",
            (kind::CC_ECHO, 4) => " CCECHO=",
            (kind::USER_TIMEOUT, 2) => " USER_TO=",
            _ => return,
        };
        let octets = option.value.iter();
        let number = octets.fold(0, |number, &octet| number << 8 | u32::from(octet));
        let is_timeout = option.kind == kind::USER_TIMEOUT;
        self.number(name, if is_timeout { number & 0x7fff } else { number });
    }

    fn upper_hex(&mut self, number: u16) {
        let digits = (number.max(1).ilog2() / 4 + 1) as usize;
        for place in (0..digits).rev() {
            let digit = number >> (4 * place) & 0xf;
            self.text.octet(b"0123456789ABCDEF"[usize::from(digit)]);
        }
    }

    /// Of an experiment, which one it is (RFC 6994).
    fn experiment(&mut self, option: TcpOption<'_>) {
        if let [high, low, ..] = option.value {
            let id = u16::from_be_bytes([*high, *low]);
            self.text.str(" ExID=");
            self.upper_hex(id);
        }
    }
}

/// Seconds since the first frame.
fn time(since_first: Span, digits: Resolution, text: &mut Text) {
    let magnitude = since_first.magnitude();
    if since_first.is_negative() {
        text.octet(b'-');
    }
    text.decimal(magnitude.as_secs());
    text.octet(b'.');
    text.six_digits(magnitude.subsec_micros());
    if digits == Resolution::Nano {
        text.zero_padded(magnitude.subsec_nanos() % 1_000, 3);
    }
}
