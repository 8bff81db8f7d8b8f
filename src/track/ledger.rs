//! What other programs' reports say of a connection, kept where a report is
//! wanted: lines need none of it.

use crate::segment::Segment;
use crate::time::{Span, Timestamp};
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
}

impl Ledger {
    /// A ledger for a connection whose first segment comes from the end that
    /// `dir` leaves.
    pub(super) fn new(roles: Roles, dir: Dir) -> Self {
        let is_turned = roles == Roles::BySynAck && dir == Dir::ToClient;
        Self {
            zeek: Zeek::new(is_turned),
            counters: Counters::default(),
        }
    }

    /// Takes a segment of a connection that began at `first`.
    pub(super) fn observe(&mut self, dir: Dir, segment: &Segment<'_>, first: Timestamp) {
        let micros = microseconds(first, segment.time);
        self.zeek
            .observe(dir, segment, Span(micros.saturating_mul(1_000)));
        self.counters.observe(dir, segment, micros);
    }

    /// Takes the end of the capture.
    pub(super) fn end(&mut self, first: Timestamp, end: Timestamp) {
        self.counters.end(microseconds(first, end));
    }
}

/// Between two times, both rounded down to microseconds as the peers know them.
fn microseconds(from: Timestamp, to: Timestamp) -> i64 {
    let fraction = |time: Timestamp| i64::from(time.nanosecond() / 1_000);
    let seconds = to.seconds().saturating_sub(from.seconds());
    seconds
        .saturating_mul(1_000_000)
        .saturating_add(fraction(to) - fraction(from))
}
