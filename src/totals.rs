//! What a run saw, counted.

use std::collections::BTreeMap;

use crate::phase::Phase;
use crate::skip::Skip;

/// Counts of one run.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Totals {
    /// Whether there was a filter, so that what is counted is what passed it.
    pub is_filtered: bool,
    /// Frames that passed the filter.
    pub frames: u64,
    /// Those that held a TCP segment.
    pub segments: u64,
    /// Connections seen.
    pub connections: u64,
    /// Those that left early, whether they were over or not, since there was no
    /// memory for them.
    pub given_up: u64,
    /// Sockets at the ends of connections that the kernel was to be asked about, and was
    /// not, since there were too many.
    pub unasked_sockets: u64,
    phases: [u64; Phase::ALL.len()],
    skips: BTreeMap<Skip, u64>,
}

impl Totals {
    /// Counts a segment.
    pub fn segment(&mut self, phase: Phase) {
        self.segments += 1;
        self.phases[phase as usize] += 1;
    }

    /// Counts a frame without a segment.
    pub fn skip(&mut self, skip: Skip) {
        *self.skips.entry(skip).or_default() += 1;
    }

    /// Segments of a phase.
    #[must_use]
    pub const fn of(&self, phase: Phase) -> u64 {
        self.phases[phase as usize]
    }

    /// The reasons why frames held no segment, and how many each.
    pub fn skipped(&self) -> impl Iterator<Item = (Skip, u64)> {
        self.skips.iter().map(|(&skip, &count)| (skip, count))
    }
}
