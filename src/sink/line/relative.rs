//! tcpdump's relative sequence numbers, exactly as tcpdump has them.
//!
//! A thing of the line alone: they are wrong where a refused port is tried
//! twice or a port pair is used again, and the annotation beside them is right.

use hashbrown::HashMap;

use crate::flow_key::{End, FlowKey};
use crate::segment::Segment;
use crate::seq::SeqNum;

/// The most pairs of ends remembered; tcpdump never forgets one. Past this,
/// numbers start again from raw ones.
const MOST_PAIRS: usize = 1 << 22;

/// What tcpdump subtracts, for each pair of ends it has seen.
#[derive(Debug, Default)]
pub struct RelativeNumbers {
    bases: HashMap<FlowKey, Bases>,
    latest: Option<(FlowKey, Bases)>,
}

/// The base of either direction, named by the end that sends.
#[derive(Debug, Clone, Copy)]
struct Bases {
    low: SeqNum,
    high: SeqNum,
}

/// The numbers to print for one segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// For `seq`.
    pub seq: u32,
    /// For `ack`.
    pub ack: u32,
    /// What the edges of SACK blocks are counted from.
    pub sack_base: SeqNum,
}

impl Shown {
    /// The numbers as sent.
    #[must_use]
    pub const fn raw(segment: &Segment<'_>) -> Self {
        Self {
            seq: segment.seq.0,
            ack: segment.ack.0,
            sack_base: SeqNum(0),
        }
    }
}

impl RelativeNumbers {
    /// The numbers tcpdump prints for a segment, which may change its table:
    /// a segment without ACK is printed raw and leaves no trace; the first one
    /// with ACK, and every SYN-ACK, sets the bases and is printed raw.
    #[inline]
    pub fn show(&mut self, segment: &Segment<'_>, is_syn: bool) -> Shown {
        let raw = Shown::raw(segment);
        if !segment.is_ack() {
            return raw;
        }
        let (key, sender) = FlowKey::of(segment.src, segment.dst);
        let known = match self.latest {
            Some((latest, bases)) if latest == key => Some(bases),
            _ => self.bases.get(&key).copied(),
        };
        let (bases, is_new) = match known {
            Some(bases) if !is_syn => (bases, false),
            _ => (self.learn(key, sender, segment), true),
        };
        self.latest = Some((key, bases));
        let (seq_base, ack_base) = match sender {
            End::Low => (bases.low, bases.high),
            End::High => (bases.high, bases.low),
        };
        if is_new {
            return Shown {
                sack_base: ack_base,
                ..raw
            };
        }
        Shown {
            seq: segment.seq.relative_to(seq_base),
            ack: segment.ack.relative_to(ack_base),
            sack_base: ack_base,
        }
    }

    #[cold]
    fn learn(&mut self, key: FlowKey, sender: End, segment: &Segment<'_>) -> Bases {
        let (seq, ack) = (segment.seq, segment.ack.previous());
        let bases = match sender {
            End::Low => Bases {
                low: seq,
                high: ack,
            },
            End::High => Bases {
                low: ack,
                high: seq,
            },
        };
        if self.bases.len() >= MOST_PAIRS {
            self.bases.clear();
        }
        self.bases.insert(key, bases);
        bases
    }
}
