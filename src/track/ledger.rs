//! What other programs' reports say of a connection, kept where a report is
//! wanted: lines need none of it.

use crate::segment::Segment;
use crate::time::Span;
use crate::track::flow::{Dir, Roles};
use crate::track::zeek::Zeek;

/// The accounts of a connection, in the words of its readers' other programs.
#[derive(Debug, Clone)]
pub struct Ledger {
    /// Zeek's `conn_state` and `history`.
    pub zeek: Zeek,
}

impl Ledger {
    /// A ledger for a connection whose first segment comes from the end that
    /// `dir` leaves.
    pub(super) fn new(roles: Roles, dir: Dir) -> Self {
        let is_turned = roles == Roles::BySynAck && dir == Dir::ToClient;
        Self {
            zeek: Zeek::new(is_turned),
        }
    }

    /// Takes a segment that was captured at `now`, counted from the first one.
    pub(super) fn observe(&mut self, dir: Dir, segment: &Segment<'_>, now: Span) {
        self.zeek.observe(dir, segment, now);
    }
}
