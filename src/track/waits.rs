//! How long an end waited each time before it sent something again.

use crate::time::Span;

/// How long an end waited each time before it sent something again: the first
/// six waits, to a millisecond, 65.535 s at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Waits {
    milliseconds: [u16; 6],
    /// How many there were, those that are not kept too.
    count: u8,
}

/// Nanoseconds in a millisecond.
const MILLISECOND: i64 = 1_000_000;

impl Waits {
    /// Adds the wait that ended `since_first` after the first transmission.
    pub(super) fn end_at(&mut self, since_first: Span) {
        let before: i64 = self.iter().map(|wait| wait.0).sum();
        let wait = since_first
            .0
            .saturating_sub(before)
            .saturating_add(MILLISECOND / 2);
        let milliseconds = (wait / MILLISECOND).clamp(0, i64::from(u16::MAX));
        if let Some(place) = self.milliseconds.get_mut(usize::from(self.count)) {
            *place = u16::try_from(milliseconds).unwrap_or(u16::MAX);
        }
        self.count = self.count.saturating_add(1);
    }

    /// Whether there were more than are kept.
    #[must_use]
    pub const fn has_more(&self) -> bool {
        self.count as usize > self.milliseconds.len()
    }

    /// The waits, in order.
    pub fn iter(&self) -> impl Iterator<Item = Span> {
        let waits = self.milliseconds.iter().take(self.count.into());
        waits.map(|&wait| Span(i64::from(wait) * MILLISECOND))
    }
}
