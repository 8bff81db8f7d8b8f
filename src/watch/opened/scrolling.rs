//! Where in its lines a tab is looked at.

/// A place among lines, numbered as they came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scrolling {
    /// The line at the top; at the end, and following that, where there is none.
    top: Option<u64>,
    /// Columns that are left of what is seen.
    pub left: u16,
}

/// How far to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// Up by lines.
    Up(u64),
    /// Down by lines.
    Down(u64),
    /// To the first.
    Begin,
    /// To the last.
    End,
}

/// The lines that there are, and how many are seen at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ScrollExtent {
    /// The first.
    pub first: u64,
    /// Behind the last.
    pub end: u64,
    /// How many are seen.
    pub height: u64,
}

impl ScrollExtent {
    /// The line at the top where the last is seen.
    fn last_top(self) -> u64 {
        self.end.saturating_sub(self.height).max(self.first)
    }
}

impl Scrolling {
    /// At the first line.
    pub const BEGIN: Self = Self {
        top: Some(0),
        left: 0,
    };
    /// At the last one, and following it.
    pub const END: Self = Self { top: None, left: 0 };

    /// The line at the top.
    pub fn top(self, extent: ScrollExtent) -> u64 {
        let last = extent.last_top();
        self.top.map_or(last, |top| top.clamp(extent.first, last))
    }

    /// Whether it follows what comes.
    pub const fn follows(self) -> bool {
        self.top.is_none()
    }

    /// Goes somewhere; who comes to the end of what grows follows it.
    pub fn go(&mut self, to: Move, extent: ScrollExtent, grows: bool) {
        let top = self.top(extent);
        let last = extent.last_top();
        let top = match to {
            Move::Up(lines) => top.saturating_sub(lines).max(extent.first),
            Move::Down(lines) => top.saturating_add(lines).min(last),
            Move::Begin => extent.first,
            Move::End => last,
        };
        let is_down = matches!(to, Move::Down(_) | Move::End);
        self.top = (!grows || !is_down || top < last).then_some(top);
    }

    /// Shows a line, in the upper third where it is not seen yet.
    pub fn show(&mut self, line: u64, extent: ScrollExtent) {
        let top = self.top(extent);
        if !(top..top + extent.height).contains(&line) {
            self.top = Some(line.saturating_sub(extent.height / 3));
        } else if self.top.is_none() {
            self.top = Some(top);
        }
    }

    /// Goes left or right by columns.
    pub fn aside(&mut self, columns: i16) {
        self.left = self.left.saturating_add_signed(columns);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEN_OF_HUNDRED: ScrollExtent = ScrollExtent {
        first: 0,
        end: 100,
        height: 10,
    };

    #[test]
    fn who_comes_to_the_end_of_what_grows_follows_it() {
        let mut at = Scrolling::BEGIN;
        at.go(Move::Down(89), TEN_OF_HUNDRED, true);
        assert!(!at.follows());
        at.go(Move::Down(1), TEN_OF_HUNDRED, true);
        assert!(at.follows());
        let grown = ScrollExtent {
            end: 150,
            ..TEN_OF_HUNDRED
        };
        assert_eq!(at.top(grown), 140);
        at.go(Move::Up(1), grown, true);
        assert_eq!((at.top(grown), at.follows()), (139, false));
    }

    #[test]
    fn what_does_not_grow_stays_where_it_is() {
        let mut at = Scrolling::BEGIN;
        at.go(Move::End, TEN_OF_HUNDRED, false);
        assert_eq!((at.top(TEN_OF_HUNDRED), at.follows()), (90, false));
    }

    #[test]
    fn a_place_among_lines_that_were_given_up_is_the_first_that_is_left() {
        let at = Scrolling::BEGIN;
        let later = ScrollExtent {
            first: 40,
            ..TEN_OF_HUNDRED
        };
        assert_eq!(at.top(later), 40);
    }
}
