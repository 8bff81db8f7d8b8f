//! Where texts stand in a graph, so that none stands on another.

use crate::sink::width;

/// The rows of a graph, and which columns of each have a text.
#[derive(Debug, Default)]
pub(super) struct Labels {
    taken: Vec<(usize, f64, f64)>,
}

impl Labels {
    /// Takes a row near the one that is wished for a text whose middle stands at a column;
    /// `None` where there is no room.
    pub(super) fn place(
        &mut self,
        text: &str,
        middle: f64,
        row: usize,
        (left, right): (f64, f64),
    ) -> Option<(f64, usize)> {
        #[expect(clippy::cast_precision_loss, reason = "a text's width")]
        let width = width::of(text) as f64;
        let begin = (middle - width / 2.0).clamp(left, (right - width).max(left));
        let rows = [row, row.saturating_sub(1), row.saturating_sub(2)];
        let is_free = |row: &usize| {
            let beside = |&(other, from, to): &(usize, f64, f64)| {
                other != *row || begin > to || begin + width < from
            };
            self.taken.iter().all(beside)
        };
        let row = rows.into_iter().find(is_free)?;
        self.taken.push((row, begin, begin + width));
        Some((begin, row))
    }
}
