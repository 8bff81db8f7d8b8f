//! What an end sent and the other has not yet acknowledged: which frame an
//! acknowledgment answers, after how long, and how much is in flight.
//!
//! Wireshark's list, with its bound and its oddities.

use std::collections::VecDeque;
use std::num::NonZeroU64;

use crate::seq::SeqNum;
use crate::time::Span;
use crate::track::wireshark::acked::Acked;

/// The most segments remembered, as in Wireshark.
const MAX_SEGMENTS: usize = 10_000;

/// The unacknowledged segments of one end, oldest first.
///
/// Most connections have one at a time, and most of those that were ever seen
/// have none: the first stands here, and only the others cost memory of their
/// own.
#[derive(Debug, Clone, Default)]
pub(super) struct Outstanding {
    oldest: Option<Unacked>,
    others: Option<Box<Others>>,
}

/// All but the oldest.
#[derive(Debug, Clone, Default)]
struct Others {
    list: VecDeque<Unacked>,
    /// Whether a segment stands behind one that ends later, so that an
    /// acknowledgment must look at all of them.
    is_disordered: bool,
}

/// A segment that awaits its acknowledgment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unacked {
    pub(super) frame: NonZeroU64,
    /// When, counted from the beginning of the connection.
    pub(super) at: Span,
    /// The first number not acknowledged.
    pub(super) start: SeqNum,
    /// The number behind the last.
    pub(super) end: SeqNum,
}

impl Unacked {
    /// Its start and end as Wireshark counts, from `base`.
    #[inline]
    const fn relative_to(&self, base: SeqNum) -> (u32, u32) {
        (self.start.relative_to(base), self.end.relative_to(base))
    }

    /// Whether it is still awaited after `ack`; kept in `exact` where it is the
    /// first that ends there.
    #[inline]
    fn stays(&mut self, ack: SeqNum, exact: &mut Option<Self>) -> bool {
        if ack == self.end {
            *exact = exact.or(Some(*self));
            return false;
        }
        if self.start - ack < 0 && ack - self.end <= 0 {
            self.start = ack;
        }
        ack - self.end < 0
    }
}

impl Outstanding {
    /// Remembers a segment that occupies sequence space.
    #[inline]
    pub(super) fn sent(&mut self, segment: Unacked) {
        match &self.oldest {
            None => self.oldest = Some(segment),
            Some(oldest) => self.others.get_or_insert_default().sent(segment, oldest),
        }
    }

    /// Whether as many are remembered as ever are.
    #[inline]
    pub(super) fn is_full(&self) -> bool {
        let others = self.others.as_ref();
        others.is_some_and(|others| others.list.len() + 1 >= MAX_SEGMENTS)
    }

    /// The segment that waits longest.
    pub(super) const fn oldest(&self) -> Option<&Unacked> {
        self.oldest.as_ref()
    }

    /// Octets between the lowest number not acknowledged and the highest sent,
    /// `base` being the number that Wireshark counts from; 0 where nothing is
    /// outstanding.
    #[inline]
    pub(super) fn span(&self, base: SeqNum) -> u32 {
        let Some(oldest) = &self.oldest else {
            return 0;
        };
        let (low, high) = oldest.relative_to(base);
        match &self.others {
            None => high.wrapping_sub(low),
            Some(others) => others.span(base, (low, high)),
        }
    }

    /// Forgets what `ack` covers; the oldest segment that ends exactly there
    /// is the one it answers (Wireshark's `acks_frame` and `ack_rtt`).
    #[inline]
    pub(super) fn acknowledge(&mut self, ack: SeqNum, now: Span) -> Option<Acked> {
        let oldest = self.oldest.as_mut()?;
        let mut exact = None;
        let stays = oldest.stays(ack, &mut exact);
        if let Some(others) = &mut self.others {
            others.acknowledge(ack, &mut exact);
        }
        if !stays {
            let others = self.others.as_mut();
            self.oldest = others.and_then(|others| others.list.pop_front());
        }
        exact.map(|sent| Acked {
            frame: sent.frame,
            after: Span(now.0.saturating_sub(sent.at.0)),
        })
    }

    /// Gives back memory that is not used, when the connection is over.
    pub(super) fn shrink(&mut self) {
        match &mut self.others {
            Some(others) if others.list.is_empty() => self.others = None,
            Some(others) => others.list.shrink_to_fit(),
            None => {}
        }
    }
}

impl Others {
    fn sent(&mut self, segment: Unacked, oldest: &Unacked) {
        let latest = self.list.back().unwrap_or(oldest);
        let is_behind = segment.end - latest.end < 0 || segment.start - latest.start < 0;
        self.is_disordered |= is_behind;
        self.list.push_back(segment);
    }

    /// [`Outstanding::span`], the oldest segment being from `low` to `high`.
    fn span(&self, base: SeqNum, (low, high): (u32, u32)) -> u32 {
        let latest = self.list.back();
        let end = latest.map_or(high, |latest| latest.relative_to(base).1);
        if !self.is_disordered && low <= end {
            return end - low;
        }
        let all = self.list.iter().map(|sent| sent.relative_to(base));
        let (low, high) = all.fold((low, high), |(low, high), (start, end)| {
            (low.min(start), high.max(end))
        });
        high.wrapping_sub(low)
    }

    /// Whether `ack` is so far away that it lies before the first and behind
    /// the last.
    fn is_torn_by(&self, ack: SeqNum) -> bool {
        let (Some(first), Some(last)) = (self.list.front(), self.list.back()) else {
            return false;
        };
        ack - first.end < 0 && ack - last.end >= 0
    }

    fn acknowledge(&mut self, ack: SeqNum, exact: &mut Option<Unacked>) {
        if self.is_disordered || self.is_torn_by(ack) {
            self.list.retain_mut(|sent| sent.stays(ack, exact));
            self.is_disordered = !self.list.is_empty();
            return;
        }
        // Only the first ones can be concerned.
        while let Some(first) = self.list.front_mut() {
            if first.stays(ack, exact) {
                break;
            }
            self.list.pop_front();
        }
        for sent in self.list.iter_mut().skip(1) {
            if sent.start - ack >= 0 {
                break;
            }
            sent.stays(ack, exact);
        }
    }
}
