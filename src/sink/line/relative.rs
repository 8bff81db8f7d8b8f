//! tcpdump's relative sequence numbers, exactly as tcpdump has them.
//!
//! A thing of the line alone: they are wrong where a refused port is tried
//! twice or a port pair is used again, and the annotation beside them is right.

use std::net::SocketAddr;

use crate::flags::Flags;
use crate::flow_index::FlowIndex;
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
    index: FlowIndex,
    pairs: Vec<Pair>,
    /// The places of recent pairs, by the corner of their keys.
    recent: [u32; 64],
    /// Where prefixes are written.
    scratch: Text,
}

/// Two ends: the base of either direction, and how its lines begin, the one that
/// the lower end sends first. A line takes two lines of the processor's cache:
/// this and its prefix.
#[derive(Debug, Clone)]
#[repr(C, align(64))]
struct Pair {
    key: FlowKey,
    bases: [SeqNum; 2],
    prefixes: [Prefix; 2],
}

/// `IP 10.0.0.1.1024 > 10.0.0.2.80: Flags [`, worked out once for a direction,
/// and its length; that is 0 where it does not fit, as for most IPv6 addresses.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prefix {
    text: [u8; PREFIX - 1],
    len: u8,
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
            index: FlowIndex::default(),
            pairs: Vec::new(),
            recent: [0; 64],
            scratch: Text::default(),
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
            *recent = self.index.find(&key, |place| is_there(place).is_some())?;
            is_there(*recent)?
        };
        let [low, high] = pair.bases;
        let [of_low, of_high] = &pair.prefixes;
        let (from, to, prefix) = match sender {
            End::Low => (low, high, of_low),
            End::High => (high, low, of_high),
        };
        let shown = Shown {
            seq: segment.seq.relative_to(from),
            ack: segment.ack.relative_to(to),
            sack_base: to,
        };
        Some((shown, prefix))
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
        let is_new = self.place_of(&FlowKey::of(&ends.0, &ends.1).0).is_none();
        if flags.has(Flags::ACK) && (is_new || flags.has(Flags::SYN)) {
            self.learn(ends, seq, ack);
        }
    }

    #[cold]
    fn learn(&mut self, (src, dst): (SocketAddr, SocketAddr), seq: SeqNum, ack: SeqNum) {
        let (key, sender) = FlowKey::of(&src, &dst);
        let mut pair = Pair {
            key,
            bases: [seq, ack.previous()],
            prefixes: [(src, dst), (dst, src)].map(|ends| Prefix::of(ends, &mut self.scratch)),
        };
        if sender == End::High {
            pair.bases.reverse();
            pair.prefixes.reverse();
        }
        let place = self.place_of(&key);
        if let Some(known) = place.and_then(|place| self.pairs.get_mut(place as usize)) {
            *known = pair;
            return;
        }
        if self.pairs.len() >= MOST_PAIRS {
            self.index.clear();
            self.pairs.clear();
        }
        let place = u32::try_from(self.pairs.len()).unwrap_or(u32::MAX);
        self.index.set(&key, None, place);
        self.pairs.push(pair);
    }

    fn place_of(&self, key: &FlowKey) -> Option<u32> {
        let pair = |place: u32| self.pairs.get(place as usize);
        let is_it = |place| pair(place).is_some_and(|pair| pair.key == *key);
        self.index.find(key, is_it)
    }
}

impl Prefix {
    fn of((src, dst): (SocketAddr, SocketAddr), line: &mut Text) -> Self {
        line.clear();
        line.str(if src.is_ipv4() { "IP " } else { "IP6 " });
        line.endpoint(src);
        line.str(" > ");
        line.endpoint(dst);
        line.str(": Flags [");
        let mut prefix = Self {
            text: [0; PREFIX - 1],
            len: 0,
        };
        if let Some(room) = prefix.text.get_mut(..line.len()) {
            room.copy_from_slice(line.octets());
            prefix.len = u8::try_from(line.len()).unwrap_or(0);
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
        draft.padded(&self.text, self.len.into())
    }
}
