//! Which row of a table is selected, and which stands at the top. The selection follows
//! what it is on, and that keeps its place on the screen while rows come and go.

/// A selection in a table of rows that are each known by a `T`.
#[derive(Debug, Clone)]
pub struct Cursor<T> {
    /// What is selected; `None` is the first row, whichever that is.
    selected: Option<T>,
    place: usize,
    top: usize,
}

impl<T> Default for Cursor<T> {
    fn default() -> Self {
        Self {
            selected: None,
            place: 0,
            top: 0,
        }
    }
}

/// Where to move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CursorMove {
    /// So many rows up, or down.
    By(isize),
    /// So many pages.
    Pages(isize),
    /// To the first row, and stay there.
    First,
    /// To the last row.
    Last,
    /// To a place.
    To(usize),
}

impl<T> Cursor<T> {
    /// What is selected.
    pub const fn selected(&self) -> Option<&T> {
        self.selected.as_ref()
    }

    /// The place of the row that is selected.
    pub const fn place(&self) -> usize {
        self.place
    }

    /// The place of the row at the top.
    pub const fn top(&self) -> usize {
        self.top
    }

    /// Goes back to the first row.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Takes that rows have come, gone or moved: where the selected one is now.
    pub fn settle(&mut self, place: Option<usize>, count: usize, height: usize) {
        let line = self.place - self.top.min(self.place);
        match (&self.selected, place) {
            (None, _) => {
                self.place = 0;
                self.top = 0;
            }
            (Some(_), Some(place)) => {
                self.place = place;
                self.top = place.saturating_sub(line);
            }
            // It is gone: what stands there now is selected next.
            (Some(_), None) => {}
        }
        self.clamp(count, height);
    }

    /// Moves among so many rows, of which so many are shown; the place that is to be
    /// [taken](Self::take).
    pub fn go(&mut self, to: CursorMove, count: usize, height: usize) -> Option<usize> {
        let page = height.saturating_sub(1).max(1);
        let last = count.saturating_sub(1);
        let by = |steps: isize| self.place.saturating_add_signed(steps).min(last);
        self.place = match to {
            CursorMove::By(rows) => by(rows),
            CursorMove::Pages(pages) => by(pages.saturating_mul(page.cast_signed())),
            CursorMove::First => {
                self.reset();
                return None;
            }
            CursorMove::Last => last,
            CursorMove::To(place) => place.min(last),
        };
        self.clamp(count, height);
        (count > 0).then_some(self.place)
    }

    /// Selects what stands at its place.
    pub fn take(&mut self, what: Option<T>) {
        self.selected = what;
    }

    /// Moves what is shown by so many rows; the place that is to be [taken](Self::take),
    /// where the selected row would be out of sight.
    pub fn scroll(&mut self, by: isize, count: usize, height: usize) -> Option<usize> {
        let most = count.saturating_sub(height);
        self.top = self.top.saturating_add_signed(by).min(most);
        let last = (self.top + height.max(1) - 1).min(count.saturating_sub(1));
        let place = self.place.clamp(self.top.min(last), last);
        let has_moved = place != self.place || self.selected.is_none() && self.top > 0;
        self.place = place;
        (has_moved && count > 0).then_some(place)
    }

    fn clamp(&mut self, count: usize, height: usize) {
        let height = height.max(1);
        self.place = self.place.min(count.saturating_sub(1));
        let highest = self.place.saturating_sub(height - 1);
        self.top = self.top.clamp(highest, self.place.max(highest));
        self.top = self.top.min(count.saturating_sub(height)).max(highest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selection_follows_its_row_and_keeps_its_line() {
        let mut cursor = Cursor::default();
        let place = cursor.go(CursorMove::By(5), 100, 10);
        cursor.take(place);
        // Three rows came above it.
        cursor.settle(Some(8), 103, 10);
        assert_eq!((cursor.place(), cursor.top()), (8, 3));
        // It is gone, and rows are few.
        cursor.settle(None, 4, 10);
        assert_eq!((cursor.place(), cursor.top()), (3, 0));
    }

    #[test]
    fn nothing_selected_stays_at_the_first_row() {
        let mut cursor = Cursor::<u32>::default();
        cursor.settle(None, 50, 10);
        assert_eq!((cursor.place(), cursor.top()), (0, 0));
        assert_eq!(cursor.go(CursorMove::Last, 50, 10), Some(49));
        assert_eq!(cursor.top(), 40);
        assert_eq!(cursor.go(CursorMove::First, 50, 10), None);
        assert_eq!((cursor.place(), cursor.top()), (0, 0));
    }

    #[test]
    fn the_wheel_takes_the_selection_along_only_where_it_would_be_out_of_sight() {
        let mut cursor = Cursor::default();
        let place = cursor.go(CursorMove::To(4), 50, 10);
        cursor.take(place);
        assert_eq!(cursor.scroll(3, 50, 10), None);
        assert_eq!(cursor.scroll(3, 50, 10), Some(6));
        assert_eq!((cursor.top(), cursor.place()), (6, 6));
        assert_eq!(cursor.scroll(-9, 50, 10), None);
        assert_eq!(cursor.scroll(100, 50, 10), Some(40));
    }

    #[test]
    fn nothing_can_be_selected_of_nothing() {
        for height in 0..3 {
            let mut cursor = Cursor::<u32>::default();
            assert_eq!(cursor.go(CursorMove::Last, 0, height), None);
            assert_eq!(cursor.go(CursorMove::Pages(-1), 0, height), None);
            assert_eq!(cursor.scroll(3, 0, height), None);
            cursor.settle(Some(7), 0, height);
            assert_eq!((cursor.place(), cursor.top()), (0, 0));
        }
    }
}
