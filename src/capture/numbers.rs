//! The numbers of frames.

use std::num::NonZeroU64;

/// Which frames of a file have a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Numbered {
    /// Every one, as in Wireshark.
    #[default]
    Every,
    /// Those that pass the filter, as with tcpdump's `-#`: the numbers that they
    /// have in a file of their own.
    Passed,
}

/// The numbers a source gives its frames: 1, 2, 3, over all files of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameNumbers {
    next: NonZeroU64,
    numbered: Numbered,
    /// Frames without a number.
    unnumbered: u64,
}

impl Default for FrameNumbers {
    fn default() -> Self {
        Self::of(Numbered::default())
    }
}

impl FrameNumbers {
    /// Numbers for these frames, from 1.
    #[must_use]
    pub const fn of(numbered: Numbered) -> Self {
        Self {
            next: NonZeroU64::MIN,
            numbered,
            unnumbered: 0,
        }
    }

    /// The same numbers, from `next`.
    #[must_use]
    pub const fn from(self, next: NonZeroU64) -> Self {
        Self { next, ..self }
    }

    /// How many frames there have been, with a number or without.
    #[must_use]
    pub const fn frames(&self) -> u64 {
        self.next.get() - 1 + self.unnumbered
    }

    /// The number of a frame that passed the filter.
    #[inline]
    pub const fn take(&mut self) -> NonZeroU64 {
        let number = self.next;
        self.next = number.saturating_add(1);
        number
    }

    /// Counts a frame that did not.
    #[inline]
    pub const fn pass_over(&mut self) {
        match self.numbered {
            Numbered::Every => self.next = self.next.saturating_add(1),
            Numbered::Passed => self.unnumbered += 1,
        }
    }
}
