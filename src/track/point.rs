//! A segment as a small owned fact: what pictures, times and comparisons are made of.

use std::num::NonZeroU64;

use crate::flags::Flags;
use crate::options::TcpOption;
use crate::segment::{Segment, seq_len};
use crate::seq::SeqNum;
use crate::time::Timestamp;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::judgement::Judgement;
use crate::track::moves::Moves;
use crate::track::part::{Part, Role};

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
    /// IPv4's identification.
    pub identification: Option<u16>,
    /// The control bits.
    pub flags: Flags,
    /// Octets of the TCP header.
    pub header_len: u8,
    /// TTL or hop limit.
    pub ttl: u8,
    /// The ECN bits of the IP header (RFC 3168 §5).
    pub ecn: u8,
    /// SEG.WND, as sent.
    pub offered: u16,
    /// The window scale option, as sent (RFC 7323 §2.2).
    pub window_scale: Option<u8>,
    /// Which way it went.
    pub dir: Dir,
    /// What it is to its connection; [`Part::Copy`] of what the capture shows again.
    pub part: Part,
    /// Octets of data in it that were sent before.
    pub again: u32,
    /// What it really was, of a segment with data or FIN.
    pub judged: Option<Judgement>,
    /// The states it moved.
    pub moves: Moves,
}

const _: () = assert!(size_of::<Point>() <= 104, "a million points fit in 104 MB");

/// What a segment was found to be, for its point.
#[derive(Clone, Copy)]
pub(super) struct PointFound {
    pub(super) role: Role,
    pub(super) judged: Option<Judgement>,
    pub(super) moves: Moves,
}

impl Point {
    /// The point of a segment by which `flow` has gone on.
    pub(super) fn of(flow: &Flow, dir: Dir, segment: &Segment<'_>, found: PointFound) -> Self {
        Self {
            time: segment.time,
            frame: segment.frame,
            seq: segment.seq,
            ack: segment.ack,
            window: flow.window(dir, segment),
            payload_len: segment.payload_len,
            timestamps: segment.options.timestamps(),
            identification: segment.identification,
            flags: segment.flags,
            header_len: segment.header_len,
            ttl: segment.ttl,
            ecn: segment.ecn,
            offered: segment.window,
            window_scale: window_scale_of(segment),
            dir,
            part: found.role.part,
            again: found.role.again,
            judged: found.judged,
            moves: found.moves,
        }
    }

    /// Whether a router on the way was congested (RFC 3168 §5: CE).
    #[must_use]
    pub const fn is_congestion_experienced(&self) -> bool {
        self.ecn == 0b11
    }

    /// SEG.LEN.
    #[must_use]
    pub fn seq_len(&self) -> u32 {
        seq_len(self.payload_len, self.flags)
    }

    /// SEG.SEQ + SEG.LEN.
    #[must_use]
    pub fn end(&self) -> SeqNum {
        self.seq + self.seq_len()
    }
}

/// The window scale option of a segment, which SYNs alone should have.
fn window_scale_of(segment: &Segment<'_>) -> Option<u8> {
    if segment.options.are_usual() {
        return None;
    }
    let mut scales = segment.options.iter();
    scales.find_map(TcpOption::window_scale)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// One of three octets with SYN and FIN, in a frame.
    pub(in crate::track) fn point(frame: u64) -> Point {
        Point {
            time: Timestamp::default(),
            frame: NonZeroU64::MIN.saturating_add(frame - 1),
            seq: SeqNum(u32::MAX),
            ack: SeqNum(0),
            window: 0,
            payload_len: 3,
            timestamps: None,
            identification: None,
            flags: Flags::SYN | Flags::FIN,
            header_len: 20,
            ttl: 64,
            ecn: 0,
            offered: 0,
            window_scale: None,
            dir: Dir::ToServer,
            part: Part::Data,
            again: 0,
            judged: None,
            moves: Moves::default(),
        }
    }

    #[test]
    fn a_point_ends_where_its_segment_did() {
        assert_eq!(point(1).end(), SeqNum(4));
    }
}
