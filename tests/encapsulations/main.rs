//! The segment inside: through link headers, tunnels and fragments to the
//! innermost TCP, which is what connections are made of.

#![cfg(feature = "cli")]

#[path = "../support/mod.rs"]
mod support;

mod bridges;
mod fragments;
mod lines;
mod links;
mod nesting;
mod overlays;
mod tunnels;

use std::net::SocketAddr;
use std::num::NonZeroU64;

use support::frame::{ETHERNET_LEN, Segment};
use tcptrace::decode::Decoder;
use tcptrace::frame::Frame;
use tcptrace::link_type::LinkType;

/// Ends that no tunnel around them has.
const ENDS: [&str; 2] = ["192.0.2.1:40000", "192.0.2.2:4444"];
const ENDS_V6: [&str; 2] = ["[2001:db8::1]:40000", "[2001:db8::2]:4444"];

/// A datagram with a segment of ten octets between two ends.
fn datagram(ends: [&str; 2]) -> Vec<u8> {
    segment(ends, 10).split_off(ETHERNET_LEN)
}

/// The same with `len` octets, in Ethernet.
fn segment(ends: [&str; 2], len: usize) -> Vec<u8> {
    let [src, dst]: [SocketAddr; 2] = ends.map(|end| end.parse().unwrap());
    let segment = Segment::new(src, dst, "P.", 7, 9).with_payload(len);
    segment.to_ethernet()
}

/// A frame captured whole.
fn frame(link_type: LinkType, bytes: &[u8]) -> Frame<'_> {
    Frame {
        link_type,
        len: u32::try_from(bytes.len()).unwrap(),
        bytes,
        ..Frame::numbered(NonZeroU64::MIN)
    }
}

/// The ends of the segment that a frame brings, its number and its data; or
/// why it brings none.
fn received(decoder: &mut Decoder, frame: &Frame<'_>) -> String {
    match decoder.decode(frame).received() {
        Ok(segment) => format!(
            "{} > {} seq {} length {}",
            segment.src, segment.dst, segment.seq.0, segment.payload_len
        ),
        Err(skip) => format!("{skip:?}"),
    }
}
