//! Connections that belong together though their addresses differ: before and after
//! these are translated on the machine that captures, and where a SYN is answered from
//! another address than it asked.

use std::net::SocketAddr;
use std::num::NonZeroU64;

use crate::flags::Flags;
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::time::{Span, Timestamp};
use crate::track::elsewhere::Elsewhere;
use crate::track::flow::FlowId;
use crate::vantage::Vantage;

/// How many of the latest SYNs are remembered.
const MOST: usize = 64;
/// How long a datagram is underway inside a machine, in nanoseconds, at most.
const INSIDE: Span = Span(10_000_000);

/// The latest SYNs.
#[derive(Debug, Default)]
pub(super) struct Openers {
    latest: Vec<Opener>,
    next: usize,
}

/// A SYN that began a connection.
#[derive(Debug, Clone, Copy)]
struct Opener {
    id: FlowId,
    frame: NonZeroU64,
    at: Timestamp,
    seq: SeqNum,
    identification: Option<u16>,
    src: SocketAddr,
    dst: SocketAddr,
    vantage: Vantage,
}

impl Openers {
    /// Takes the segment with which a connection begins; the one that a SYN shows with other
    /// addresses, where there is such a one. Only a translation changes an address and
    /// leaves the numbers, on another interface or another way through one.
    pub(super) fn take(&mut self, id: FlowId, syn: &Segment<'_>) -> Option<FlowId> {
        if !syn.flags.has(Flags::SYN) || syn.is_ack() {
            return None;
        }
        let asked = Opener {
            id,
            frame: syn.frame,
            at: syn.time,
            seq: syn.seq,
            identification: syn.identification,
            src: syn.src,
            dst: syn.dst,
            vantage: syn.vantage,
        };
        let same = self.latest.iter().find(|one| one.is_before(&asked));
        let same = same.map(|one| one.id);
        if self.latest.len() < MOST {
            self.latest.push(asked);
        } else {
            self.latest[self.next % MOST] = asked;
        }
        self.next = (self.next + 1) % MOST;
        same
    }
}

/// How long after a SYN its answer may come.
const LONGEST_WAIT: Span = Span(60_000_000_000);

impl Openers {
    /// The SYN that a segment answers with which a connection begins: it asked another
    /// address, and has the number that this one acknowledges.
    pub(super) fn asked(&self, answer: &Segment<'_>) -> Option<Elsewhere> {
        let is_answer = answer.is_ack() && answer.flags.any(Flags::SYN | Flags::RST);
        let mut openers = self.latest.iter();
        let asked = openers.find(|one| is_answer && one.is_answered_by(answer))?;
        Some(Elsewhere {
            id: asked.id,
            frame: asked.frame,
            addr: asked.dst,
        })
    }
}

impl Opener {
    fn is_answered_by(&self, answer: &Segment<'_>) -> bool {
        let waited = answer.time - self.at;
        self.src == answer.dst
            && self.dst != answer.src
            && self.seq + 1 == answer.ack
            && (Span(0)..LONGEST_WAIT).contains(&waited)
    }

    fn is_before(&self, later: &Self) -> bool {
        let has_one_end = self.src == later.src || self.dst == later.dst;
        self.seq == later.seq
            && has_one_end
            && (self.src, self.dst) != (later.src, later.dst)
            && self.identification == later.identification
            && self.vantage != later.vantage
            && later.at - self.at <= INSIDE
    }
}
