//! The times of a run's frames: whether they stand in order, and whether the
//! capturing clock was set.
//!
//! A frame with an earlier time than the one before it came to the file late, or the
//! clock was set back. It was late where others go on behind the latest time, or
//! where what it brings had been acknowledged by what stands before it.

use crate::time::{Span, Timestamp};

/// A longer silence may be a clock that was set forward, in nanoseconds.
pub(super) const LONG: i64 = 5_000_000_000;
/// How far a frame may be late that passed another one on its way through the
/// capturing host, in nanoseconds.
const LATE: i64 = 10_000_000;
/// After how many frames a clock was set back that no frame says otherwise of.
const DOUBT: u8 = 8;

/// The times of a run's frames.
#[derive(Debug, Default)]
pub(super) struct CaptureClock {
    /// The latest time but for what the clock was set to since.
    high: Timestamp,
    has_begun: bool,
    /// How many frames stand behind a step back that is not understood yet.
    doubt: u8,
    /// Frames that stood behind later ones.
    pub(super) reordered: u64,
    /// How often it was set.
    pub(super) steps: u64,
}

impl CaptureClock {
    /// Takes the time of a frame that is earlier than that of the one before, `previous`.
    /// Frames of several interfaces are handed over in batches: only those of the same
    /// one may tell of the clock.
    #[cold]
    pub(super) fn goes_back(
        &mut self,
        time: Timestamp,
        previous: Timestamp,
        is_same_interface: bool,
    ) {
        if !self.has_begun {
            (self.high, self.has_begun) = (previous, true);
        } else if self.doubt == 0 {
            self.high = self.high.max(previous);
        }
        if (previous - time).0 > LATE && self.doubt == 0 && is_same_interface {
            self.doubt = 1;
        } else {
            self.reordered += 1;
        }
    }

    /// Whether a step back is not understood yet.
    #[inline]
    pub(super) const fn is_in_doubt(&self) -> bool {
        self.doubt > 0
    }

    /// Takes a frame behind a step back.
    pub(super) fn clears_up(&mut self, time: Timestamp, is_late: bool) {
        let goes_on = time - self.high >= Span(0);
        if is_late || goes_on {
            self.reordered += u64::from(self.doubt);
            self.doubt = 0;
        } else if self.doubt < DOUBT {
            self.doubt += 1;
        } else {
            self.is_set();
        }
    }

    /// The clock was set.
    pub(super) fn is_set(&mut self) {
        self.steps += 1;
        self.doubt = 0;
        self.has_begun = false;
    }

    /// What is known at the end: reordered frames, and steps.
    pub(super) const fn at_end(&self) -> (u64, u64) {
        // A single frame behind it is more likely late.
        match self.doubt {
            0 => (self.reordered, self.steps),
            1 => (self.reordered + 1, self.steps),
            _ => (self.reordered, self.steps + 1),
        }
    }
}
