//! The capture file of a script.

use std::net::{IpAddr, SocketAddr};

use super::captured::{Again, Captured, Directive};
use super::icmp::Icmp;
use super::parse::{self, Line, Script};
use super::{CLIENT_ISS, CLIENT_PORT, NEW_NUMBERS, SERVER_ISS, SERVER_PORT, Way};
use crate::support::capture::{ETHERNET, Pcap};
use crate::support::frame::{ETHERNET_LEN, Segment};

/// A capture file, and what its frames are.
pub struct Record {
    pub file: Pcap,
    pub frames: Vec<Frame>,
    /// How many there are beside these, without a segment.
    others: usize,
}

/// A frame of it.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// Which of the script's segments it holds.
    pub segment: usize,
    /// The frame's number that showed it before.
    pub copy_of: Option<usize>,
    /// Octets of data that are captured.
    pub payload: usize,
}

/// A frame that is seen again later.
struct Later {
    nanoseconds: u64,
    octets: Vec<u8>,
    frame: Frame,
}

/// What the capture does, as far as the script has come.
struct Capturing {
    record: Record,
    later: Vec<Later>,
    again: Option<Again>,
    captured: Captured,
    clock: i64,
    /// Octets from the TCP header on.
    most: usize,
    is_offloaded: bool,
    way: Way,
}

/// The capture file of a script.
pub fn recorded(script: &Script, way: Way) -> Record {
    let address = |ip: &str, port| SocketAddr::new(ip.parse().unwrap(), port);
    let server = address(way.server, SERVER_PORT);
    let mut client = address(way.client, CLIENT_PORT);
    let (mut client_iss, mut server_iss) = (CLIENT_ISS, SERVER_ISS);
    let mut capturing = Capturing::new(way);
    let mut count = 0;
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
            Line::Directive(directive) => {
                capturing.turn(*directive);
                continue;
            }
            Line::Icmp(icmp) => {
                let (src, dst, iss) = if icmp.about_client {
                    (client, server, client_iss)
                } else {
                    (server, client, server_iss)
                };
                let segment = Segment::new(src, dst, ".", icmp.seq.wrapping_add(iss), 0);
                capturing.take_icmp(icmp, &segment.with_payload(icmp.len as usize));
                continue;
            }
            Line::Verdict(_)
            | Line::Diagnosis(_)
            | Line::Sent(_)
            | Line::Responses(_)
            | Line::Flaws(_) => continue,
            Line::Segment(written) => written,
        };
        let (src, dst, own_iss, other_iss) = if written.from_client {
            (client, server, client_iss, server_iss)
        } else {
            (server, client, server_iss, client_iss)
        };
        let ack = written.ack.map_or(0, |ack| ack.wrapping_add(other_iss));
        let seq = written.seq.wrapping_add(own_iss);
        let mut segment = Segment::new(src, dst, &written.flags, seq, ack)
            .with_payload(written.len)
            .with_options(&written.options);
        segment.window = written.window;
        segment.identification = written.identification;
        segment.ttl = written.ttl;
        capturing.take(count, written, &segment);
        count += 1;
    }
    capturing.pass(u64::MAX);
    capturing.record
}

impl Capturing {
    fn new(way: Way) -> Self {
        Self {
            record: Record {
                file: Pcap::new(ETHERNET),
                frames: Vec::new(),
                others: 0,
            },
            later: Vec::new(),
            again: None,
            captured: Captured::Everything,
            clock: 0,
            most: usize::MAX,
            is_offloaded: false,
            way,
        }
    }

    fn turn(&mut self, directive: Directive) {
        match directive {
            Directive::Again(again) => self.again = Some(again),
            Directive::Captured(captured) => self.captured = captured,
            Directive::SnapshotLength(most) => self.most = most,
            Directive::Offload => self.is_offloaded = true,
            Directive::Clock(by) => {
                self.pass(u64::MAX);
                self.clock += by;
            }
        }
    }

    fn take(&mut self, nth: usize, written: &parse::Segment, segment: &Segment) {
        if !self.captured.holds(written) {
            let text = &written.text;
            assert_eq!(written.says, None, "nothing is said unseen: {text}");
            return;
        }
        let now = written.nanoseconds.checked_add_signed(self.clock).unwrap();
        self.pass(now);
        let mut octets = segment.to_ethernet();
        if self.is_offloaded {
            begin_checksum(&mut octets, segment);
        }
        let first = Frame {
            segment: nth,
            copy_of: None,
            payload: segment.payload.len(),
        };
        self.write(now, octets, first);
        let number = self.record.frames.len() + self.record.others;
        if let Some(again) = self.again {
            let mut copy = segment.clone();
            copy.ttl -= again.hops;
            let mut octets = copy.to_ethernet();
            if again.is_tagged {
                octets.splice(12..12, [0x81, 0, 0, 7]);
            }
            self.later.push(Later {
                nanoseconds: now + again.after,
                octets,
                frame: Frame {
                    copy_of: Some(number),
                    ..first
                },
            });
        }
    }

    fn take_icmp(&mut self, icmp: &Icmp, segment: &Segment) {
        let now = icmp.nanoseconds.checked_add_signed(self.clock).unwrap();
        self.pass(now);
        let mut octets = icmp.to_ethernet(segment);
        octets.resize(octets.len() + self.way.padding, 0);
        self.record.file.frame(now, &octets);
        self.record.others += 1;
    }

    /// Writes what is seen again before a time.
    fn pass(&mut self, now: u64) {
        let (mut due, later) = std::mem::take(&mut self.later)
            .into_iter()
            .partition::<Vec<_>, _>(|later| later.nanoseconds < now);
        self.later = later;
        due.sort_by_key(|later| later.nanoseconds);
        for again in due {
            self.write(again.nanoseconds, again.octets, again.frame);
        }
    }

    fn write(&mut self, nanoseconds: u64, mut octets: Vec<u8>, frame: Frame) {
        let before_data = octets.len() - frame.payload;
        let before_tcp = before_data - usize::from(octets[before_data_offset(&octets)] >> 4) * 4;
        octets.resize(octets.len() + self.way.padding, 0);
        let wanted = if self.way.is_cut {
            before_data
        } else {
            octets.len()
        };
        let kept = wanted.min(before_tcp.saturating_add(self.most));
        let payload = kept.saturating_sub(before_data).min(frame.payload);
        self.record
            .file
            .cut_frame(nanoseconds, &octets[..kept], octets.len());
        self.record.frames.push(Frame { payload, ..frame });
    }
}

/// Where TCP's data offset stands in a frame.
fn before_data_offset(octets: &[u8]) -> usize {
    let tag = if octets[12..14] == [0x81, 0] { 4 } else { 0 };
    let start = ETHERNET_LEN + tag;
    let is_ipv6 = octets[start] >> 4 == 6;
    start + if is_ipv6 { 40 } else { 20 } + 12
}

/// Leaves in a frame the checksum of the pseudo header alone, as a system does for its
/// network card.
fn begin_checksum(octets: &mut [u8], segment: &Segment) {
    let offset = before_data_offset(octets);
    let start = offset - 12;
    let len = u32::try_from(octets.len() - start).unwrap();
    let addresses = [segment.src.ip(), segment.dst.ip()].map(|ip| match ip {
        IpAddr::V4(ip) => ip.octets().to_vec(),
        IpAddr::V6(ip) => ip.octets().to_vec(),
    });
    let words = addresses.concat();
    let words = words
        .chunks(2)
        .map(|word| u32::from(word[0]) << 8 | u32::from(word[1]));
    let mut sum = words.sum::<u32>() + 6 + len;
    while sum >> 16 > 0 {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    let sum = u16::try_from(sum).unwrap().to_be_bytes();
    octets[start + 16..start + 18].copy_from_slice(&sum);
}
