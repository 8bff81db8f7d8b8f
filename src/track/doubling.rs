//! How many segments of an end were seen, and how many of them again: whether the
//! capture shows twice what it sends.

use crate::flags::Flags;
use crate::segment::Segment;
use crate::time::Span;
use crate::track::sighting::Sighting;

/// A tick of this clock, in nanoseconds as a power of two: an eighth of a
/// millisecond.
const TICK: u32 = 17;
/// After how many ticks another sight of a segment would have come: where a port is
/// mirrored twice, and where two are.
const RIPE: [u32; 2] = [4, 27];
/// Up to which delays a second sight is of these kinds, in nanoseconds; behind that
/// it is one of another capture, and sights come in the order of segments.
const SHORTLY: i64 = 200_000;
const SOON: i64 = 3_500_000;

/// How many segments of an end were seen, and how many of them again.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Doubling {
    /// Segments, each once.
    seen: u32,
    /// When the latest came, in [`TICK`]s of the connection.
    latest: u32,
    /// How many there were when.
    counts: [Passed; 2],
    /// Segments that were seen again where they had been seen, be it that the network
    /// copied them.
    twins: u32,
}

/// How many segments of an end were seen at a time.
#[derive(Debug, Clone, Copy, Default)]
struct Passed {
    /// When, in the same ticks.
    at: u32,
    seen: u32,
    /// How many had come so long before that another sight of them would have come.
    ripe: u32,
}

/// How many segments of an end came before another, for each of the times.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ripe([u32; 3]);

impl Ripe {
    pub(super) const NONE: Self = Self([0; 3]);

    /// Those that would have been seen again, where one is `after` a time.
    const fn of(self, after: Span) -> u32 {
        let [shortly, soon, all] = self.0;
        let after = after.0.abs();
        // A clock that has not ticked tells nothing.
        if after > 0 && after <= SHORTLY {
            shortly
        } else if after > 0 && after <= SOON {
            soon
        } else {
            all
        }
    }
}

impl Doubling {
    /// Takes a segment that was not seen before.
    #[inline]
    pub(super) fn goes_on(&mut self, now: Span) {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "it wraps, and only differences count"
        )]
        let now = (now.0.cast_unsigned() >> TICK) as u32;
        let [shortest, _] = RIPE;
        if now.wrapping_sub(self.counts[0].at) >= shortest {
            self.ripen(now);
        }
        self.latest = now;
        self.seen = self.seen.saturating_add(1);
    }

    fn ripen(&mut self, now: u32) {
        for (count, ripe) in self.counts.iter_mut().zip(RIPE) {
            if now.wrapping_sub(count.at) >= ripe {
                let is_silent = now.wrapping_sub(self.latest) >= ripe;
                *count = Passed {
                    at: now,
                    ripe: if is_silent { self.seen } else { count.seen },
                    seen: self.seen,
                };
            }
        }
    }

    /// How many came so long before the next.
    #[inline]
    pub(super) fn ripe(&self) -> Ripe {
        let [shortly, soon] = self.counts.map(|count| count.ripe);
        Ripe([shortly, soon, self.seen])
    }

    /// Takes a segment that may have been seen before.
    pub(super) fn takes(&mut self, sighting: &Sighting) {
        let is_in_place = match sighting {
            Sighting::First => false,
            Sighting::Twin => true,
            Sighting::Again(again) => !again.is_elsewhere,
        };
        self.twins = self.twins.saturating_add(u32::from(is_in_place));
    }

    /// Whether the capture doubles what the end sends, as far as can be told when a
    /// segment is seen again `after` a time, and `ripe` of those before had had the
    /// time to be.
    pub(super) fn doubles(&self, ripe: Ripe, after: Span) -> bool {
        ripe.of(after) <= self.twins.saturating_mul(2)
    }

    /// The same, where at least one was.
    pub(super) fn surely_doubles(&self, ripe: Ripe, after: Span) -> bool {
        self.twins > 0 && self.doubles(ripe, after)
    }
}

/// Sights of an end's segments that were not the first.
#[derive(Debug, Clone, Copy, Default)]
pub struct OtherSights {
    /// How many.
    pub segments: u32,
    /// Those with data.
    pub data_segments: u32,
    /// Octets of that.
    pub octets: u64,
    /// How long after its SYN that was seen again first.
    pub(super) syn_after: Option<Span>,
}

impl OtherSights {
    pub(super) fn count(&mut self, segment: &Segment<'_>, after: Span) {
        if segment.flags.has(Flags::SYN) {
            self.syn_after.get_or_insert(after);
        }
        self.segments = self.segments.saturating_add(1);
        self.data_segments = self
            .data_segments
            .saturating_add(u32::from(segment.payload_len > 0));
        self.octets += u64::from(segment.payload_len);
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU64;

    use super::*;
    use crate::track::sighting::SeenAgain;
    use crate::vantage::Vantage;

    const fn micros(count: i64) -> Span {
        Span(count * 1_000)
    }

    /// An end that sent segments at these times, in microseconds.
    fn sent(times: impl IntoIterator<Item = i64>) -> Doubling {
        let mut doubling = Doubling::default();
        for time in times {
            doubling.goes_on(micros(time));
        }
        doubling
    }

    fn ripe(doubling: &Doubling) -> [u32; 3] {
        [30, 1_000, 20_000].map(|after| doubling.ripe().of(micros(after)))
    }

    #[test]
    fn what_was_just_sent_would_not_have_been_seen_again_yet() {
        let burst = (0..10).map(|nth| nth * 10);
        assert_eq!(ripe(&sent(burst.clone())), [0, 0, 10]);
        assert_eq!(ripe(&sent(burst.clone().chain([600]))), [10, 0, 11]);
        assert_eq!(ripe(&sent(burst.chain([600, 4_100]))), [11, 11, 12]);
    }

    #[test]
    fn of_a_steady_stream_all_but_the_latest_would_have_been_seen_again() {
        let [shortly, soon, all] = ripe(&sent((0..1_000).map(|nth| nth * 100)));
        assert_eq!(all, 1_000);
        assert!((985..=995).contains(&shortly), "{shortly}");
        assert!((925..=965).contains(&soon), "{soon}");
    }

    #[test]
    fn a_clock_that_has_not_ticked_tells_nothing_of_when() {
        let burst = sent((0..10).map(|nth| nth * 10));
        assert_eq!(burst.ripe().of(Span(0)), 10);
        assert_eq!(burst.ripe().of(micros(-30)), 0, "back as far as forth");
    }

    #[test]
    fn times_that_wrap_are_as_far_apart_as_others() {
        let turn = (i64::from(u32::MAX) + 1) * 100;
        assert_eq!(ripe(&sent([turn - 100, turn])), [0, 0, 2]);
        assert_eq!(ripe(&sent([turn - 100, turn + 600])), [1, 0, 2]);
    }

    #[test]
    fn a_capture_doubles_what_was_seen_again_as_often_as_not() {
        let mut doubling = sent((0..4).map(|nth| nth * 10_000));
        let doubles = |doubling: &Doubling| {
            let ripe = doubling.ripe();
            let after = micros(30);
            [
                doubling.doubles(ripe, after),
                doubling.surely_doubles(ripe, after),
            ]
        };
        assert_eq!(doubles(&doubling), [false; 2], "none of three");
        doubling.takes(&Sighting::First);
        assert_eq!(doubles(&doubling), [false; 2]);
        doubling.takes(&Sighting::Twin);
        assert_eq!(doubles(&doubling), [false; 2], "one of three");
        let again = |is_elsewhere| {
            Sighting::Again(SeenAgain {
                of: NonZeroU64::MIN,
                after: Span(0),
                first_at: Vantage::UNKNOWN,
                is_elsewhere,
            })
        };
        doubling.takes(&again(true));
        assert_eq!(doubles(&doubling), [false; 2], "elsewhere does not count");
        doubling.takes(&again(false));
        assert_eq!(doubles(&doubling), [true; 2], "two of three");
    }

    #[test]
    fn of_the_first_segment_it_may_be_so_and_is_not_sure() {
        let first = Doubling::default();
        assert!(first.doubles(Ripe::NONE, micros(30)));
        assert!(!first.surely_doubles(Ripe::NONE, micros(30)));
    }
}
