//! The order in which an end sent its segments, as far as IPv4's identification
//! and the timestamps tell: what a capture alone shows is the order in which
//! they passed.

use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::time::Span;
use crate::track::stamp::Stamp;

/// What one end's segments carry that grows with each transmission.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts that are independent of each other"
)]
pub(super) struct Sending {
    /// Identifications that passed: bit n is the one n below `identification`.
    passed: u64,
    /// The highest identification.
    identification: u16,
    /// How often it was counted up by a little, 255 at most.
    counted: u8,
    /// How often in a row it was counted up by one, 255 at most, since when, in
    /// milliseconds of the connection.
    steps: u8,
    steady_since: u32,
    /// Whether new segments had the identification of those before: it stays the same,
    /// and tells nothing.
    is_kept: bool,
    /// Octets in the segment with the highest identification, and the most in
    /// one that is known to have taken a single identification.
    latest_len: u32,
    single_len: u32,
    /// Whether there was a timestamp.
    has_timestamp: bool,
    /// The highest timestamp.
    timestamp: u32,
    /// Whether the latest segment is a copy that the network made: its end did
    /// not send it again.
    pub(super) is_copy: bool,
    /// Whether the latest retransmission was caused by a timeout that is not
    /// yet made good.
    pub(super) timed_out: bool,
}

/// How far identifications may be apart to be compared.
const FAR: u16 = 4096;
/// How many identifications are remembered. By no more a sender counts up at a
/// time: the segments of one piece that an interface cuts.
const STEP: u16 = 64;
/// How many steps by one in a row show that an end counts for this connection alone.
const STEADY: u8 = 4;
/// Nanoseconds in a millisecond.
const MILLISECOND: i64 = 1_000_000;

impl Sending {
    /// Goes on by a segment; `before` are SND.NXT and SEG.ACK before it. What is sent
    /// `again` may stand for one that is missing.
    #[inline]
    pub(super) fn sends(
        &mut self,
        segment: &Segment<'_>,
        before: (SeqNum, SeqNum),
        is_again: bool,
        now: Span,
    ) {
        if let Some(number) = segment.identification.filter(|&number| number != 0) {
            if self.passed != 0 {
                self.learn_step(number, segment, before, is_again, now);
            }
            self.passes(number);
        }
        let Some((timestamp, _)) = segment.options.timestamps() else {
            return;
        };
        let grows = timestamp.wrapping_sub(self.timestamp).cast_signed() > 0;
        if !self.has_timestamp || grows {
            self.has_timestamp = true;
            self.timestamp = timestamp;
        }
    }

    /// Learns how many identifications the segment before took.
    #[inline]
    fn learn_step(
        &mut self,
        number: u16,
        segment: &Segment<'_>,
        (next, ack): (SeqNum, SeqNum),
        is_again: bool,
        now: Span,
    ) {
        let step = number.wrapping_sub(self.identification);
        if step == 1 {
            self.single_len = self.single_len.max(self.latest_len);
            self.steps = self.steps.saturating_add(1);
        } else if step == 0 {
            let is_new = segment.payload_len > 0 && segment.seq - next >= 0;
            let has_news = segment.is_ack() && segment.ack - ack > 0;
            self.is_kept |= self.passed != 0 && (is_new || has_news);
        } else if step.wrapping_neg() >= STEP {
            // What is missing, or stands in for it, has one of its own.
            let is_explained = segment.seq - next > 0 || is_again;
            if step != 2 || !is_explained {
                self.steps = 0;
                self.steady_since = milliseconds(now);
            }
        }
        if step.cast_signed() > 0 {
            self.latest_len = segment.payload_len;
        }
    }

    #[inline]
    fn passes(&mut self, number: u16) {
        let step = number.wrapping_sub(self.identification);
        if self.passed != 0 && (1..=STEP).contains(&step) {
            self.passed = self.passed.checked_shl(u32::from(step)).unwrap_or(0) | 1;
            self.identification = number;
            self.counted = self.counted.saturating_add(1);
            return;
        }
        let back = step.wrapping_neg();
        if back < STEP && self.passed != 0 {
            self.passed |= 1 << back;
            return;
        }
        // Another numbering, or one that is none.
        self.counted /= 2;
        self.identification = number;
        self.passed = 1;
    }

    /// How many ticks of its clock lie between its highest timestamp and `value`;
    /// `None` where it had none, or a higher one.
    pub(super) fn ticks_since(&self, value: u32) -> Option<u32> {
        let ticks = value.wrapping_sub(self.timestamp);
        (self.has_timestamp && ticks.cast_signed() >= 0).then_some(ticks)
    }

    /// Whether its segments all have one identification (RFC 6864 §4.1).
    pub(super) const fn keeps_identification(&self) -> bool {
        self.is_kept
    }

    /// The most octets in a segment that is known to have been one by itself on the wire.
    pub(super) const fn single_len(&self) -> u32 {
        self.single_len
    }

    /// Whether identifications tell an order: they are counted up.
    pub(super) const fn is_counted(&self) -> bool {
        self.counted > 0
    }

    /// Whether this very transmission passed before; `None` where nothing tells.
    pub(super) fn has_passed(&self, stamp: Stamp) -> Option<bool> {
        let back = self.identification.wrapping_sub(stamp.identification?);
        if self.is_kept {
            return None;
        }
        if back < STEP && self.passed & 1 << back != 0 {
            return Some(true);
        }
        (self.is_counted() && (back < STEP || back.wrapping_neg() < FAR)).then_some(false)
    }

    /// Whether the transmission `one` came before `other`, by identification;
    /// `None` where that does not tell.
    pub(super) fn is_before(&self, one: Stamp, other: Stamp) -> Option<bool> {
        let ahead = one.identification?.wrapping_sub(other.identification?);
        let is_near = ahead < FAR || ahead.wrapping_neg() < FAR;
        (self.is_counted() && is_near && ahead != 0).then_some(ahead >= FAR)
    }

    /// Whether just one transmission before `stamp` was not captured, `waited` after the
    /// one before. That identifications are counted one by one and for nothing else
    /// must have shown for as long, also for segments as long as the latest: senders
    /// let interfaces cut what they send, and then count the pieces.
    /// Where it is as late as a timeout makes it, little will do.
    pub(super) fn skips_one(&self, stamp: Stamp, waited: Span, is_timely: bool) -> bool {
        let since = milliseconds(stamp.at).wrapping_sub(self.steady_since);
        let steady = (i64::from(since) * MILLISECOND).saturating_sub(waited.0);
        let is_steady = self.steps >= STEADY && steady >= waited.0;
        (is_steady || is_timely && self.steps > 0)
            && self.latest_len <= self.single_len
            && stamp
                .identification
                .is_some_and(|number| self.is_next_but_one(number))
    }

    /// Whether [`skips_one`](Self::skips_one) may say so of a segment.
    #[inline]
    pub(super) fn may_skip_one(&self, segment: &Segment<'_>) -> bool {
        segment
            .identification
            .is_some_and(|number| self.is_next_but_one(number))
    }

    /// Whether a segment has the identification that follows the latest, of an end that
    /// counts them one by one: nothing of it is missing between.
    pub(super) fn is_next(&self, segment: &Segment<'_>) -> bool {
        let is_next = |number: u16| number.wrapping_sub(self.identification) == 1;
        self.passed != 0 && segment.identification.is_some_and(is_next)
    }

    const fn is_next_but_one(&self, number: u16) -> bool {
        number.wrapping_sub(self.identification) == 2
    }
}

/// A time of the connection, to a millisecond: it wraps, and only differences count.
#[expect(clippy::cast_possible_truncation, reason = "it wraps")]
const fn milliseconds(at: Span) -> u32 {
    (at.0 / MILLISECOND).cast_unsigned() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(identification: u16) -> Stamp {
        Stamp {
            identification: Some(identification),
            ..Stamp::default()
        }
    }

    #[test]
    fn an_identification_passes_once_also_around_zero() {
        let mut sending = Sending::default();
        for number in [65_533, 65_534, 1, 3] {
            sending.passes(number);
        }
        assert_eq!(sending.has_passed(stamp(65_534)), Some(true));
        assert_eq!(sending.has_passed(stamp(65_535)), Some(false));
        assert_eq!(sending.has_passed(stamp(2)), Some(false));
        assert_eq!(sending.has_passed(stamp(4)), Some(false));
        assert_eq!(sending.is_before(stamp(65_535), stamp(2)), Some(true));
        assert_eq!(sending.is_before(stamp(2), stamp(65_535)), Some(false));
    }

    /// A damaged clock goes back by centuries.
    #[test]
    fn whatever_the_wait_was_a_gap_can_be_asked_about() {
        let sending = Sending::default();
        for wait in [i64::MIN, -1, 0, i64::MAX] {
            assert!(!sending.skips_one(stamp(2), Span(wait), false), "{wait}");
        }
    }

    #[test]
    fn identifications_at_random_tell_no_order() {
        let mut sending = Sending::default();
        for number in [7, 40_000, 12_345, 60_001] {
            sending.passes(number);
        }
        assert_eq!(sending.has_passed(stamp(60_001)), Some(true));
        assert_eq!(sending.has_passed(stamp(60_002)), None);
        assert_eq!(sending.is_before(stamp(1), stamp(2)), None);
    }
}
