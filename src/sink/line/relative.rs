//! tcpdump's relative sequence numbers, exactly as tcpdump has them.
//!
//! A thing of the line alone: they are wrong where a refused port is tried
//! twice or a port pair is used again, and the annotation beside them is right.

use std::net::SocketAddr;

use hashbrown::HashMap;

use crate::flags::Flags;
use crate::flow_key::{End, FlowKey};
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::sink::draft::Draft;
use crate::sink::text::Text;

/// The most pairs of ends remembered; tcpdump never forgets one. Past this,
/// numbers start again from raw ones.
const MOST_PAIRS: usize = 1 << 22;
/// Room for what stands in front of every line of one direction over IPv4.
const PREFIX: usize = 64;

/// What tcpdump subtracts, for each pair of ends it has seen.
#[derive(Debug)]
pub struct RelativeNumbers {
    index: HashMap<FlowKey, u32>,
    pairs: Vec<Pair>,
    /// The places of recent pairs, by the corner of their keys.
    recent: [u32; 64],
}

/// Two ends: the base of either direction, and how its lines begin, named by
/// the end that sends.
#[derive(Debug, Clone)]
struct Pair {
    key: FlowKey,
    low: Direction,
    high: Direction,
}

#[derive(Debug, Clone, Copy)]
struct Direction {
    base: SeqNum,
    prefix: Prefix,
}

/// `IP 10.0.0.1.1024 > 10.0.0.2.80: Flags [`, worked out once for a direction.
/// Empty where it does not fit, as for most IPv6 addresses.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prefix {
    text: [u8; PREFIX],
    len: usize,
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

impl Default for RelativeNumbers {
    fn default() -> Self {
        Self {
            index: HashMap::new(),
            pairs: Vec::new(),
            recent: [0; 64],
        }
    }
}

impl RelativeNumbers {
    /// The numbers tcpdump prints for a segment, which may change its table:
    /// a segment without ACK is printed raw and leaves no trace; the first one
    /// with ACK, and every SYN-ACK, sets the bases and is printed raw.
    pub fn show(&mut self, segment: &Segment<'_>, is_syn: bool) -> Shown {
        if !segment.is_ack() {
            return Shown::raw(segment);
        }
        if !is_syn && let Some((shown, _)) = self.known(segment) {
            return shown;
        }
        self.learn((segment.src, segment.dst), segment.seq, segment.ack);
        Shown {
            sack_base: segment.ack.previous(),
            ..Shown::raw(segment)
        }
    }

    /// The numbers and the beginning of the line for a segment with ACK and
    /// without SYN between ends that were seen before.
    #[inline]
    pub(super) fn known(&mut self, segment: &Segment<'_>) -> Option<(Shown, &Prefix)> {
        let (key, sender) = FlowKey::of(&segment.src, &segment.dst);
        let recent = self.recent.get_mut(key.corner())?;
        let is_there = |place: u32| {
            self.pairs
                .get(place as usize)
                .filter(|pair| pair.key == key)
        };
        let pair = if let Some(pair) = is_there(*recent) {
            pair
        } else {
            *recent = *self.index.get(&key)?;
            is_there(*recent)?
        };
        let (from, to) = match sender {
            End::Low => (&pair.low, &pair.high),
            End::High => (&pair.high, &pair.low),
        };
        let shown = Shown {
            seq: segment.seq.relative_to(from.base),
            ack: segment.ack.relative_to(to.base),
            sack_base: to.base,
        };
        Some((shown, &from.prefix))
    }

    /// Sets the bases by a header whose options reach behind its segment:
    /// tcpdump consults its table before it sees that.
    #[cold]
    pub(super) fn note(
        &mut self,
        ends: (SocketAddr, SocketAddr),
        seq: SeqNum,
        ack: SeqNum,
        flags: Flags,
    ) {
        let is_new = !self.index.contains_key(&FlowKey::of(&ends.0, &ends.1).0);
        if flags.has(Flags::ACK) && (is_new || flags.has(Flags::SYN)) {
            self.learn(ends, seq, ack);
        }
    }

    #[cold]
    fn learn(&mut self, (src, dst): (SocketAddr, SocketAddr), seq: SeqNum, ack: SeqNum) {
        let (key, sender) = FlowKey::of(&src, &dst);
        let from = Direction {
            base: seq,
            prefix: Prefix::of(src, dst),
        };
        let to = Direction {
            base: ack.previous(),
            prefix: Prefix::of(dst, src),
        };
        let pair = match sender {
            End::Low => Pair {
                key,
                low: from,
                high: to,
            },
            End::High => Pair {
                key,
                low: to,
                high: from,
            },
        };
        if self.pairs.len() >= MOST_PAIRS {
            self.index.clear();
            self.pairs.clear();
        }
        let next = u32::try_from(self.pairs.len()).unwrap_or(u32::MAX);
        let place = *self.index.entry(key).or_insert(next);
        match self.pairs.get_mut(place as usize) {
            Some(known) => *known = pair,
            None => self.pairs.push(pair),
        }
    }
}

impl Prefix {
    fn of(src: SocketAddr, dst: SocketAddr) -> Self {
        let mut line = Text::default();
        line.str(if src.is_ipv4() { "IP " } else { "IP6 " });
        line.endpoint(src);
        line.str(" > ");
        line.endpoint(dst);
        line.str(": Flags [");
        let mut prefix = Self {
            text: [0; PREFIX],
            len: 0,
        };
        if let Some(room) = prefix.text.get_mut(..line.len()) {
            room.copy_from_slice(line.octets());
            prefix.len = line.len();
        }
        prefix
    }

    /// Whether it can stand for the beginning of a line.
    #[inline]
    pub(super) const fn is_known(&self) -> bool {
        self.len > 0
    }

    #[inline]
    pub(super) fn write<'t>(&self, draft: Draft<'t>) -> Draft<'t> {
        draft.padded(&self.text, self.len)
    }
}
