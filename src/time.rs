//! When frames were captured.

use std::cmp::Ordering;
use std::ops::{Add, Sub};
use std::time::Duration;

/// When a frame was captured: seconds and nanoseconds since
/// 1970-01-01 00:00:00 UTC.
///
/// Capture files with another resolution are converted on reading, so every
/// stage after [`capture`](crate::capture) can forget that they exist. A clock
/// may step back: the difference of two timestamps is a [`Span`], with a sign.
///
/// Kept in the two parts that files have, since dividing one number into them
/// would cost every line more than its digits.
#[derive(Debug, Clone, Copy, Default)]
pub struct Timestamp {
    seconds: i64,
    nanoseconds: u64,
}

/// Nanoseconds in a second.
const SECOND: u64 = 1_000_000_000;

impl Timestamp {
    /// From whole seconds and nanoseconds. The nanoseconds may exceed a second,
    /// as they do in damaged files; they are carried.
    #[must_use]
    #[inline]
    pub const fn new(seconds: i64, nanoseconds: u64) -> Self {
        Self {
            seconds,
            nanoseconds,
        }
    }

    /// Whole seconds since the epoch, rounded down.
    #[must_use]
    #[inline]
    pub const fn seconds(self) -> i64 {
        self.seconds
            .saturating_add((self.nanoseconds / SECOND).cast_signed())
    }

    /// Nanoseconds within the second, 0 to 999,999,999.
    #[must_use]
    #[inline]
    pub const fn nanosecond(self) -> u32 {
        (self.nanoseconds % SECOND) as u32
    }

    /// Seconds and nanoseconds as the file has them, nothing carried: what
    /// tcpdump prints.
    #[must_use]
    #[inline]
    pub const fn recorded(self) -> (i64, u64) {
        (self.seconds, self.nanoseconds)
    }
}

/// By the instant, however its seconds and nanoseconds are written.
impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> Ordering {
        let instant = |time: &Self| (time.seconds(), time.nanosecond());
        instant(self).cmp(&instant(other))
    }
}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Timestamp {}

/// From `earlier` to `later`: `later - earlier`.
impl Sub for Timestamp {
    type Output = Span;

    fn sub(self, earlier: Self) -> Span {
        let seconds = self.seconds.saturating_sub(earlier.seconds);
        let nanoseconds = self
            .nanoseconds
            .cast_signed()
            .wrapping_sub(earlier.nanoseconds.cast_signed());
        Span(
            seconds
                .saturating_mul(SECOND.cast_signed())
                .saturating_add(nanoseconds),
        )
    }
}

/// A time so much later, or earlier.
impl Add<Span> for Timestamp {
    type Output = Self;

    fn add(self, span: Span) -> Self {
        let (second, own) = (SECOND.cast_signed(), i64::from(self.nanosecond()));
        let within = own + span.0.rem_euclid(second);
        let seconds = self.seconds().saturating_add(span.0.div_euclid(second));
        Self::new(seconds, within.cast_unsigned())
    }
}

/// The time between two frames, in nanoseconds; negative where the capturing
/// clock stepped back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Span(pub i64);

impl Span {
    /// Whether the clock stepped back in between.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// The length without the sign.
    #[must_use]
    pub const fn magnitude(self) -> Duration {
        Duration::from_nanos(self.0.unsigned_abs())
    }
}

/// How finely the capture told the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Resolution {
    /// Six digits after the second.
    #[default]
    Micro,
    /// Nine digits after the second.
    Nano,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_leads_from_a_time_to_the_other_one() {
        let time = Timestamp::new(5, 1_900_000_000);
        for span in [0, 1, -1, 100_000_000, 3_000_000_001, -6_900_000_000] {
            let other = time + Span(span);
            assert_eq!(other - time, Span(span));
            assert!(u64::from(other.nanosecond()) < SECOND);
        }
    }

    #[test]
    fn nanoseconds_over_a_second_are_carried() {
        let time = Timestamp::new(7, 1_250_000_000);
        assert_eq!((time.seconds(), time.nanosecond()), (8, 250_000_000));
        assert_eq!(time - Timestamp::new(8, 0), Span(250_000_000));
    }

    #[test]
    fn a_clock_that_steps_back_gives_a_negative_span() {
        let (early, late) = (Timestamp::new(1, 0), Timestamp::new(1, 20));
        assert_eq!(late - early, Span(20));
        assert!((early - late).is_negative());
        assert_eq!((early - late).magnitude(), Duration::from_nanos(20));
    }
}
