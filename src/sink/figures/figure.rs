//! What a figure is, and what it comes to.

use crate::time::Span;
use crate::track::classic::Classic;
use crate::track::classic::tally::Tally;
use crate::track::dir::Dir;

/// A figure that each direction of a connection has.
#[derive(Debug, Clone, Copy)]
pub(in crate::sink) struct Figure {
    /// Classic tcptrace's label.
    pub(in crate::sink) label: &'static str,
    /// The name in records.
    pub(in crate::sink) name: &'static str,
    pub(in crate::sink) value: fn(&Sight<'_>) -> Amount,
}

/// What a figure comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::sink) enum Amount {
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
pub(in crate::sink) struct Sight<'a> {
    pub(in crate::sink) counters: &'a Classic,
    pub(in crate::sink) tally: &'a Tally,
    pub(super) dir: Dir,
}

impl<'a> Sight<'a> {
    pub(in crate::sink) const fn new(counters: &'a Classic, dir: Dir) -> Self {
        Self {
            counters,
            tally: counters.of(dir),
            dir,
        }
    }
}
