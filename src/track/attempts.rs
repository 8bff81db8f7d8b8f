//! SYNs or SYN-ACKs that an end sent more than once, and which of them was answered.
//!
//! What is answered is told by the initial number, where they differ in it, and by
//! the timestamp: who answers echoes the one that he goes by (RFC 7323 §4.3). The
//! echo of an earlier one proves less than that of the latest: a kernel that has
//! taken one goes on to echo it, whichever it answers.

use std::num::NonZeroU64;

use crate::flags::Flags;
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::time::Timestamp;
use crate::track::mark::Mark;
use crate::track::offer::Offer;

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt {
    /// Its frame.
    pub frame: NonZeroU64,
    /// When it was captured.
    pub time: Timestamp,
    /// Its initial number.
    pub(super) seq: SeqNum,
    flags: Flags,
    offer: Offer,
}

/// Which one was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// The only one that had been sent.
    Only,
    /// Not the latest, by its place among them. An answer before may have been lost, and
    /// the latest may have brought this answer.
    Earlier(u8),
    /// One that has a number of its own, by its place among them.
    Numbered(u8),
    /// The latest: no other is meant.
    Latest,
}

/// How a SYN that is sent again differs from the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// It has another initial number.
    Number,
    /// It asks no more for explicit congestion notification (RFC 3168 §6.1.1.1), or
    /// less.
    Ecn,
    /// It has no Fast Open option any more, or no data (RFC 7413 §4.1.3).
    FastOpen,
    /// It has no timestamps any more.
    Timestamps,
    /// It permits no SACK any more.
    Sack,
    /// It has no window scale any more.
    WindowScale,
    /// It has another MSS.
    Mss,
    /// It offers no Multipath TCP any more (RFC 8684 §3.7).
    Multipath,
}

/// The most that are kept: the first, and the latest.
const MOST: usize = 8;

/// All that were sent, before an answer came.
#[derive(Debug, Clone, Default)]
pub(super) struct Attempts {
    list: Vec<Attempt>,
}

impl Change {
    /// Each of them.
    pub const ALL: [Self; 8] = [
        Self::Number,
        Self::Ecn,
        Self::FastOpen,
        Self::Timestamps,
        Self::Sack,
        Self::WindowScale,
        Self::Mss,
        Self::Multipath,
    ];

    /// The word for scripts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Number => "initial_number",
            Self::Ecn => "ecn",
            Self::FastOpen => "fast_open",
            Self::Timestamps => "timestamps",
            Self::Sack => "sack",
            Self::WindowScale => "window_scale",
            Self::Mss => "mss",
            Self::Multipath => "multipath",
        }
    }
}

impl Attempt {
    pub(super) fn of(segment: &Segment<'_>) -> Self {
        Self {
            frame: segment.frame,
            time: segment.time,
            seq: segment.seq,
            flags: segment.flags,
            offer: Offer::of(segment.options),
        }
    }

    /// One that is kept as a mark, and what it offered.
    pub(super) const fn marked(mark: &Mark, offer: Offer) -> Self {
        Self {
            frame: mark.frame,
            time: mark.time,
            seq: mark.seq,
            flags: mark.flags,
            offer,
        }
    }

    fn differs(&self, first: &Self, change: Change) -> bool {
        let (now, then) = (&self.offer, &first.offer);
        // What was cut off may be there.
        if now.is_cut && !matches!(change, Change::Number | Change::Ecn) {
            return false;
        }
        match change {
            Change::Number => self.seq != first.seq,
            Change::Ecn => self.flags.bits() < first.flags.bits(),
            Change::FastOpen => then.fast_open.is_some() && now.fast_open.is_none(),
            Change::Timestamps => then.timestamps.is_some() && now.timestamps.is_none(),
            Change::Sack => then.sack_permitted && !now.sack_permitted,
            Change::WindowScale => then.window_scale.is_some() && now.window_scale.is_none(),
            Change::Mss => now.mss != then.mss,
            Change::Multipath => then.multipath.is_some() && now.multipath.is_none(),
        }
    }
}

impl Attempts {
    /// The first, to which others will come.
    pub(super) fn after(first: Attempt) -> Self {
        Self { list: vec![first] }
    }

    /// Takes one more.
    pub(super) fn take(&mut self, one: Attempt) {
        if self.list.len() == MOST {
            self.list.remove(1);
        }
        self.list.push(one);
    }

    /// How many came after the first, as far as they are kept.
    pub(super) fn again(&self) -> u8 {
        u8::try_from(self.list.len().saturating_sub(1)).unwrap_or(u8::MAX)
    }

    /// The latest.
    pub(super) fn latest(&self) -> Option<&Attempt> {
        self.list.last()
    }

    /// Those whose SYN an acknowledgment covers exactly.
    pub(super) fn with_number(&self, ack: SeqNum) -> impl Iterator<Item = &Attempt> {
        self.list.iter().filter(move |one| one.seq + 1 == ack)
    }

    /// Which one an answer is for, that acknowledges `ack` and echoes `echo`.
    pub(super) fn answered_by(&self, ack: SeqNum, echo: Option<u32>) -> Option<Answered> {
        let has_number = |one: &Attempt| one.seq + 1 == ack;
        if let Some(only) = self.only(has_number) {
            return Some(match only {
                Answered::Earlier(nth) => Answered::Numbered(nth),
                only => only,
            });
        }
        let echo = echo?;
        let is_numbered = self.with_number(ack).next().is_some();
        self.only(|one| (!is_numbered || has_number(one)) && one.offer.timestamps == Some(echo))
    }

    /// The only one for which something holds.
    fn only(&self, holds: impl Fn(&Attempt) -> bool) -> Option<Answered> {
        let mut all = self.list.iter().zip(0..).filter(|(one, _)| holds(one));
        let (Some((_, nth)), None) = (all.next(), all.next()) else {
            return None;
        };
        Some(if usize::from(nth) + 1 == self.list.len() {
            Answered::Latest
        } else {
            Answered::Earlier(nth)
        })
    }

    /// Whether all but the latest, and not that, came before a frame.
    pub(super) fn is_all_but_latest_before(&self, frame: NonZeroU64) -> bool {
        let mut latest = self.list.iter().rev().map(|one| one.frame);
        latest.next().is_some_and(|one| one > frame) && latest.all(|one| one < frame)
    }

    /// One by its place.
    pub(super) fn nth(&self, nth: u8) -> Option<&Attempt> {
        self.list.get(usize::from(nth))
    }

    /// How any later one differs from the first.
    pub(super) fn changes(&self) -> impl Iterator<Item = Change> {
        let differ = |change: &Change| {
            let mut all = self.list.iter();
            let first = all.next();
            first.is_some_and(|first| all.any(|one| one.differs(first, *change)))
        };
        Change::ALL.into_iter().filter(differ)
    }
}

impl Attempt {
    /// What it offered.
    pub(super) const fn offer(&self) -> Offer {
        self.offer
    }

    /// Its control bits.
    pub(super) const fn flags(&self) -> Flags {
        self.flags
    }
}
