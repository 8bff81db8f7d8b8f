//! Whether octets come with another text than the one that they had before.
//!
//! What was sent is not kept, but what it adds up to, as its checksum says, and how
//! it begins. That is enough to tell two texts apart, and never takes one for two. An
//! end whose numbers have gone so far that they may come round is not asked.

use std::net::SocketAddr;

use crate::checksum::Sum;
use crate::flags::Flags;
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::time::Span;
use crate::track::conflict::{Conflict, Odd};
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::transmission::{ONES, Transmission};

impl Flow {
    /// Whether a segment of direction `dir` that comes `now` has another text for octets
    /// that passed before.
    pub(super) fn conflict(&self, dir: Dir, segment: &Segment<'_>, now: Span) -> Option<Conflict> {
        let sender = self.sender(dir);
        let is_new = segment.seq - sender.nxt >= 0 || segment.payload_len == 0;
        let is_syn = segment.flags.has(Flags::SYN);
        if is_new || is_syn || !sender.is_known() || sender.has_gone_far {
            return None;
        }
        let own = Transmission::of(segment, now);
        let pair = |sent: &Transmission| Texts::of(*sent, own, segment);
        let mut pairs = sender.transmissions.iter().filter_map(pair);
        let pair = pairs.find(|pair| pair.differs() == Some(true))?;
        Some(Conflict {
            before: pair.sent.frame,
            frame: segment.frame,
            start: pair.start,
            end: pair.end,
            odd: self.odd_of(dir, &pair),
        })
    }

    /// Which of two does not look as their sender's others: by its TTL, which none of
    /// these has, or without timestamps.
    fn odd_of(&self, dir: Dir, pair: &Texts<'_>) -> Option<Odd> {
        let ttls = &self.sender(dir).ttls;
        let (sent, own) = (&pair.sent, &pair.own);
        // The first of the two is among those that are counted.
        let others = (ttls.times(sent.ttl).saturating_sub(1), ttls.times(own.ttl));
        let odd_ttl = match others {
            _ if sent.ttl == own.ttl => None,
            (0, 1..) => Some((sent, (sent.ttl, own.ttl))),
            (1.., 0) => Some((own, (own.ttl, sent.ttl))),
            _ => None,
        };
        let has_timestamp = |one: &Transmission| one.stamp().timestamp.is_some();
        let lacking = match (has_timestamp(sent), has_timestamp(own)) {
            _ if !self.handshake.timestamps() => None,
            (false, true) => Some(sent),
            (true, false) => Some(own),
            _ => None,
        };
        let frame = odd_ttl.map(|(one, _)| one).or(lacking)?.frame;
        Some(Odd {
            frame,
            ttl: odd_ttl.map(|(_, ttls)| ttls),
            lacks_timestamps: lacking.is_some_and(|one| one.frame == frame),
        })
    }
}

/// Two transmissions that share octets.
struct Texts<'a> {
    sent: Transmission,
    own: Transmission,
    segment: &'a Segment<'a>,
    /// What both have.
    start: SeqNum,
    end: SeqNum,
}

impl<'a> Texts<'a> {
    /// Of one that was sent before and a segment, if they share any.
    fn of(sent: Transmission, own: Transmission, segment: &'a Segment<'a>) -> Option<Self> {
        let text_end = |one: &Transmission| one.seq + one.payload_len;
        let start = if sent.seq - own.seq > 0 {
            sent.seq
        } else {
            own.seq
        };
        let (one, other) = (text_end(&sent), text_end(&own));
        let end = if one - other < 0 { one } else { other };
        (end - start > 0).then_some(Self {
            sent,
            own,
            segment,
            start,
            end,
        })
    }

    /// Whether their texts differ; `None` where nothing tells.
    fn differs(&self) -> Option<bool> {
        let (src, dst) = (self.segment.src, self.segment.dst);
        if self.begin_alike() == Some(false) {
            return self.is_sound(src, dst).then_some(true);
        }
        let is_all =
            self.start == self.sent.seq && self.end == self.sent.seq + self.sent.payload_len;
        if !is_all {
            return None;
        }
        let before = self.sent.payload_sum(src, dst)?;
        let now = if self.sent.payload_len == self.own.payload_len {
            self.own.payload_sum(src, dst)?
        } else {
            let from = (self.start - self.own.seq).cast_unsigned() as usize;
            let to = from + self.sent.payload_len as usize;
            sum_of(self.segment.payload.get(from..to)?)
        };
        Some(before != now && self.is_sound(src, dst))
    }

    /// Whether the captured beginnings of both are alike, as far as they overlap.
    fn begin_alike(&self) -> Option<bool> {
        let from = |one: &Transmission| (self.start - one.seq).cast_unsigned() as usize;
        let before = self.sent.beginning().get(from(&self.sent)..)?;
        let now = self.segment.payload.get(from(&self.own)..)?;
        let shared = (self.end - self.start).cast_unsigned() as usize;
        let len = before.len().min(now.len()).min(shared);
        (len > 0).then(|| before[..len] == now[..len])
    }

    /// Whether the text of the segment is the one that its checksum is over: one that
    /// was damaged on the way is no other text. What is cut off, or left to the hardware,
    /// is taken as it is.
    fn is_sound(&self, src: SocketAddr, dst: SocketAddr) -> bool {
        let is_whole = self.segment.payload.len() == self.segment.payload_len as usize;
        match self.own.payload_sum(src, dst) {
            Some(sum) if is_whole => sum == sum_of(self.segment.payload),
            _ => true,
        }
    }
}

/// What octets add up to, as [`Transmission::payload_sum`] says it.
fn sum_of(octets: &[u8]) -> u16 {
    let sum = !Sum::default().with(octets).checksum();
    if u64::from(sum) == ONES { 0 } else { sum }
}
