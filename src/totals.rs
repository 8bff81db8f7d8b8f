//! What a run saw, counted, and the closing sentence.

use std::collections::BTreeMap;
use std::fmt;

use crate::phase::Phase;
use crate::skip::Skip;

/// Counts of one run.
#[derive(Debug, Clone, Default)]
pub struct Totals {
    /// Frames that passed the filter.
    pub frames: u64,
    /// Those that held a TCP segment.
    pub segments: u64,
    /// Connections seen.
    pub connections: u64,
    phases: [u64; Phase::ALL.len()],
    skips: BTreeMap<&'static str, u64>,
}

impl Totals {
    /// Counts a segment.
    pub fn segment(&mut self, phase: Phase) {
        self.segments += 1;
        self.phases[phase as usize] += 1;
    }

    /// Counts a frame without a segment.
    pub fn skip(&mut self, skip: Skip) {
        *self.skips.entry(skip.words()).or_default() += 1;
    }

    /// Segments of a phase.
    #[must_use]
    pub const fn of(&self, phase: Phase) -> u64 {
        self.phases[phase as usize]
    }
}

/// The count in words: `9 segments: 3 handshake, 1 data, 1 ack, 4 teardown`,
/// with what was skipped after it.
impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} segment{}", self.segments, plural(self.segments))?;
        let counted = Phase::ALL.into_iter().filter(|&phase| self.of(phase) > 0);
        for (nth, phase) in counted.enumerate() {
            let separator = if nth == 0 { ": " } else { ", " };
            write!(f, "{separator}{} {}", self.of(phase), phase.name())?;
        }
        let skipped: u64 = self.skips.values().sum();
        if skipped > 0 {
            write!(f, "; {skipped} other frame{}", plural(skipped))?;
            for (nth, (words, count)) in self.skips.iter().enumerate() {
                let separator = if nth == 0 { ": " } else { ", " };
                write!(f, "{separator}{count} {words}")?;
            }
        }
        Ok(())
    }
}

const fn plural(count: u64) -> &'static str {
    if count == 1 { "" } else { "s" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_reads_as_a_sentence() {
        let mut totals = Totals::default();
        totals.segment(Phase::Teardown);
        totals.segment(Phase::Data);
        totals.segment(Phase::Data);
        assert_eq!(totals.to_string(), "3 segments: 2 data, 1 teardown");
        totals.skip(Skip::NotTcp);
        assert_eq!(
            totals.to_string(),
            "3 segments: 2 data, 1 teardown; 1 other frame: 1 not TCP"
        );
        assert_eq!(Totals::default().to_string(), "0 segments");
    }
}
