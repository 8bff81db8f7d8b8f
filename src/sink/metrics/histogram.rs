//! How often times came, in the buckets that Prometheus is told.

use crate::time::Span;

/// Upper bounds of the buckets, in nanoseconds, and as Prometheus has them in seconds.
pub(super) const BOUNDS: [(i64, &str); 14] = [
    (100_000, "0.0001"),
    (250_000, "0.00025"),
    (500_000, "0.0005"),
    (1_000_000, "0.001"),
    (5_000_000, "0.005"),
    (10_000_000, "0.01"),
    (25_000_000, "0.025"),
    (50_000_000, "0.05"),
    (100_000_000, "0.1"),
    (250_000_000, "0.25"),
    (500_000_000, "0.5"),
    (1_000_000_000, "1"),
    (2_500_000_000, "2.5"),
    (10_000_000_000, "10"),
];

/// Times, by how long they were.
#[derive(Debug, Default)]
pub(super) struct Histogram {
    /// How many were so long at most and longer than the bound before.
    buckets: [u64; BOUNDS.len()],
    pub(super) count: u64,
    /// Nanoseconds of all together.
    sum: u128,
}

impl Histogram {
    /// Takes a time that came so often.
    pub(super) fn take(&mut self, time: Span, times: u64) {
        let nanoseconds = time.0.max(0);
        self.count += times;
        self.sum += u128::from(nanoseconds.cast_unsigned()) * u128::from(times);
        let place = BOUNDS.iter().position(|&(bound, _)| nanoseconds <= bound);
        if let Some(place) = place {
            self.buckets[place] += times;
        }
    }

    /// How many were so long at most, bound by bound.
    pub(super) fn cumulative(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let mut so_far = 0;
        let bounds = BOUNDS.iter().zip(self.buckets);
        bounds.map(move |(&(_, bound), count)| {
            so_far += count;
            (bound, so_far)
        })
    }

    /// Seconds of all together, exactly.
    pub(super) fn seconds(&self) -> String {
        let second = 1_000_000_000;
        format!("{}.{:09}", self.sum / second, self.sum % second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_holds_what_is_as_long_as_its_bound_and_all_that_is_shorter() {
        let mut all = Histogram::default();
        for time in [-5, 100_000, 100_001, 20_000_000_000] {
            all.take(Span(time), 1);
        }
        all.take(Span(500_000_000), 3);
        let counts: Vec<_> = all.cumulative().collect();
        assert_eq!(counts[0], ("0.0001", 2));
        assert_eq!(counts[1], ("0.00025", 3));
        assert_eq!(counts[9], ("0.25", 3));
        assert_eq!(counts[10], ("0.5", 6));
        assert_eq!(counts[13], ("10", 6));
        assert_eq!((all.count, all.seconds().as_str()), (7, "21.500200001"));
    }

    #[test]
    fn bounds_are_told_as_they_are() {
        for (nanoseconds, told) in BOUNDS {
            let seconds: f64 = told.parse().unwrap();
            assert_eq!((seconds * 1e9).round().to_string(), nanoseconds.to_string());
        }
        assert!(BOUNDS.is_sorted());
    }
}
