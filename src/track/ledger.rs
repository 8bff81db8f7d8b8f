//! What other programs' reports say of a connection, kept where a report is
//! wanted: lines need none of it.

use serde::{Deserialize, Serialize};

use crate::segment::Segment;
use crate::time::Timestamp;
use crate::track::counters::Counters;
use crate::track::flow::{Dir, Roles};
use crate::track::zeek::Zeek;

/// The accounts of a connection, in the words of its readers' other programs.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ledger {
    /// Zeek's `conn_state` and `history`.
    pub zeek: Zeek,
    /// Classic tcptrace's long report.
    pub counters: Counters,
    /// When the connection began, in microseconds since the epoch.
    began: i64,
}

impl Ledger {
    /// A ledger for a connection whose first segment comes from the end that
    /// `dir` leaves.
    pub(super) fn new(roles: Roles, dir: Dir, first: Timestamp) -> Self {
        let is_turned = roles == Roles::BySynAck && dir == Dir::ToClient;
        Self {
            zeek: Zeek::new(is_turned),
            counters: Counters::default(),
            began: microseconds(first),
        }
    }

    /// Takes the next segment.
    #[inline]
    pub(super) fn observe(&mut self, dir: Dir, segment: &Segment<'_>) {
        let now = between(self.began, microseconds(segment.time));
        self.zeek.observe(dir, segment, now);
        self.counters.observe(dir, segment, now);
    }

    /// As [`observe`](Self::observe), but as if no segment were a usual one.
    #[cfg(test)]
    pub(super) fn observe_closely(&mut self, dir: Dir, segment: &Segment<'_>) {
        let now = between(self.began, microseconds(segment.time));
        self.zeek.come_to(dir, now);
        self.zeek.take(dir, segment, now);
        self.counters.observe_closely(dir, segment, now);
    }

    /// Takes the end of the capture.
    pub(super) fn end(&mut self, end: Timestamp) {
        self.counters.end(between(self.began, microseconds(end)));
    }
}

/// The longest time that is told apart, in microseconds: four years and a half.
/// A damaged clock must not bring sums of times to overflow.
const LONGEST: i64 = (1 << 47) - 1;

#[inline]
fn between(from: i64, to: i64) -> i64 {
    to.saturating_sub(from).clamp(-LONGEST, LONGEST)
}

/// Since the epoch, rounded down to microseconds as the peers know them.
#[inline]
fn microseconds(time: Timestamp) -> i64 {
    let (seconds, nanoseconds) = time.recorded();
    seconds
        .saturating_mul(1_000_000)
        .saturating_add((nanoseconds / 1_000).cast_signed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_rounded_down_and_bounded() {
        let at = |seconds, nanoseconds| microseconds(Timestamp::new(seconds, nanoseconds));
        assert_eq!(between(at(1, 999), at(1, 1_000)), 1);
        assert_eq!(between(at(1, 1_999), at(2, 500)), 999_999);
        assert_eq!(between(at(i64::MIN, 0), at(i64::MAX, 0)), LONGEST);
        assert_eq!(between(at(i64::MAX, 0), at(i64::MIN, 0)), -LONGEST);
    }
}
