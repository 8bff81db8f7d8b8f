//! The notation of scripts: packetdrill's for the segment, and after `;` what
//! the tracker says.

use super::captured::Directive;
use super::icmp::Icmp;
use super::{CLIENT_ISS, SERVER_ISS};

/// The handshake that the line `opened` stands for.
const OPENED: &str = "
    0.000 > S  0:0(0)         ; handshake 1/3 SYN, client CLOSED → SYN-SENT
    0.010 < S. 0:0(0) ack 1   ; handshake 2/3 SYN-ACK, server LISTEN → SYN-RECEIVED
    0.020 > .  1:1(0) ack 1   ; handshake 3/3 ACK, client SYN-SENT → ESTABLISHED,
                              ; server SYN-RECEIVED → ESTABLISHED
";

/// A script, line by line.
#[derive(Debug)]
pub struct Script {
    pub lines: Vec<Line>,
}

/// A line of a script.
#[derive(Debug)]
pub enum Line {
    Segment(Segment),
    /// `TIME icmp < REASON MTU SEQ:END`: an ICMP error.
    Icmp(Icmp),
    /// `port N`: the client's port from here on.
    Port(u16),
    /// `new numbers`: both ends choose other initial sequence numbers.
    NewNumbers,
    /// `verdict ...`: what became of a connection; one line for each, or none.
    Verdict(String),
    /// `diagnosis ...`: what is wrong with a connection; one line for each, or none.
    Diagnosis(String),
    /// `client sent ...`, `server sent ...`: segments and octets of an end.
    Sent(String),
    /// `responses ...`, `turn ...`: requests and answers of a connection.
    Responses(String),
    /// What the capture does to the frames that follow.
    Directive(Directive),
    /// `capture ...`: what is said of that in the end.
    Flaws(String),
}

/// A segment and what should be said of it; numbers are relative.
#[derive(Debug)]
pub struct Segment {
    /// As written, without what is said.
    pub text: String,
    pub says: Option<String>,
    pub nanoseconds: u64,
    pub from_client: bool,
    pub flags: String,
    pub seq: u32,
    pub len: usize,
    pub ack: Option<u32>,
    pub window: u16,
    /// Of IPv4.
    pub identification: u16,
    pub ttl: u8,
    pub options: Vec<u8>,
}

impl Script {
    pub fn parse(text: &str) -> Self {
        let mut lines: Vec<Line> = Vec::new();
        let text = text.replace("opened\n", &format!("{OPENED}\n"));
        for line in text.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(more) = line.strip_prefix(';') {
                let Some(Line::Segment(segment)) = lines.last_mut() else {
                    panic!("of which segment is this said? {line}");
                };
                let says = segment.says.get_or_insert_default();
                says.push_str(if says.is_empty() { "" } else { " " });
                says.push_str(more.trim());
                continue;
            }
            lines.push(Line::parse(line));
        }
        Self { lines }
    }

    /// Whether frames are cut short.
    pub fn is_cut(&self) -> bool {
        let cuts = |line: &Line| matches!(line, Line::Directive(Directive::SnapshotLength(_)));
        self.lines.iter().any(cuts)
    }

    pub fn segments(&self) -> impl Iterator<Item = &Segment> {
        self.lines.iter().filter_map(|line| match line {
            Line::Segment(segment) => Some(segment),
            _ => None,
        })
    }
}

impl Line {
    fn parse(line: &str) -> Self {
        if let Some(port) = line.strip_prefix("port ") {
            return Self::Port(number(port, line));
        }
        if line == "new numbers" {
            return Self::NewNumbers;
        }
        if line.starts_with("verdict ") {
            return Self::Verdict(line.to_owned());
        }
        if line.starts_with("diagnosis ") {
            return Self::Diagnosis(line.to_owned());
        }
        if line.starts_with("client sent ") || line.starts_with("server sent ") {
            return Self::Sent(line.to_owned());
        }
        if line.starts_with("responses ") || line.starts_with("turn ") {
            return Self::Responses(line.to_owned());
        }
        if line.starts_with("capture ") {
            return Self::Flaws(line.to_owned());
        }
        if let Some(icmp) = Icmp::parse(line) {
            return Self::Icmp(icmp);
        }
        if let Some(directive) = Directive::parse(line) {
            return Self::Directive(directive);
        }
        Self::Segment(Segment::parse(line))
    }
}

impl Segment {
    fn parse(line: &str) -> Self {
        let (text, says) = match line.split_once(';') {
            Some((text, says)) => (text.trim(), Some(says.trim().to_owned())),
            None => (line, None),
        };
        let (words, options) = match text.split_once('<') {
            // The arrow, not an option list.
            Some((time, rest)) if !time.contains(['>', ':']) => {
                let (rest, options) = rest.split_once('<').unwrap_or((rest, ""));
                (format!("{time}<{rest}"), options)
            }
            Some((words, options)) => (words.to_owned(), options),
            None => (text.to_owned(), ""),
        };
        let mut words = words.split_whitespace();
        let mut next = || words.next().unwrap_or_else(|| panic!("too short: {line}"));
        let time: f64 = number(next(), line);
        let from_client = match next() {
            ">" => true,
            "<" => false,
            _ => panic!("neither > nor <: {line}"),
        };
        let other_iss = if from_client { SERVER_ISS } else { CLIENT_ISS };
        let flags = next().to_owned();
        let (seq, len) = sequence(next(), line);
        let mut segment = Self {
            text: text.to_owned(),
            says,
            nanoseconds: nanoseconds(time),
            from_client,
            flags,
            seq,
            len,
            ack: None,
            window: 1000,
            identification: 0,
            ttl: 64,
            options: option_area(options.trim_end_matches('>'), other_iss, line),
        };
        while let Some(word) = words.next() {
            let value = words.next().unwrap_or_default();
            match word {
                "ack" => segment.ack = Some(number(value, line)),
                "win" => segment.window = number(value, line),
                "id" => segment.identification = number(value, line),
                "ttl" => segment.ttl = number(value, line),
                _ => panic!("what is {word}? {line}"),
            }
        }
        segment
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "scripts take seconds"
)]
pub fn nanoseconds(seconds: f64) -> u64 {
    (seconds * 1e6).round() as u64 * 1_000
}

/// `1:101(100)`: first number, number after the last, octets of data.
fn sequence(word: &str, line: &str) -> (u32, usize) {
    let parts = word
        .strip_suffix(')')
        .and_then(|word| word.split_once('('))
        .and_then(|(range, len)| Some((range.split_once(':')?, len)));
    let Some(((seq, end), len)) = parts else {
        panic!("not seq:end(len): {line}");
    };
    let (seq, end, len): (u32, u32, u32) =
        (number(seq, line), number(end, line), number(len, line));
    assert_eq!(end.wrapping_sub(seq), len, "the length is wrong: {line}");
    (seq, len as usize)
}

/// Options as packetdrill writes them, and `sacked` with edges counted from an initial
/// number.
fn option_area(text: &str, iss: u32, line: &str) -> Vec<u8> {
    let mut area = Vec::new();
    for option in text
        .split(',')
        .map(str::trim)
        .filter(|text| !text.is_empty())
    {
        let words: Vec<_> = option.split_whitespace().collect();
        match words[..] {
            ["nop"] => area.push(1),
            ["eol"] => area.push(0),
            ["mss", mss] => {
                area.extend([2, 4]);
                area.extend(number::<u16>(mss, line).to_be_bytes());
            }
            ["wscale", shift] => area.extend([3, 3, number(shift, line)]),
            ["sackOK"] => area.extend([4, 2]),
            ["TS", "val", value, "ecr", echo] => {
                area.extend([8, 10]);
                area.extend(number::<u32>(value, line).to_be_bytes());
                area.extend(number::<u32>(echo, line).to_be_bytes());
            }
            ["sack", ref blocks @ ..] => {
                area.extend([5, u8::try_from(2 + 8 * blocks.len()).unwrap()]);
                for edge in blocks.iter().flat_map(|block| block.split(':')) {
                    area.extend(number::<u32>(edge, line).to_be_bytes());
                }
            }
            ["sacked", ref blocks @ ..] => {
                area.extend([5, u8::try_from(2 + 8 * blocks.len()).unwrap()]);
                for edge in blocks.iter().flat_map(|block| block.split(':')) {
                    let edge = number::<u32>(edge, line).wrapping_add(iss);
                    area.extend(edge.to_be_bytes());
                }
            }
            ["mptcp", subtype] => area.extend([30, 4, number::<u8>(subtype, line) << 4, 0]),
            // What scripts have no words for: the kind, and the value in hexadecimal.
            ["option", kind, value] => {
                let value = octets(value);
                let len = u8::try_from(2 + value.len()).unwrap();
                area.extend([number(kind, line), len]);
                area.extend(value);
            }
            ["FO"] => area.extend([34, 2]),
            ["FO", cookie] => {
                let cookie = octets(cookie);
                area.extend([34, u8::try_from(2 + cookie.len()).unwrap()]);
                area.extend(cookie);
            }
            _ => panic!("what option is {option}? {line}"),
        }
    }
    area
}

fn octets(hexadecimal: &str) -> Vec<u8> {
    let starts = (0..hexadecimal.len()).step_by(2);
    let octet = |at| u8::from_str_radix(&hexadecimal[at..at + 2], 16).unwrap();
    starts.map(octet).collect()
}

/// A number in a line.
pub fn number<T: std::str::FromStr>(word: &str, line: &str) -> T {
    word.parse()
        .unwrap_or_else(|_| panic!("{word} is no number here: {line}"))
}
