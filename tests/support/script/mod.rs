//! Scripted connections: what the tracker says about each segment.
//!
//! A script is turned into frames and goes through the whole public pipeline.
//! Both ends' sequence numbers wrap soon, the client's at 2³², the server's at
//! 2³¹ where the sign changes.
//!
//! ```text
//! # a comment
//! 0.000 > S  0:0(0) win 65535 <mss 1460,sackOK>  ; what the tracker says
//! 0.010 < S. 0:0(0) ack 1                        ; nothing said, not compared
//! verdict half open
//! ```
//!
//! `opened` alone on a line stands for the three segments of a handshake, at
//! 0, 10 and 20 ms. What is said may go on behind a `;` on the next line.

mod parse;
mod say;

use std::io;
use std::net::SocketAddr;

use tcptrace::sink::{Event, Sink};
use tcptrace::track::{Observation, Wants};

use super::capture::{ETHERNET, Pcap, show};
use super::frame;
use parse::{Line, Script};

const CLIENT_ISS: u32 = u32::MAX - 1;
const SERVER_ISS: u32 = 0x7fff_fffe;
/// How far apart the initial numbers of successive connections are.
const NEW_NUMBERS: u32 = 0x1234_5678;
const CLIENT_PORT: u16 = 40_000;
const SERVER_PORT: u16 = 80;

/// The ways in which a script is run: as it is written, with the addresses
/// exchanged, over IPv6, with the data not captured, and with octets behind the
/// datagram, as Ethernet pads it. What the tracker says must be the same.
const WAYS: [Way; 6] = [
    Way::new("10.0.0.1", "10.0.0.2"),
    Way::new("10.0.0.2", "10.0.0.1"),
    Way::new("2001:db8::1", "2001:db8::2"),
    Way {
        is_cut: true,
        ..Way::new("10.0.0.1", "10.0.0.2")
    },
    Way {
        padding: 6,
        ..Way::new("10.0.0.1", "10.0.0.2")
    },
    Way {
        padding: 6,
        ..Way::new("2001:db8::1", "2001:db8::2")
    },
];

#[derive(Debug, Clone, Copy)]
struct Way {
    client: &'static str,
    server: &'static str,
    /// Whether frames end with the TCP header.
    is_cut: bool,
    /// Octets behind the datagram.
    padding: usize,
}

impl Way {
    const fn new(client: &'static str, server: &'static str) -> Self {
        Self {
            client,
            server,
            is_cut: false,
            padding: 0,
        }
    }
}

/// Says something of a segment, beside how it was written.
type Say = fn(&Observation<'_>, &parse::Segment) -> String;

/// Runs a script each way and compares what it says.
pub fn check(text: &str) {
    check_said(text, say::observation, &WAYS);
}

/// The same, where the script says what the rules find: names as in
/// docs/rules.md with their numbers, `-` for nothing.
pub fn check_findings(text: &str) {
    check_said(
        &text.replace("opened\n", SILENTLY_OPENED),
        say::findings,
        &WAYS,
    );
}

/// The same, where the script says what segments with data really were.
pub fn check_kinds(text: &str) {
    check_said(&text.replace("opened\n", SILENTLY_OPENED), say::kind, &WAYS);
}

/// The same where only IPv4 shows it.
pub fn check_kinds_over_ipv4(text: &str) {
    let text = text.replace("opened\n", SILENTLY_OPENED);
    check_said(&text, say::kind, &WAYS[..2]);
}

/// `opened`, and nothing said; not at 0, which is no time for Wireshark.
const SILENTLY_OPENED: &str = "
    0.010 > S  0:0(0)
    0.020 < S. 0:0(0) ack 1
    0.030 > .  1:1(0) ack 1
";

fn check_said(text: &str, say: Say, ways: &[Way]) {
    let script = Script::parse(text);
    for &way in ways {
        let (heard, written) = both_accounts(&script, &listen(&script, way, say));
        assert!(
            heard == written,
            "{way:?}\n\nas heard:\n{}\nas written:\n{}",
            marked(&heard, &written),
            marked(&written, &heard),
        );
    }
}

/// Shows the connections of a script through `sink`.
pub fn show_script(text: &str, sink: impl Sink) {
    show(recorded(&Script::parse(text), WAYS[0]), sink).unwrap();
}

/// What the tracker says about each segment, and then about each connection.
#[derive(Default)]
struct Heard {
    segments: Vec<String>,
    verdicts: Vec<String>,
}

struct Listener<'a> {
    say: Say,
    way: Way,
    written: Vec<&'a parse::Segment>,
    heard: &'a mut Heard,
}

impl Sink for Listener<'_> {
    fn wants(&self) -> Wants {
        Wants::WIRESHARK
    }

    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        match event {
            Event::Packet(_, seen) => self.segment(seen.unwrap()),
            Event::Connection(connection) => {
                self.heard.verdicts.push(say::verdict(&connection.flow));
            }
            Event::Unreachable(_) | Event::Quiet | Event::Capture(_) | Event::End(_) => {}
        }
        Ok(())
    }
}

impl Listener<'_> {
    fn segment(&mut self, seen: &Observation<'_>) {
        let written = self.written[self.heard.segments.len()];
        let captured = if self.way.is_cut { 0 } else { written.len };
        assert_eq!(seen.segment.payload.len(), captured, "{:?}", self.way);
        let said = (self.say)(seen, written);
        self.heard.segments.push(said);
    }
}

fn listen(script: &Script, way: Way, say: Say) -> Heard {
    let mut heard = Heard::default();
    let listener = Listener {
        say,
        way,
        written: script.segments().collect(),
        heard: &mut heard,
    };
    show(recorded(script, way), listener).unwrap();
    heard
}

/// The capture file of a script.
fn recorded(script: &Script, way: Way) -> Vec<u8> {
    let address = |ip: &str, port| SocketAddr::new(ip.parse().unwrap(), port);
    let server = address(way.server, SERVER_PORT);
    let mut client = address(way.client, CLIENT_PORT);
    let (mut client_iss, mut server_iss) = (CLIENT_ISS, SERVER_ISS);
    let mut file = Pcap::new(ETHERNET);
    for line in &script.lines {
        let written = match line {
            Line::Port(port) => {
                client.set_port(*port);
                continue;
            }
            Line::NewNumbers => {
                client_iss = client_iss.wrapping_add(NEW_NUMBERS);
                server_iss = server_iss.wrapping_add(NEW_NUMBERS);
                continue;
            }
            Line::Verdict(_) => continue,
            Line::Segment(written) => written,
        };
        let (src, dst, own_iss, other_iss) = if written.from_client {
            (client, server, client_iss, server_iss)
        } else {
            (server, client, server_iss, client_iss)
        };
        let ack = written.ack.map_or(0, |ack| ack.wrapping_add(other_iss));
        let seq = written.seq.wrapping_add(own_iss);
        let mut segment = frame::Segment::new(src, dst, &written.flags, seq, ack)
            .with_payload(written.len)
            .with_options(&written.options);
        segment.window = written.window;
        segment.identification = written.identification;
        segment.ttl = written.ttl;
        let mut frame = segment.to_ethernet();
        frame.resize(frame.len() + way.padding, 0);
        let kept = frame.len() - if way.is_cut { written.len } else { 0 };
        file.cut_frame(written.nanoseconds, &frame[..kept], frame.len());
    }
    file.0
}

/// The script with what was heard and with what was written in it.
fn both_accounts(script: &Script, heard: &Heard) -> (Vec<String>, Vec<String>) {
    let (mut as_heard, mut as_written) = (Vec::new(), Vec::new());
    for (segment, said) in script.segments().zip(&heard.segments) {
        let text = &segment.text;
        let told = segment.says.as_ref().map(|says| (said, says));
        let (said, says) = told.map_or((String::new(), String::new()), |(said, says)| {
            (format!("; {said}"), format!("; {says}"))
        });
        as_heard.push(format!("{text:<32} {said}"));
        as_written.push(format!("{text:<32} {says}"));
    }
    let written_verdicts = script.lines.iter().filter_map(|line| match line {
        Line::Verdict(verdict) => Some(verdict.clone()),
        _ => None,
    });
    let written_verdicts: Vec<_> = written_verdicts.collect();
    if !written_verdicts.is_empty() {
        as_heard.extend(heard.verdicts.iter().cloned());
        as_written.extend(written_verdicts);
    }
    (as_heard, as_written)
}

/// One account, with a mark on the lines that the other one does not have.
fn marked(account: &[String], other: &[String]) -> String {
    let line = |(place, line): (usize, &String)| {
        let mark = if other.get(place) == Some(line) {
            ' '
        } else {
            '!'
        };
        format!("{mark} {line}\n")
    };
    account.iter().enumerate().map(line).collect()
}
