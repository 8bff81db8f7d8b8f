//! Something counted over time, in a bounded number of intervals.

use crate::time::Timestamp;

/// The most intervals: when they are full, pairs of them become one.
const MOST: u32 = 64;
/// Nanoseconds of an interval at first.
const FIRST_WIDTH: i64 = 1_000_000_000;

/// SYNs and waiting connections of a server, interval by interval.
#[derive(Debug, Clone, Default)]
pub struct Series {
    start: Option<Timestamp>,
    /// How often the width was doubled.
    doubled: u32,
    intervals: Vec<Interval>,
}

/// What happened in an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Interval {
    /// SYNs that arrived, repeated ones included.
    pub syns: u32,
    /// The most connections that waited at a time.
    pub backlog: u32,
}

impl Series {
    /// The interval of `time`. A clock that steps back counts into the first.
    pub(super) fn at(&mut self, time: Timestamp) -> &mut Interval {
        let start = *self.start.get_or_insert(time);
        let since = (time - start).0.max(0);
        while since / self.width() >= i64::from(MOST) {
            self.double();
        }
        let place = usize::try_from(since / self.width()).unwrap_or(0);
        if self.intervals.len() <= place {
            // What waited goes on waiting while nothing arrives.
            let waiting = self.intervals.last().map_or(0, |latest| latest.backlog);
            let quiet = Interval {
                syns: 0,
                backlog: waiting,
            };
            self.intervals.resize(place + 1, quiet);
        }
        &mut self.intervals[place]
    }

    fn double(&mut self) {
        let join = |pair: &[Interval]| Interval {
            syns: pair.iter().map(|part| part.syns).sum(),
            backlog: pair.iter().map(|part| part.backlog).max().unwrap_or(0),
        };
        self.intervals = self.intervals.chunks(2).map(join).collect();
        self.doubled += 1;
    }

    const fn width(&self) -> i64 {
        FIRST_WIDTH << if self.doubled < 32 { self.doubled } else { 32 }
    }

    /// Seconds of an interval: 1, or a power of two where the capture is longer
    /// than 64 of them.
    #[must_use]
    pub const fn seconds(&self) -> u64 {
        (self.width() / FIRST_WIDTH).cast_unsigned()
    }

    /// When the first interval begins.
    #[must_use]
    pub const fn start(&self) -> Option<Timestamp> {
        self.start
    }

    /// The intervals, 64 at most.
    #[must_use]
    pub fn intervals(&self) -> &[Interval] {
        &self.intervals
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(second: i64) -> Timestamp {
        Timestamp::new(1000 + second, 0)
    }

    #[test]
    fn a_long_capture_has_longer_intervals_not_more() {
        let mut series = Series::default();
        for at in 0..1000 {
            series.at(second(at)).syns += 1;
        }
        assert_eq!(series.seconds(), 16);
        assert_eq!(series.intervals().len(), 63);
        assert_eq!(series.intervals()[0].syns, 16);
        let all: u32 = series.intervals().iter().map(|part| part.syns).sum();
        assert_eq!(all, 1000);
    }

    #[test]
    fn a_clock_that_steps_far_ends_soon() {
        let mut series = Series::default();
        series.at(second(0)).syns += 1;
        series.at(Timestamp::new(i64::MAX, 0)).syns += 1;
        series.at(Timestamp::new(i64::MIN, 0)).syns += 1;
        let all: u32 = series.intervals().iter().map(|part| part.syns).sum();
        assert_eq!(all, 3);
    }
}
