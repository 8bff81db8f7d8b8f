//! Times measured over and over: how many, their extremes, mean and deviation.

use crate::time::Span;

/// A series of times, kept as sums. Times are whole microseconds, and none is
/// longer than 71 minutes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Samples {
    /// How many there were.
    pub count: u32,
    min: u32,
    max: u32,
    sum: f64,
    squares: f64,
}

/// A microsecond.
const MICROSECOND: f64 = 1e3;

impl Samples {
    pub(super) const NONE: Self = Self {
        count: 0,
        min: 0,
        max: 0,
        sum: 0.0,
        squares: 0.0,
    };

    /// Takes a time. A minimum of 0 is taken for none, as in classic tcptrace.
    pub(super) fn add(&mut self, micros: u32) {
        if self.min == 0 || micros < self.min {
            self.min = micros;
        }
        self.max = self.max.max(micros);
        self.sum += f64::from(micros);
        self.squares += f64::from(micros) * f64::from(micros);
        self.count += 1;
    }

    /// The shortest.
    #[must_use]
    pub const fn min(&self) -> Span {
        Span(self.min as i64 * 1_000)
    }

    /// The longest.
    #[must_use]
    pub const fn max(&self) -> Span {
        Span(self.max as i64 * 1_000)
    }

    /// The mean. The divisor is a little more than the count, as in classic
    /// tcptrace, so that there is one for no samples.
    #[must_use]
    pub fn mean(&self) -> Span {
        nanoseconds(self.sum / (f64::from(self.count) + 0.0001))
    }

    /// The standard deviation of the sample; none for two times or fewer.
    #[must_use]
    pub fn deviation(&self) -> Span {
        if self.count <= 2 {
            return Span(0);
        }
        let count = f64::from(self.count);
        let variance = (self.squares - self.sum * self.sum / count) / (count - 1.0);
        nanoseconds(variance.max(0.0).sqrt())
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a conversion to an integer saturates"
)]
fn nanoseconds(micros: f64) -> Span {
    Span((micros * MICROSECOND).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_come_to_extremes_mean_and_deviation() {
        let mut samples = Samples::default();
        for micros in [2_000, 4_000, 9_000] {
            samples.add(micros);
        }
        assert_eq!(samples.min(), Span(2_000_000));
        assert_eq!(samples.max(), Span(9_000_000));
        // 15000 / 3.0001
        assert_eq!(samples.mean(), Span(4_999_833));
        assert_eq!(samples.deviation(), Span(3_605_551));
    }

    #[test]
    fn two_times_have_no_deviation_and_none_has_a_mean_of_0() {
        let mut samples = Samples::default();
        assert_eq!(samples.mean(), Span(0));
        samples.add(1);
        samples.add(5);
        assert_eq!(samples.deviation(), Span(0));
    }
}
