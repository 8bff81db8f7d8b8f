//! How fast octets come, each way, over the last few seconds.

/// Nanoseconds in a second.
const SECOND: i64 = 1_000_000_000;
/// How far two readings are apart at least; a rate is over one or two of these.
const STEP: i64 = SECOND;
/// After so much silence the rate is nothing.
const WINDOW: i64 = 3 * SECOND;

/// What stood on the counters of both ends, and when.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct MeterReading {
    at: i64,
    octets: [u64; 2],
}

/// Two readings of a connection's counters. Times are nanoseconds since the epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meter {
    older: MeterReading,
    newer: MeterReading,
}

impl Meter {
    /// Of a connection that began then.
    pub const fn new(began: i64) -> Self {
        let reading = MeterReading {
            at: began,
            octets: [0; 2],
        };
        Self {
            older: reading,
            newer: reading,
        }
    }

    /// Takes that the counters show `octets` at a time, after they had shown `before`.
    pub const fn take(&mut self, at: i64, before: [u64; 2], octets: [u64; 2]) {
        let since = at.saturating_sub(self.newer.at);
        if since < STEP {
            return;
        }
        self.older = if since > WINDOW {
            MeterReading {
                at: at - STEP,
                octets: before,
            }
        } else {
            self.newer
        };
        self.newer = MeterReading { at, octets };
    }

    /// Octets a second of both ends, whose counters show `octets` since `last`.
    pub fn rates(&self, now: i64, last: i64, octets: [u64; 2]) -> [u64; 2] {
        if now.saturating_sub(last) > WINDOW {
            return [0; 2];
        }
        let took = now.saturating_sub(self.older.at).max(STEP);
        let since = self.older.octets;
        [0, 1].map(|end| per_second(octets[end].saturating_sub(since[end]), took))
    }
}

/// Octets a second, of so many in so many nanoseconds.
pub fn per_second(octets: u64, took: i64) -> u64 {
    let took = u128::from(took.max(1).unsigned_abs());
    let rate = u128::from(octets) * 1_000_000_000 / took;
    u64::try_from(rate).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_steady_stream_shows_its_rate_and_silence_ends_it() {
        let mut meter = Meter::new(0);
        let mut before = [0; 2];
        for tick in 1..=100_i64 {
            let at = tick * SECOND / 20;
            let octets = [tick.unsigned_abs() * 50, tick.unsigned_abs() * 5_000];
            meter.take(at, before, octets);
            before = octets;
            if tick >= 20 {
                assert_eq!(meter.rates(at, at, octets), [1_000, 100_000], "{tick}");
            }
        }
        let end = 5 * SECOND;
        let [_, slower] = meter.rates(end + 2 * SECOND, end, before);
        assert!((1..100_000).contains(&slower), "{slower}");
        assert_eq!(meter.rates(end + 4 * SECOND, end, before), [0, 0]);
    }

    #[test]
    fn a_burst_after_a_long_silence_is_no_average_over_it() {
        let mut meter = Meter::new(0);
        meter.take(100 * SECOND, [10, 0], [5_010, 0]);
        assert_eq!(
            meter.rates(100 * SECOND, 100 * SECOND, [5_010, 0]),
            [5_000, 0]
        );
    }

    #[test]
    fn the_first_octets_are_those_of_a_second() {
        let mut meter = Meter::new(0);
        meter.take(SECOND / 1_000, [0, 0], [700, 0]);
        assert_eq!(
            meter.rates(SECOND / 1_000, SECOND / 1_000, [700, 0]),
            [700, 0]
        );
        assert_eq!(per_second(10, 0), 10_000_000_000);
    }
}
