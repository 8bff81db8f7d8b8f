//! What a segment with data really was, and what shows it.
//!
//! Not Wireshark's rules: those see when a segment passed, this sees when it
//! was sent. A segment that fills a hole was sent before what left the hole, or
//! after; one that was seen already is another transmission, or the same.

use crate::flags::Flags;
use crate::segment::Segment;
use crate::time::Span;
use crate::track::flow::{Dir, Flow, Half};
use crate::track::holes::Filling;
use crate::track::sending::Stamp;

/// What a segment was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// Sent for the first time.
    New,
    /// Sent once, and overtaken on the way.
    OutOfOrder,
    /// Sent again.
    Retransmission,
    /// One transmission that the network copied.
    Duplicate,
}

/// Why a segment was sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// Nothing was heard for a retransmission timeout (RFC 6298).
    Timeout,
    /// Duplicate acknowledgments or SACK asked for it (RFC 5681, RFC 6675).
    Fast,
    /// The last segment, sent again to hear whether it arrived (RFC 8985 §7).
    TailProbe,
    /// It had been acknowledged.
    Spurious,
}

/// What a segment was, and how that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    /// What it was.
    pub kind: Kind,
    /// The evidence, in a few words; empty for what is new.
    pub why: &'static str,
    /// Of a retransmission, why it was sent, as far as that shows.
    pub cause: Option<Cause>,
}

impl Kind {
    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::OutOfOrder => "out_of_order",
            Self::Retransmission => "retransmission",
            Self::Duplicate => "duplicate",
        }
    }
}

impl Cause {
    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Fast => "fast",
            Self::TailProbe => "tail_probe",
            Self::Spurious => "spurious",
        }
    }
}

/// The smallest retransmission timeout in use: Linux's, in nanoseconds.
const LEAST_TIMEOUT: i64 = 200_000_000;
/// How long a segment may be underway behind later ones where neither the round
/// trip nor anything else tells, in nanoseconds.
const REORDERING: i64 = 3_000_000;

/// From which round trip on, in nanoseconds, what is sent a round trip later
/// has another timestamp: clocks tick every millisecond, mostly.
const TICKS: i64 = 2_000_000;

/// A segment that may not be new, and its connection before it.
struct Doubt<'a> {
    sender: &'a Half,
    receiver: &'a Half,
    segment: &'a Segment<'a>,
    stamp: Stamp,
    round_trip: i64,
}

impl Flow {
    /// What a segment of direction `dir` was: of one with data or FIN.
    pub(super) fn judge(&self, dir: Dir, segment: &Segment<'_>, now: Span) -> Option<Judgement> {
        let carries = segment.payload_len > 0 || segment.flags.has(Flags::FIN);
        if !carries || segment.flags.any(Flags::RST) {
            return None;
        }
        let (sender, receiver) = (self.sender(dir), self.receiver(dir));
        let is_in_order = segment.seq - sender.nxt >= 0;
        let may_skip = segment.ack == sender.trail.ack || sender.holes.is_some();
        if !sender.is_known() || segment.flags.has(Flags::SYN) || is_in_order && !may_skip {
            return Some(Judgement::NEW);
        }
        let doubt = Doubt {
            sender,
            receiver,
            segment,
            stamp: Stamp::of(segment, now),
            round_trip: self.initial_rtt().map_or(REORDERING, |rtt| rtt.0),
        };
        Some(doubt.judge(is_in_order))
    }
}

impl Judgement {
    pub(super) const NEW: Self = Self {
        kind: Kind::New,
        why: "",
        cause: None,
    };

    const fn of(kind: Kind, why: &'static str) -> Self {
        Self {
            kind,
            why,
            cause: None,
        }
    }
}

impl Doubt<'_> {
    fn judge(&self, is_in_order: bool) -> Judgement {
        let holes = self.sender.holes.as_ref();
        let at = self.segment.seq;
        let behind = holes.and_then(|holes| {
            if is_in_order {
                holes.overtook(at)
            } else {
                holes.at(at)
            }
        });
        let judgement = match behind {
            Some(behind) => self.filling(behind),
            None if is_in_order => self.of_new(),
            None => self.seen_before(),
        };
        let is_again = judgement.kind == Kind::Retransmission;
        Judgement {
            cause: if is_again { self.cause() } else { None },
            ..judgement
        }
    }

    /// Of octets in order: the last of what was sent may have been lost, and
    /// this be what was sent for it.
    fn of_new(&self) -> Judgement {
        if self.segment.ack != self.sender.trail.ack {
            return Judgement::NEW;
        }
        let sending = &self.sender.sending;
        // Nothing but octets was to be sent since: no acknowledgment, and no
        // hole in what the other end sends was to be told again.
        let tells_hole = self.segment.sack_blocks().next().is_some();
        let is_lone = self.segment.seq == self.sender.nxt && sending.skips_one(self.stamp);
        let waited = self.stamp.at.0.saturating_sub(sending.at.0);
        // A probe for the last segment waits two round trips (RFC 8985 §7.2).
        if is_lone && !tells_hole && waited > self.round_trip.saturating_mul(2) {
            let why = "one transmission is missing and no octets: what was lost is sent again";
            return Judgement::of(Kind::Retransmission, why);
        }
        Judgement::NEW
    }

    /// Of octets that were left out when `behind` passed.
    fn filling(&self, behind: Stamp) -> Judgement {
        let by_number = self.sender.sending.is_before(self.stamp, behind);
        if let Some(is_before) = by_number {
            return if is_before {
                Judgement::of(
                    Kind::OutOfOrder,
                    "its IP identification is older than that of what overtook it",
                )
            } else {
                Judgement::of(
                    Kind::Retransmission,
                    "its IP identification is newer than that of what came behind the hole",
                )
            };
        }
        match self.timestamp_after(behind) {
            Some(1..) => Judgement::of(
                Kind::Retransmission,
                "its timestamp is newer than that of what came behind the hole",
            ),
            Some(..=-1) => Judgement::of(
                Kind::OutOfOrder,
                "its timestamp is older than that of what overtook it",
            ),
            Some(0) if self.round_trip >= TICKS => Judgement::of(
                Kind::OutOfOrder,
                "its timestamp is that of what overtook it",
            ),
            _ => self.by_time(behind),
        }
    }

    fn timestamp_after(&self, other: Stamp) -> Option<i32> {
        let ahead = self.stamp.timestamp?.wrapping_sub(other.timestamp?);
        Some(ahead.cast_signed())
    }

    fn by_time(&self, behind: Stamp) -> Judgement {
        let waited = self.stamp.at.0.saturating_sub(behind.at.0);
        if waited < self.round_trip {
            return Judgement::of(
                Kind::OutOfOrder,
                "it came sooner than a round trip could ask for it",
            );
        }
        Judgement::of(
            Kind::Retransmission,
            "it came a round trip after what lies behind it",
        )
    }

    /// Of octets that passed before.
    fn seen_before(&self) -> Judgement {
        let sending = &self.sender.sending;
        let has_passed = sending.has_passed(self.stamp);
        if has_passed == Some(true) {
            return Judgement::of(Kind::Duplicate, "its IP identification passed before");
        }
        // What was sent for it may have overtaken it.
        let holes = self.sender.holes.as_ref();
        let filled = holes.and_then(|holes| holes.filled_at(self.segment.seq));
        let is_overtaken =
            |filled: &Filling| sending.is_before(self.stamp, filled.range.stamp) == Some(true);
        if filled.is_some_and(is_overtaken) {
            return Judgement::of(
                Kind::OutOfOrder,
                "its IP identification is older than that of what was sent for it",
            );
        }
        if has_passed == Some(false) {
            return Judgement::of(
                Kind::Retransmission,
                "its octets passed before, its IP identification did not",
            );
        }
        if let Some(filled) = filled {
            return self.after(filled);
        }
        match sending.is_of_then(self.stamp, self.segment.seq) {
            Some(true) => Judgement::of(Kind::Duplicate, "its timestamp is that of the first time"),
            Some(false) => Judgement::of(
                Kind::Retransmission,
                "its timestamp is newer than that of the first time",
            ),
            None if self.stamp.at.0.saturating_sub(sending.at.0) < self.round_trip / 2 => {
                Judgement::of(Kind::Duplicate, "it came sooner than a round trip")
            }
            None => Judgement::of(Kind::Retransmission, "it came a round trip later"),
        }
    }

    /// Of octets that filled a hole before.
    fn after(&self, filled: &Filling) -> Judgement {
        let then = filled.range.stamp;
        let waited = self.stamp.at.0.saturating_sub(then.at.0);
        match self.timestamp_after(then) {
            Some(1..) => Judgement::of(
                Kind::Retransmission,
                "its timestamp is newer than that of the first time",
            ),
            Some(0) => Judgement::of(Kind::Duplicate, "its timestamp is that of the first time"),
            Some(_) => Judgement::of(
                Kind::OutOfOrder,
                "its timestamp is older than that of what was sent for it",
            ),
            // For so long a hole they were asked for.
            None if !filled.is_again && waited < self.round_trip / 2 => {
                Judgement::of(Kind::Duplicate, "it came sooner than a round trip")
            }
            None => Judgement::of(
                Kind::Retransmission,
                "what filled the hole came late, so that it was sent again",
            ),
        }
    }

    /// Why the octets were sent again.
    fn cause(&self) -> Option<Cause> {
        let end = self.segment.end();
        if end - self.sender.una <= 0 {
            return Some(Cause::Spurious);
        }
        let silence = self.stamp.at.0.saturating_sub(self.sender.sending.at.0);
        if silence >= LEAST_TIMEOUT {
            return Some(Cause::Timeout);
        }
        let asks = &self.receiver.trail;
        if asks.sacked > 0 || (1..u32::MAX).contains(&asks.duplicate_acks) {
            return Some(Cause::Fast);
        }
        if self.sender.sending.timed_out {
            return Some(Cause::Timeout);
        }
        (end - self.sender.nxt >= 0).then_some(Cause::TailProbe)
    }
}
