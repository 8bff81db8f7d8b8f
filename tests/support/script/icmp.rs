//! ICMP errors in a script: `0.110 icmp < too_big 1400 1:1449`, to the client, about what
//! it sent.

use std::net::IpAddr;

use etherparse::{Icmpv4Type, Icmpv6Type, PacketBuilder};
use tcptrace::icmp_error::IcmpError;

use super::parse::{nanoseconds, number};
use crate::support::frame::{ETHERNET_LEN, Segment};

/// Who says so.
const ROUTERS: ([u8; 4], [u16; 8]) = ([10, 9, 9, 1], [0x2001, 0xdb8, 9, 0, 0, 0, 0, 1]);

/// Octets that a router quotes behind an IP header.
const QUOTED: usize = 8;

/// An ICMP error and what should be said of it; numbers are relative.
#[derive(Debug)]
pub struct Icmp {
    /// As written, without what is said.
    pub text: String,
    /// What is said while it comes; nothing where it is about no segment that was sent.
    pub says: String,
    pub nanoseconds: u64,
    /// Whether the client sent what it is about.
    pub about_client: bool,
    pub seq: u32,
    pub len: u32,
    kinds: ([u8; 2], [u8; 2]),
    mtu: u32,
}

impl Icmp {
    /// Of a line; `None` where it is another one.
    pub fn parse(line: &str) -> Option<Self> {
        let (text, says) = line.split_once(';').unwrap_or((line, "-"));
        let words: Vec<_> = text.split_whitespace().collect();
        let [time, "icmp", arrow, reason, mtu @ .., range] = &words[..] else {
            return None;
        };
        let (seq, end) = range.split_once(':').unwrap();
        let (seq, end): (u32, u32) = (number(seq, line), number(end, line));
        Some(Self {
            text: text.trim().to_owned(),
            says: says.trim().to_owned(),
            nanoseconds: nanoseconds(number(time, line)),
            about_client: *arrow == "<",
            seq,
            len: end - seq,
            kinds: kinds(reason),
            mtu: mtu.first().map_or(0, |mtu| number(mtu, line)),
        })
    }

    /// The frame, about a segment that was sent so.
    pub fn to_ethernet(&self, segment: &Segment) -> Vec<u8> {
        let frame = segment.to_ethernet();
        let ip_len = if segment.src.is_ipv4() { 20 } else { 40 };
        let quoted = &frame[ETHERNET_LEN..ETHERNET_LEN + ip_len + QUOTED];
        let link = PacketBuilder::ethernet2([2, 0, 0, 0, 0, 9], [2, 0, 0, 0, 0, 1]);
        let bytes5to8 = self.mtu.to_be_bytes();
        let mut error = Vec::new();
        match segment.src.ip() {
            IpAddr::V4(to) => {
                let [type_u8, code_u8] = self.kinds.0;
                let header = Icmpv4Type::Unknown {
                    type_u8,
                    code_u8,
                    bytes5to8,
                };
                let net = link.ipv4(ROUTERS.0, to.octets(), 64);
                net.icmpv4(header).write(&mut error, quoted).unwrap();
            }
            IpAddr::V6(to) => {
                let [type_u8, code_u8] = self.kinds.1;
                let header = Icmpv6Type::Unknown {
                    type_u8,
                    code_u8,
                    bytes5to8,
                };
                let from = std::net::Ipv6Addr::from(ROUTERS.1).octets();
                let net = link.ipv6(from, to.octets(), 64);
                net.icmpv6(header).write(&mut error, quoted).unwrap();
            }
        }
        error
    }
}

/// Type and code by its word, of ICMP and of `ICMPv6`.
fn kinds(reason: &str) -> ([u8; 2], [u8; 2]) {
    match reason {
        "net_unreachable" => ([3, 0], [1, 0]),
        "host_unreachable" => ([3, 1], [1, 3]),
        "port_unreachable" => ([3, 3], [1, 4]),
        "too_big" => ([3, 4], [2, 0]),
        "prohibited" => ([3, 13], [1, 1]),
        "time_exceeded" => ([11, 0], [3, 0]),
        _ => panic!("what is {reason}?"),
    }
}

/// What the tracker heard of one.
pub fn said(error: &IcmpError) -> String {
    let mtu = error.mtu.map_or_else(String::new, |mtu| format!(" {mtu}"));
    error.reason.code().to_owned() + &mtu
}
