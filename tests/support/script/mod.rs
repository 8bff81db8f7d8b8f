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
//! 0, 10 and 20 ms. What is said may go on behind a `;` on the next line. Of a
//! connection a `verdict` may be told, what its ends `sent`, and its `responses`: of each
//! a line, or of none. `port 40001` and `new numbers` begin another one.
//!
//! `diagnosis nagle_delayed_ack client, times 2, cost 80ms` tells what is found of a
//! connection, `-` for nothing; several stand in one line behind `; `.
//!
//! Lines stand in the order of the file, whatever their times. What the capture
//! does to the frames below is told by
//!
//! ```text
//! mirrored 30us           every frame is seen again in the same place
//! routed 20us             the same behind a router: its TTL is one less
//! tagged 10us             the same with a VLAN tag
//! merged 20ms             the same by a capture at the other end, merged with this one
//! captured nothing        until `captured everything`; also `only syns`, `only >`,
//!                         `only <`, `without acks` and `without data`
//! clock +3600s            the clock is set, and may be set back, `clock -1s`
//! snaplen 26              so many octets from the TCP header on are captured
//! offload                 checksums are not finished, but where frames are seen again
//! capture copies 9        what is said of that in the end, `-` for nothing
//! ```
//!
//! An ICMP error of a router stands as `0.110 icmp < too_big 1400 1:1449`: it goes to the
//! client and is about that of its segments, over IPv6 too. What is heard of it is told
//! behind `;` as its word and the MTU, and `-` where it is about none that was sent.
//!
//! Of each frame that is seen again it has to be said that it is a copy, and of which.

mod captured;
mod icmp;
mod outcome;
mod parse;
mod record;
mod say;

use std::io;

use tcptrace::icmp_error::IcmpError;
use tcptrace::sink::{Event, Sink};
use tcptrace::track::{Observation, Wants};

use super::capture::show;
use parse::{Line, Script};
use record::{Frame, recorded};

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

/// The same, where the script says which diagnosis is known since a segment.
pub fn check_diagnosed(text: &str) {
    let text = text.replace("opened\n", SILENTLY_OPENED);
    check_said(&text, say::diagnosed, &WAYS);
}

/// The same where only IPv4 shows it.
pub fn check_kinds_over_ipv4(text: &str) {
    let text = text.replace("opened\n", SILENTLY_OPENED);
    check_said(&text, say::kind, &WAYS[..2]);
}

/// The same, where the script says which segments begin an answer.
pub fn check_answers(text: &str) {
    check_said(
        &text.replace("opened\n", SILENTLY_OPENED),
        say::answer,
        &WAYS,
    );
}

/// `opened`, and nothing said; not at 0, which is no time for Wireshark.
const SILENTLY_OPENED: &str = "
    0.010 > S  0:0(0)
    0.020 < S. 0:0(0) ack 1
    0.030 > .  1:1(0) ack 1
";

fn check_said(text: &str, say: Say, ways: &[Way]) {
    let script = Script::parse(text);
    // The frames that are cut in one of the ways are said to be cut.
    let ways = ways.iter().filter(|way| !(way.is_cut && script.is_cut()));
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

/// The script that has the ends exchanged, what opened it aside: each line with its arrow
/// the other way, and what is told of an end told of the other.
pub fn turned(script: &str) -> String {
    let turn = |word: &str| match word {
        ">" => "<".to_owned(),
        "<" => ">".to_owned(),
        word if word.contains("client") => word.replace("client", "server"),
        word => word.replace("server", "client"),
    };
    let lines = script.lines().map(|line| {
        let words = line.split_whitespace().map(turn);
        words.collect::<Vec<_>>().join(" ")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Shows the connections of a script through `sink`.
pub fn show_script(text: &str, sink: impl Sink) {
    show(capture_file(text), sink).unwrap();
}

/// The capture file of a script.
pub fn capture_file(text: &str) -> Vec<u8> {
    recorded(&Script::parse(text), WAYS[0]).file.0
}

/// What the tracker says about each frame, then about each connection, and then of
/// the capture.
#[derive(Default)]
struct Heard {
    frames: Vec<(Frame, String)>,
    verdicts: Vec<String>,
    diagnoses: Vec<String>,
    sent: Vec<String>,
    responses: Vec<String>,
    /// What was heard of each ICMP error.
    icmp: Vec<String>,
    flaws: Vec<String>,
}

struct Listener<'a> {
    say: Say,
    way: Way,
    written: Vec<&'a parse::Segment>,
    frames: Vec<Frame>,
    heard: &'a mut Heard,
}

impl Sink for Listener<'_> {
    fn wants(&self) -> Wants {
        Wants::WIRESHARK | Wants::TIMED | Wants::TIME_SPENT
    }

    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        match event {
            Event::Packet(_, Some(seen)) => self.segment(seen),
            Event::Packet(_, None) => self.heard.icmp.push("-".to_owned()),
            Event::IcmpError(_, notice) => self.icmp(&notice.error),
            Event::Unreachable(flow) => self.icmp(flow.unreachable().unwrap()),
            Event::Connection(connection) => {
                self.heard.verdicts.push(outcome::verdict(&connection.flow));
                self.heard.diagnoses.push(outcome::diagnoses(connection));
                self.heard.sent.extend(outcome::sent(&connection.flow));
                self.heard.responses.extend(outcome::responses(connection));
            }
            Event::Capture(flaws) => self
                .heard
                .flaws
                .push(outcome::flaws(flaws, self.way.is_cut)),
            Event::Socket(..) | Event::Standing(_) | Event::Quiet | Event::End(_) => {}
        }
        Ok(())
    }
}

impl Listener<'_> {
    fn icmp(&mut self, error: &IcmpError) {
        *self.heard.icmp.last_mut().unwrap() = icmp::said(error);
    }

    fn segment(&mut self, seen: &Observation<'_>) {
        let frame = self.frames[self.heard.frames.len()];
        let written = self.written[frame.segment];
        assert_eq!(seen.segment.payload.len(), frame.payload, "{:?}", self.way);
        let said = match frame.copy_of {
            Some(_) => say::observation(seen, written),
            None => (self.say)(seen, written),
        };
        self.heard.frames.push((frame, said));
    }
}

fn listen(script: &Script, way: Way, say: Say) -> Heard {
    let mut heard = Heard::default();
    let record = recorded(script, way);
    let listener = Listener {
        say,
        way,
        written: script.segments().collect(),
        frames: record.frames,
        heard: &mut heard,
    };
    show(record.file.0, listener).unwrap();
    heard
}

/// The script with what was heard and with what was written in it.
fn both_accounts(script: &Script, heard: &Heard) -> (Vec<String>, Vec<String>) {
    let (mut as_heard, mut as_written) = (Vec::new(), Vec::new());
    let segments: Vec<_> = script.segments().collect();
    for (frame, said) in &heard.frames {
        let segment = segments[frame.segment];
        let text = &segment.text;
        let says = match frame.copy_of {
            Some(number) => Some(format!("copy of {number}")),
            None => segment.says.clone(),
        };
        let told = says.map(|says| (format!("; {said}"), format!("; {says}")));
        let (said, says) = told.unwrap_or_default();
        as_heard.push(format!("{text:<32} {said}"));
        as_written.push(format!("{text:<32} {says}"));
    }
    let told = script.lines.iter().filter_map(|line| match line {
        Line::Icmp(icmp) => Some(icmp),
        _ => None,
    });
    for (icmp, heard) in told.zip(&heard.icmp) {
        as_heard.push(format!("{:<32} ; {heard}", icmp.text));
        as_written.push(format!("{:<32} ; {}", icmp.text, icmp.says));
    }
    let mut compare = |heard: &[String], written: Vec<String>| {
        if !written.is_empty() {
            as_heard.extend(heard.iter().cloned());
            as_written.extend(written);
        }
    };
    let written = |told: fn(&Line) -> Option<&String>| {
        script
            .lines
            .iter()
            .filter_map(told)
            .cloned()
            .collect::<Vec<_>>()
    };
    compare(
        &heard.verdicts,
        written(|line| match line {
            Line::Verdict(verdict) => Some(verdict),
            _ => None,
        }),
    );
    compare(
        &heard.diagnoses,
        written(|line| match line {
            Line::Diagnosis(diagnosis) => Some(diagnosis),
            _ => None,
        }),
    );
    compare(
        &heard.sent,
        written(|line| match line {
            Line::Sent(sent) => Some(sent),
            _ => None,
        }),
    );
    compare(
        &heard.responses,
        written(|line| match line {
            Line::Responses(responses) => Some(responses),
            _ => None,
        }),
    );
    compare(
        &heard.flaws,
        written(|line| match line {
            Line::Flaws(flaws) => Some(flaws),
            _ => None,
        }),
    );
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
