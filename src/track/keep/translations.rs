//! Connections that a capture shows with other addresses too, before and after they
//! are translated on the same machine.

use std::net::SocketAddr;

use crate::flags::Flags;
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::time::{Span, Timestamp};
use crate::track::flow::FlowId;
use crate::vantage::Vantage;

/// How many of the latest SYNs are remembered.
const MOST: usize = 64;
/// How long a datagram is underway inside a machine, in nanoseconds, at most.
const INSIDE: Span = Span(10_000_000);

/// The latest SYNs.
#[derive(Debug, Default)]
pub(super) struct Translations {
    latest: Vec<Opener>,
    next: usize,
}

/// A SYN that began a connection.
#[derive(Debug, Clone, Copy)]
struct Opener {
    id: FlowId,
    at: Timestamp,
    seq: SeqNum,
    identification: Option<u16>,
    src: SocketAddr,
    dst: SocketAddr,
    vantage: Vantage,
}

impl Translations {
    /// Takes the segment with which a connection begins; the one that a SYN shows with other
    /// addresses, where there is such a one. Only a translation changes an address and
    /// leaves the numbers, on another interface or another way through one.
    pub(super) fn take(&mut self, id: FlowId, syn: &Segment<'_>) -> Option<FlowId> {
        if !syn.flags.has(Flags::SYN) || syn.is_ack() {
            return None;
        }
        let asked = Opener {
            id,
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

impl Opener {
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
