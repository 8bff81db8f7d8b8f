//! The segments of a connection as small owned facts: what pictures, times and
//! comparisons are made of.

use std::collections::VecDeque;
use std::num::NonZeroU64;

use crate::flags::Flags;
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::time::Timestamp;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::judgement::Kind;

/// What is worth keeping of a segment, without its octets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// When it was captured.
    pub time: Timestamp,
    /// Its frame.
    pub frame: NonZeroU64,
    /// SEG.SEQ.
    pub seq: SeqNum,
    /// SEG.ACK; meaningless without [`Flags::ACK`].
    pub ack: SeqNum,
    /// The window that it offers, in octets, scaled where scaling is known to be
    /// in force.
    pub window: u32,
    /// Octets of data.
    pub payload_len: u32,
    /// The timestamp and the echoed one (RFC 7323 §3).
    pub timestamps: Option<(u32, u32)>,
    /// The right edge of the highest SACK block, exclusive.
    pub sacked_to: Option<SeqNum>,
    /// IPv4's identification.
    pub identification: Option<u16>,
    /// The control bits.
    pub flags: Flags,
    /// Octets of the TCP header.
    pub header_len: u8,
    /// TTL or hop limit.
    pub ttl: u8,
    /// Which way it went.
    pub dir: Dir,
    /// What it really was, of a segment with data or FIN.
    pub kind: Option<Kind>,
}

const _: () = assert!(size_of::<Point>() <= 96, "a million points fit in 96 MB");

impl Point {
    /// The point of a segment by which `flow` has gone on.
    pub(super) fn of(flow: &Flow, dir: Dir, segment: &Segment<'_>, kind: Option<Kind>) -> Self {
        let edges = segment.sack_blocks().map(|(_, right)| right);
        Self {
            time: segment.time,
            frame: segment.frame,
            seq: segment.seq,
            ack: segment.ack,
            window: flow.window(dir, segment),
            payload_len: segment.payload_len,
            timestamps: segment.options.timestamps(),
            sacked_to: edges.reduce(|one, other| if one - other > 0 { one } else { other }),
            identification: segment.identification,
            flags: segment.flags,
            header_len: segment.header_len,
            ttl: segment.ttl,
            dir,
            kind,
        }
    }

    /// SEG.SEQ + SEG.LEN.
    #[must_use]
    pub fn end(&self) -> SeqNum {
        let control = |bit| u32::from(self.flags.has(bit));
        self.seq + self.payload_len + control(Flags::SYN) + control(Flags::FIN)
    }
}

/// The points of a connection, the latest of them, in the order of capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    points: VecDeque<Point>,
    most: u32,
    left_out: u64,
}

impl Trace {
    /// A trace of up to `most` points.
    pub(super) const fn new(most: u32) -> Self {
        Self {
            points: VecDeque::new(),
            most,
            left_out: 0,
        }
    }

    /// Keeps a point, be it that the oldest goes.
    pub(super) fn keep(&mut self, point: Point) {
        if self.points.len() >= self.most as usize {
            self.points.pop_front();
            self.left_out += 1;
        }
        self.points.push_back(point);
    }

    /// The points.
    #[must_use]
    pub fn points(&self) -> impl ExactSizeIterator<Item = &Point> {
        self.points.iter()
    }

    /// How many earlier ones were given up, since there were too many.
    #[must_use]
    pub const fn left_out(&self) -> u64 {
        self.left_out
    }
}
