//! How times are distributed, in little memory: the first few as they are, many by how
//! often each came, about.
//!
//! The crate hdrhistogram does the same for many, but it counts from the least time that
//! can be told, not from the shortest there is: 20 round trips of a second take 1,824
//! octets in its coarsest histogram of nanoseconds (1,248 of microseconds), and 152 here.
//! A connection has several of them. Over many connections, to one part in a hundred, it
//! is 12,384 and 344.

use crate::time::Span;

/// How many are kept as they are.
const FEW: usize = 16;

/// Times, and how they are distributed. Up to 16 are exact; of more, the shortest and the
/// longest are. Each doubling is divided into `PARTS` of equal width, a power of two: what
/// lies in one is known to half of it, of 16 parts 3.2 % of its value or less. 32 octets
/// at first, 160 with 16 times; with more 88, and 4 for each part of the doublings from
/// the shortest to the longest.
#[derive(Debug, Clone, Default)]
pub struct Distribution<const PARTS: usize = 16> {
    /// The first, as long as there are few.
    few: Vec<u64>,
    many: Option<Box<Many<PARTS>>>,
}

/// Those of many connections, known to 0.8 %.
pub(super) type DistributionOfMany = Distribution<64>;

/// How often times came, by doublings and their parts.
#[derive(Debug, Clone)]
struct Many<const PARTS: usize> {
    /// The doubling of the first row.
    first: usize,
    rows: Vec<[u32; PARTS]>,
    count: u64,
    min: u64,
    max: u64,
}

/// The shortest and the longest of some times, and what shares of them took no longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// The shortest.
    pub min: Span,
    /// Half took no longer.
    pub median: Span,
    /// 95 of 100 took no longer.
    pub p95: Span,
    /// 99 of 100 took no longer.
    pub p99: Span,
    /// The longest.
    pub max: Span,
}

impl<const PARTS: usize> Distribution<PARTS> {
    /// Takes a time; one that a clock made negative counts as 0.
    pub(super) fn take(&mut self, time: Span) {
        let nanoseconds = time.0.max(0).cast_unsigned();
        if self.many.is_none() && self.few.len() < FEW {
            self.few.push(nanoseconds);
        } else {
            self.as_many(nanoseconds).take(nanoseconds, 1);
        }
    }

    /// Takes the times of another, each so much later.
    pub(super) fn take_later<const OTHERS: usize>(&mut self, all: &Distribution<OTHERS>, by: Span) {
        let moved = |time: u64| later(span(time), by).0.cast_unsigned();
        let Some(others) = &all.many else {
            for &time in &all.few {
                self.take(span(moved(time)));
            }
            return;
        };
        let many = self.as_many(moved(others.min));
        for (time, count) in others.each() {
            many.take(moved(time), count);
        }
        many.reach(moved(others.min));
        many.reach(moved(others.max));
    }

    /// How often times came, where there are many, or will be; one of them is `latest`.
    fn as_many(&mut self, latest: u64) -> &mut Many<PARTS> {
        self.many.get_or_insert_with(|| {
            let mut many = Many {
                first: Many::<PARTS>::place(latest).0,
                rows: Vec::new(),
                count: 0,
                min: latest,
                max: latest,
            };
            for time in std::mem::take(&mut self.few) {
                many.take(time, 1);
            }
            Box::new(many)
        })
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        match &self.many {
            Some(many) => many.count,
            None => self.few.len() as u64,
        }
    }

    /// The shortest.
    #[must_use]
    pub fn min(&self) -> Option<Span> {
        let shortest = match &self.many {
            Some(many) => Some(many.min),
            None => self.few.iter().min().copied(),
        };
        shortest.map(span)
    }

    /// The times in order, and how often each came.
    pub fn each(&self) -> impl Iterator<Item = (Span, u64)> {
        let mut few = self.few.clone();
        few.sort_unstable();
        let many = self.many.iter().flat_map(|many| many.each());
        let few = few.into_iter().map(|time| (time, 1));
        let all = few.chain(many);
        all.map(|(time, count)| (span(time), u64::from(count)))
    }

    /// The times in short; `None` where there are none.
    #[must_use]
    pub fn times(&self) -> Option<Times> {
        let of = self.count();
        let mut last = None;
        let mut shares = [50, 95, 99].map(|percent| (of * percent).div_ceil(100));
        let mut found = [Span(0); 3];
        let mut before = 0;
        for (time, count) in self.each() {
            before += count;
            for (rank, found) in shares.iter_mut().zip(&mut found) {
                if *rank > 0 && *rank <= before {
                    (*rank, *found) = (0, time);
                }
            }
            last = Some(time);
        }
        let [median, p95, p99] = found;
        let max = self.many.as_ref().map_or(last?, |many| span(many.max));
        Some(Times {
            min: self.min()?,
            median,
            p95,
            p99,
            max,
        })
    }
}

impl<const PARTS: usize> Many<PARTS> {
    /// The logarithm of the parts.
    const PART_BITS: u32 = PARTS.ilog2();

    fn take(&mut self, nanoseconds: u64, times: u32) {
        let (doubling, part) = Self::place(nanoseconds);
        if doubling < self.first {
            let missing = self.first - doubling;
            self.rows.splice(0..0, (0..missing).map(|_| [0; PARTS]));
            self.first = doubling;
        }
        let row = doubling - self.first;
        if row >= self.rows.len() {
            self.rows.reserve_exact(row + 1 - self.rows.len());
            self.rows.resize(row + 1, [0; PARTS]);
        }
        let count = &mut self.rows[row][part];
        *count = count.saturating_add(times);
        self.count += u64::from(times);
        self.reach(nanoseconds);
    }

    /// The shortest or the longest may be this one.
    fn reach(&mut self, nanoseconds: u64) {
        self.min = self.min.min(nanoseconds);
        self.max = self.max.max(nanoseconds);
    }

    fn each(&self) -> impl Iterator<Item = (u64, u32)> {
        let counts = self.rows.iter().enumerate().flat_map(|(row, parts)| {
            let parts = parts.iter().enumerate();
            parts.map(move |(part, &count)| (row, part, count))
        });
        let there = counts.filter(|&(_, _, count)| count > 0);
        there.map(|(row, part, count)| {
            let middle = Self::middle(self.first + row, part);
            (middle.clamp(self.min, self.max), count)
        })
    }

    /// The doubling and the part of it that a number of nanoseconds lies in; what is less
    /// than the parts are many stands alone.
    #[expect(clippy::cast_possible_truncation, reason = "less than twice the parts")]
    const fn place(nanoseconds: u64) -> (usize, usize) {
        if nanoseconds < PARTS as u64 {
            return (0, nanoseconds as usize);
        }
        let highest = nanoseconds.ilog2();
        let part = nanoseconds >> (highest - Self::PART_BITS);
        let doubling = highest - Self::PART_BITS + 1;
        (doubling as usize, part as usize % PARTS)
    }

    /// The middle of a part.
    const fn middle(doubling: usize, part: usize) -> u64 {
        let Some(shift) = doubling.checked_sub(1) else {
            return part as u64;
        };
        let width = 1 << shift;
        (PARTS + part) as u64 * width + width / 2
    }
}

fn span(nanoseconds: u64) -> Span {
    Span(i64::try_from(nanoseconds).unwrap_or(i64::MAX))
}

/// A time so much later, and not less than 0.
fn later(time: Span, by: Span) -> Span {
    Span(time.0.saturating_add(by.0).max(0))
}

impl Times {
    /// The same, each so much later; none less than 0.
    #[must_use]
    pub fn later(self, by: Span) -> Self {
        Self {
            min: later(self.min, by),
            median: later(self.median, by),
            p95: later(self.p95, by),
            p99: later(self.p99, by),
            max: later(self.max, by),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn taken<const PARTS: usize>(times: &[i64]) -> Distribution<PARTS> {
        let mut all = Distribution::default();
        for &time in times {
            all.take(Span(time));
        }
        all
    }

    #[test]
    fn few_times_are_exact() {
        let all = taken::<16>(&[30, -5, 10, 1_000_000_007]);
        let times = all.times().unwrap();
        assert_eq!(times.min, Span(0));
        assert_eq!(times.median, Span(10));
        assert_eq!(times.p95, Span(1_000_000_007));
        assert_eq!(times.max, Span(1_000_000_007));
        assert_eq!(Distribution::<16>::default().times(), None);
    }

    #[test]
    fn many_times_take_little_memory() {
        let mut all = Distribution::<16>::default();
        for nth in 0..100_000 {
            all.take(Span(1_000_000 + nth * 300));
        }
        let many = all.many.unwrap();
        assert!(many.rows.len() <= 6, "{}", many.rows.len());
        assert_eq!(many.count, 100_000);
    }

    #[test]
    fn twenty_round_trips_take_few_octets() {
        fn octets<const PARTS: usize>() -> usize {
            let times: Vec<_> = (0..20).map(|nth| 990_000_000 + nth * 1_000_000).collect();
            let all = taken::<PARTS>(&times);
            let many = all.many.as_ref().unwrap();
            let rows = many.rows.capacity() * size_of::<[u32; PARTS]>();
            size_of_val(&all) + size_of_val(&**many) + rows
        }
        assert_eq!(octets::<16>(), 152);
        assert_eq!(octets::<64>(), 344);
    }

    proptest! {
        #[test]
        fn quantiles_are_known_to_three_percent(
            times in prop::collection::vec(0..100_000_000_000_i64, 1..200),
            shift in 0..37,
        ) {
            let mut times: Vec<_> = times.into_iter().map(|time| time >> shift).collect();
            let found = taken::<16>(&times).times().unwrap();
            let of_many = taken::<64>(&times).times().unwrap();
            times.sort_unstable();
            let at = |percent: usize| times[(times.len() * percent).div_ceil(100) - 1];
            for (found, thousandths) in [(found, 32), (of_many, 8)] {
                prop_assert_eq!(found.min.0, times[0]);
                prop_assert_eq!(found.max.0, *times.last().unwrap());
                for (found, exact) in [(found.median, at(50)), (found.p95, at(95)), (found.p99, at(99))] {
                    let off = (found.0 - exact).abs();
                    prop_assert!(off * 1000 <= exact * thousandths, "{} is not {}", found.0, exact);
                }
            }
        }

        #[test]
        fn what_others_took_is_as_if_it_had_been_taken_itself(
            connections in prop::collection::vec(prop::collection::vec(0..1_000_000_000_i64, 1..40), 1..8),
            by in 0..1_000_000_i64,
        ) {
            let mut all = DistributionOfMany::default();
            for times in &connections {
                all.take_later(&taken::<16>(times), Span(by));
            }
            let mut times = connections.concat();
            times.sort_unstable();
            let found = all.times().unwrap();
            prop_assert_eq!(all.count(), times.len() as u64);
            prop_assert_eq!(found.min.0, times[0] + by);
            prop_assert_eq!(found.max.0, times[times.len() - 1] + by);
            let median = times[times.len().div_ceil(2) - 1] + by;
            // What the connection had rounded is rounded once more.
            let off = (found.median.0 - median).abs();
            prop_assert!(off * 1000 <= median * 41, "{} is not {}", found.median.0, median);
        }

        #[test]
        fn what_is_given_back_is_as_much_as_was_taken(
            times in prop::collection::vec(any::<i64>(), 0..60),
        ) {
            let all = taken::<16>(&times);
            prop_assert_eq!(all.each().map(|(_, count)| count).sum::<u64>(), all.count());
            prop_assert_eq!(all.count(), times.len() as u64);
            prop_assert!(all.each().is_sorted());
        }
    }
}
