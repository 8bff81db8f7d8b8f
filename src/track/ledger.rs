//! What other programs' reports say of a connection, kept where a report is
//! wanted: lines need none of it.

use crate::segment::Segment;
use crate::time::Timestamp;
use crate::track::counters::Counters;
use crate::track::flow::{Dir, Roles};
use crate::track::zeek::Zeek;

/// The accounts of a connection, in the words of its readers' other programs.
#[derive(Debug, Clone)]
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
        let now = microseconds(segment.time).saturating_sub(self.began);
        self.zeek.observe(dir, segment, now);
        self.counters.observe(dir, segment, now);
    }

    /// Takes the end of the capture.
    pub(super) fn end(&mut self, end: Timestamp) {
        self.counters
            .end(microseconds(end).saturating_sub(self.began));
    }
}

/// Since the epoch, rounded down to microseconds as the peers know them.
#[inline]
fn microseconds(time: Timestamp) -> i64 {
    let (seconds, nanoseconds) = time.recorded();
    seconds
        .saturating_mul(1_000_000)
        .saturating_add((nanoseconds / 1_000).cast_signed())
}
