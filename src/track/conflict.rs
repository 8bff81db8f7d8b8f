//! Two different texts for the same octets: one of them is not its sender's. The
//! values, see `look/` for how they are found.

use std::num::NonZeroU64;

use crate::seq::SeqNum;

/// Two different texts for the same octets of an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conflict {
    /// The frame that came first.
    pub before: NonZeroU64,
    /// The other one.
    pub frame: NonZeroU64,
    /// The first number that both have.
    pub start: SeqNum,
    /// The number behind the last.
    pub end: SeqNum,
    /// The one that does not look as its sender's others.
    pub odd: Option<Odd>,
}

/// A segment that does not look as its sender's others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Odd {
    /// Its frame.
    pub frame: NonZeroU64,
    /// Its TTL and that of others, where they differ.
    pub ttl: Option<(u8, u8)>,
    /// Whether it lacks the timestamps that both ends agreed upon.
    pub lacks_timestamps: bool,
}

/// The most of them that are kept of an end.
const MOST: usize = 4;

/// The conflicts of an end.
#[derive(Debug, Clone, Default)]
pub(super) struct Conflicts {
    first: Vec<Conflict>,
}

impl Conflicts {
    /// Takes one more, where there is room.
    pub(super) fn take(&mut self, conflict: Conflict) {
        if self.first.len() < MOST {
            self.first.push(conflict);
        }
    }

    /// The first of them.
    pub(super) fn first(&self) -> &[Conflict] {
        &self.first
    }
}
