//! How often a server fell silent and then said more, though nothing was asked meanwhile:
//! an answer in parts, or news that it tells by itself. What comes next shows neither.

use crate::time::Span;

/// The shortest such pause that counts, nanoseconds: an answer in parts seldom stands
/// still for so long.
const SHORTEST: i64 = 1_000_000_000;

/// The pauses of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pauses {
    /// How many were a second or longer.
    pub count: u32,
    /// How long these were together.
    pub time: Span,
}

impl Pauses {
    /// Takes a pause of so many nanoseconds.
    #[inline]
    pub(super) fn take(&mut self, lasted: i64) {
        if lasted >= SHORTEST {
            self.count = self.count.saturating_add(1);
            self.time = Span(self.time.0.saturating_add(lasted));
        }
    }
}
