//! Where a connection's time went: what comes of its ledger.

use crate::time::Span;
use crate::track::dir::Dir;
use crate::track::time_spent::cause::{CAUSES, TimeCause};
use crate::track::time_spent::offered::Offered;
use crate::track::time_spent::pauses::Pauses;
use crate::track::time_spent::waited::Waited;

/// Where a connection's time went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeSpent {
    /// Each cause and the time spent on it; they sum up to the duration.
    pub sums: [(TimeCause, Span); CAUSES],
    /// How many waits of at least a millisecond each is made of.
    pub(super) waits: [u32; CAUSES],
    /// The longest waits, the longest first: eight at most.
    pub longest: Vec<Waited>,
    /// What the time was spent on one after the other, where [points](crate::track::Wants::points)
    /// are wanted, too; the shortest are left out where there are very many.
    pub course: Vec<Waited>,
    /// The least round trip between the ends, as far as is known; else 0.
    pub round_trip: Span,
    /// How the server went on by itself.
    pub pauses: Pauses,
    /// The windows that the client was offered, and the server.
    pub offered: [Offered; 2],
}

impl TimeSpent {
    /// The time spent on a cause.
    #[must_use]
    pub fn of(&self, cause: TimeCause) -> Span {
        self.sums[cause as usize].1
    }

    /// Of how many waits of at least a millisecond the time spent on a cause is made.
    #[must_use]
    pub fn waits_for(&self, cause: TimeCause) -> u32 {
        self.waits[cause as usize]
    }

    /// The windows that the end was offered that sends in direction `dir`.
    #[must_use]
    pub const fn offered_to(&self, dir: Dir) -> &Offered {
        match dir {
            Dir::ToServer => &self.offered[0],
            Dir::ToClient => &self.offered[1],
        }
    }

    /// The cause that took most; `None` where no time passed.
    #[must_use]
    pub fn limited_by(&self) -> Option<TimeCause> {
        let largest = self.sums.iter().rev().max_by_key(|(_, span)| span.0);
        largest
            .filter(|(_, span)| span.0 > 0)
            .map(|(cause, _)| *cause)
    }
}
