//! How good or bad something is, for whoever has colours.

use crate::track::verdict::Verdict;

/// How good or bad something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tone {
    /// Neither.
    Plain,
    /// It went as it should.
    Fine,
    /// It did not, and fails nothing.
    Odd,
    /// It failed.
    Bad,
}

impl Tone {
    /// What became of a connection.
    #[must_use]
    pub const fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Closed { .. } | Verdict::ClosedAtOnce => Self::Fine,
            Verdict::HalfClosed { .. } | Verdict::Closing | Verdict::AfterEnd => Self::Odd,
            _ if verdict.is_normal() => Self::Plain,
            _ => Self::Bad,
        }
    }
}
