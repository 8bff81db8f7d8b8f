//! When frames were captured.

use std::ops::Sub;
use std::time::Duration;

/// When a frame was captured: nanoseconds since 1970-01-01 00:00:00 UTC.
///
/// Capture files with another resolution are converted on reading, so every
/// stage after [`capture`](crate::capture) can forget that they exist. A clock
/// may step back: the difference of two timestamps is a [`Span`], with a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From whole seconds and nanoseconds. The nanoseconds may exceed a second,
    /// as they do in damaged files; they are carried.
    #[must_use]
    pub const fn new(seconds: i64, nanoseconds: i64) -> Self {
        Self(
            seconds
                .saturating_mul(1_000_000_000)
                .saturating_add(nanoseconds),
        )
    }

    /// Whole seconds since the epoch, rounded down.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000_000)
    }

    /// Nanoseconds within the second, 0 to 999,999,999.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "0..10^9")]
    pub const fn nanosecond(self) -> u32 {
        self.0.rem_euclid(1_000_000_000) as u32
    }
}

/// From `earlier` to `later`: `later - earlier`.
impl Sub for Timestamp {
    type Output = Span;

    fn sub(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
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
    fn a_time_before_the_epoch_keeps_its_nanoseconds_positive() {
        let time = Timestamp::new(-2, 250_000_000);
        assert_eq!((time.seconds(), time.nanosecond()), (-2, 250_000_000));
    }

    #[test]
    fn a_clock_that_steps_back_gives_a_negative_span() {
        let (early, late) = (Timestamp::new(1, 0), Timestamp::new(1, 20));
        assert_eq!(late - early, Span(20));
        assert!((early - late).is_negative());
        assert_eq!((early - late).magnitude(), Duration::from_nanos(20));
    }
}
