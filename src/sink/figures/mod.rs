//! The figures of classic tcptrace's long report: what each is called, and
//! where it is found. Records, tables and comma-separated rows all go through
//! this list.

mod list;

pub(super) use list::FIGURES;

use crate::time::Span;
use crate::track::classic::tally::Tally;
use crate::track::classic::{Classic, Complete};
use crate::track::dir::Dir;

/// A figure that each direction of a connection has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure {
    /// Classic tcptrace's label.
    pub(super) label: &'static str,
    /// The name in records.
    pub(super) name: &'static str,
    pub(super) value: fn(&Sight<'_>) -> Amount,
}

/// What a figure comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Amount {
    Count(u64),
    /// A count that is nearly always 0, and is not mentioned then.
    Rare(u64),
    Signed(i64),
    Octets(u64),
    /// Known to a microsecond.
    Time(Span),
    /// Computed.
    Mean(Span),
    Rate(f64),
    Yes,
    /// It does not apply.
    None,
}

/// A direction of a connection.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sight<'a> {
    pub(super) counters: &'a Classic,
    pub(super) tally: &'a Tally,
    dir: Dir,
}

impl<'a> Sight<'a> {
    pub(super) const fn new(counters: &'a Classic, dir: Dir) -> Self {
        Self {
            counters,
            tally: counters.of(dir),
            dir,
        }
    }
}

/// Whether a connection was opened and closed, in classic tcptrace's words.
pub(super) const fn complete(counters: &Classic) -> &'static str {
    match counters.complete() {
        Complete::Yes => "yes",
        Complete::Reset => "reset",
        Complete::No => "no",
    }
}
