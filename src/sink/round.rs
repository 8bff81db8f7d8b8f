//! A round over all connections of a run, some at a time.

use std::ops::Range;

/// The numbers of the connections that there were when it began, which may leave before
/// their turn comes.
#[derive(Debug, Clone, Default)]
pub(super) struct Round {
    /// Those that are left; `None` before the first.
    left: Option<Range<u32>>,
}

impl Round {
    /// One that begins now.
    pub(super) const fn new() -> Self {
        Self { left: None }
    }

    pub(super) const fn has_begun(&self) -> bool {
        self.left.is_some()
    }

    pub(super) fn is_done(&self) -> bool {
        self.left.as_ref().is_some_and(Range::is_empty)
    }

    /// The next `most`, of `all` that there are now.
    pub(super) fn next(&mut self, all: &Range<u32>, most: u32) -> Range<u32> {
        let left = self.left.get_or_insert_with(|| all.clone());
        let from = left.start.max(all.start).min(left.end);
        let next = from..from.saturating_add(most).min(left.end);
        left.start = next.end;
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_its_turn_but_those_that_left_before_and_those_that_came_later() {
        let mut round = Round::new();
        assert!(!round.is_done());
        assert_eq!(round.next(&(3..10), 3), 3..6);
        assert_eq!(round.next(&(7..12), 2), 7..9);
        assert_eq!(round.next(&(7..12), 2), 9..10);
        assert!(round.is_done());
        assert_eq!(round.next(&(20..30), 2), 10..10);
    }

    #[test]
    fn where_there_are_none_it_is_done_when_it_has_begun() {
        let mut round = Round::new();
        assert_eq!(round.next(&(0..0), 3), 0..0);
        assert!(round.has_begun() && round.is_done());
    }
}
