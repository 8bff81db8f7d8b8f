//! The numbers of frames.

use std::num::NonZeroU64;

/// The numbers a source gives its frames: 1, 2, 3, unless told where to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameNumbers {
    next: NonZeroU64,
}

impl Default for FrameNumbers {
    fn default() -> Self {
        Self {
            next: NonZeroU64::MIN,
        }
    }
}

impl FrameNumbers {
    /// Goes on with `next`.
    pub const fn go_on_from(&mut self, next: NonZeroU64) {
        self.next = next;
    }

    /// The number of the next frame.
    #[inline]
    pub const fn take(&mut self) -> NonZeroU64 {
        let number = self.next;
        self.next = number.saturating_add(1);
        number
    }
}
