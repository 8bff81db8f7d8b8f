//! What a connection's time was spent on, one after the other.

use crate::track::time_spent::waited::Waited;

/// The most that are kept.
const MOST: usize = 20_000;

/// Stretches of time in order; of too many the short ones go.
#[derive(Debug, Clone, Default)]
pub(super) struct Course {
    list: Vec<Waited>,
    /// Nanoseconds; what is shorter is left out.
    least: i64,
}

impl Course {
    /// One more.
    pub(super) fn add(&mut self, wait: Waited) {
        while self.list.len() >= MOST {
            self.least = self.least.max(1) * 2;
            self.list.retain(|wait| wait.length.0 >= self.least);
        }
        if wait.length.0 >= self.least {
            self.list.push(wait);
        }
    }

    /// All.
    pub(super) fn into_list(self) -> Vec<Waited> {
        self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;
    use crate::track::time_spent::cause::TimeCause;

    #[test]
    fn of_too_many_the_short_ones_go() {
        let mut course = Course::default();
        for nth in 0..100_000 {
            course.add(Waited {
                cause: TimeCause::Path,
                begin: Span(nth),
                length: Span(if nth == 3 { 1_000_000 } else { 5 }),
                frames: (None, None),
            });
        }
        let list = course.into_list();
        assert!(list.len() <= MOST);
        assert!(list.iter().any(|wait| wait.length.0 == 1_000_000));
    }
}
