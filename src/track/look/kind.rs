//! What a segment with data really was, and what shows it.
//!
//! Not Wireshark's rules: those see when a segment passed, this sees when it
//! was sent. A segment that fills a hole was sent before what left the hole, or
//! after; one that was seen already is another transmission, or the same.

use crate::flags::Flags;
use crate::segment::Segment;
use crate::time::Span;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::half::Half;
use crate::track::holes::Filling;
use crate::track::icmp_errors::Resizing;
use crate::track::judgement::{Cause, Judgement, Kind, Why};
use crate::track::stamp::Stamp;

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
    /// Whether an ICMP error made its sender cut it smaller.
    resizing: Option<Resizing>,
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
        let may_skip = segment.ack == sender.ack || sender.holes.is_some();
        let is_before_capture = sender.begins_behind(segment.seq);
        if !sender.is_known()
            || segment.flags.has(Flags::SYN)
            || is_in_order && !may_skip
            || is_before_capture
        {
            return Some(Judgement::NEW);
        }
        let doubt = Doubt {
            sender,
            receiver,
            segment,
            stamp: Stamp::of(segment, now),
            round_trip: self
                .round_trip
                .after(segment, now)
                .span()
                .map_or(REORDERING, |span| span.0),
            resizing: self.resizes(dir, segment),
        };
        Some(doubt.judge(is_in_order))
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
        if self.segment.ack != self.sender.ack {
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
            return Judgement::of(Kind::Retransmission, Why::OneMissing);
        }
        Judgement::NEW
    }

    /// Of octets that were left out when `behind` passed.
    fn filling(&self, behind: Stamp) -> Judgement {
        let by_number = self.sender.sending.is_before(self.stamp, behind);
        if let Some(is_before) = by_number {
            return if is_before {
                Judgement::of(Kind::OutOfOrder, Why::OlderIdentification)
            } else {
                Judgement::of(Kind::Retransmission, Why::NewerIdentification)
            };
        }
        match self.timestamp_after(behind) {
            Some(1..) => Judgement::of(Kind::Retransmission, Why::NewerTimestamp),
            Some(..=-1) => Judgement::of(Kind::OutOfOrder, Why::OlderTimestamp),
            Some(0) if self.round_trip >= TICKS => {
                Judgement::of(Kind::OutOfOrder, Why::SameTimestamp)
            }
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
            return Judgement::of(Kind::OutOfOrder, Why::TooSoon);
        }
        Judgement::of(Kind::Retransmission, Why::RoundTripBehind)
    }

    /// Of octets that passed before.
    fn seen_before(&self) -> Judgement {
        let sending = &self.sender.sending;
        let has_passed = sending.has_passed(self.stamp);
        if has_passed == Some(true) {
            return Judgement::of(Kind::Duplicate, Why::PassedIdentification);
        }
        // What was sent for it may have overtaken it.
        let holes = self.sender.holes.as_ref();
        let filled = holes.and_then(|holes| holes.filled_at(self.segment.seq));
        let is_overtaken =
            |filled: &Filling| sending.is_before(self.stamp, filled.range.stamp) == Some(true);
        if filled.is_some_and(is_overtaken) {
            return Judgement::of(Kind::OutOfOrder, Why::OvertakenByRepeat);
        }
        if self.is_resized() {
            return Judgement::of(Kind::Retransmission, Why::SaidTooLarge);
        }
        if has_passed == Some(false) {
            return Judgement::of(Kind::Retransmission, Why::NewIdentification);
        }
        if let Some(filled) = filled {
            return self.after(filled);
        }
        match sending.is_of_then(self.stamp, self.segment.seq) {
            Some(true) => Judgement::of(Kind::Duplicate, Why::FirstTimestamp),
            Some(false) => Judgement::of(Kind::Retransmission, Why::LaterTimestamp),
            None if self.stamp.at.0.saturating_sub(sending.at.0) < self.round_trip / 2 => {
                Judgement::of(Kind::Duplicate, Why::SoonAfter)
            }
            None => Judgement::of(Kind::Retransmission, Why::RoundTripLater),
        }
    }

    /// Of octets that filled a hole before.
    fn after(&self, filled: &Filling) -> Judgement {
        let then = filled.range.stamp;
        let waited = self.stamp.at.0.saturating_sub(then.at.0);
        match self.timestamp_after(then) {
            Some(1..) => Judgement::of(Kind::Retransmission, Why::LaterTimestamp),
            Some(0) => Judgement::of(Kind::Duplicate, Why::FirstTimestamp),
            Some(_) => Judgement::of(Kind::OutOfOrder, Why::TimestampBeforeRepeat),
            // For so long a hole they were asked for.
            None if !filled.is_again && waited < self.round_trip / 2 => {
                Judgement::of(Kind::Duplicate, Why::SoonAfter)
            }
            None => Judgement::of(Kind::Retransmission, Why::LateFilling),
        }
    }

    /// Whether its sender cut it smaller since an ICMP error asked for that: it said so
    /// of these octets, or of others that were underway with them, and at once.
    fn is_resized(&self) -> bool {
        match self.resizing {
            Some(Resizing::OfThese) => true,
            Some(Resizing::OfOthers) => self.silence() < LEAST_TIMEOUT,
            None => false,
        }
    }

    /// How long its sender had sent nothing with a sequence number.
    const fn silence(&self) -> i64 {
        self.stamp.at.0.saturating_sub(self.sender.sending.at.0)
    }

    /// Why the octets were sent again.
    fn cause(&self) -> Option<Cause> {
        let end = self.segment.end();
        if end - self.sender.una <= 0 {
            return Some(Cause::Spurious);
        }
        if self.is_resized() {
            return Some(Cause::PathMtu);
        }
        if self.silence() >= LEAST_TIMEOUT {
            return Some(Cause::Timeout);
        }
        if self.receiver.has_sack || self.receiver.duplicate_acks > 0 {
            return Some(Cause::Fast);
        }
        if self.sender.sending.timed_out {
            return Some(Cause::Timeout);
        }
        (end - self.sender.nxt >= 0).then_some(Cause::TailProbe)
    }
}
