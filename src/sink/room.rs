//! A terminal on which something is shown in place: so many lines, none of them folded.

use unicode_width::UnicodeWidthChar;

use crate::sink::text::Text;
use crate::sink::words::Words;
use crate::sink::words::fill::said;

/// What a colour begins with.
const ESCAPE: char = '\x1b';

/// How much a terminal has room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TerminalRoom {
    /// Its lines.
    pub lines: usize,
    /// Its columns.
    pub columns: usize,
}

impl TerminalRoom {
    /// How many lines a terminal takes for some that were [cut](Self) for one as wide or
    /// wider: it folds them when it has become narrower.
    #[must_use]
    pub fn folded(self, octets: &[u8]) -> usize {
        let columns = self.columns.max(1);
        let lines = String::from_utf8_lossy(octets);
        lines
            .lines()
            .map(|line| seen(line).map(|(_, width)| width).sum::<usize>())
            .map(|width| width.div_ceil(columns).max(1))
            .sum()
    }

    /// Writes lines as far as there is room for them, each as far as its own; where some
    /// are left out, the last line says how many.
    pub(super) fn fit(self, all: &[u8], words: &Words, text: &mut Text) {
        let all = String::from_utf8_lossy(all);
        let count = all.lines().count();
        let shown = if count > self.lines {
            self.lines.saturating_sub(1)
        } else {
            count
        };
        for line in all.lines().take(shown) {
            self.line(line, text);
        }
        if shown < count && self.lines > 0 {
            let more = (count - shown) as u64;
            self.line(&said!(words.standing.more_lines, more), text);
        }
    }

    /// A line, cut where the terminal would fold it. Colours take no column, and the one
    /// that is cut ends there.
    fn line(self, line: &str, text: &mut Text) {
        let mut used = 0;
        for (c, width) in seen(line) {
            used += width;
            if used > self.columns {
                break;
            }
            text.str(c.encode_utf8(&mut [0; 4]));
        }
        if line.contains(ESCAPE) {
            text.str("\x1b[0m");
        }
        text.octet(b'\n');
    }
}

/// The characters of a line, and how many columns each takes: none of a colour.
fn seen(line: &str) -> impl Iterator<Item = (char, usize)> {
    let mut is_escape = false;
    line.chars().map(move |c| {
        if c == ESCAPE {
            is_escape = true;
        } else if is_escape {
            is_escape = !c.is_ascii_alphabetic();
            return (c, 0);
        }
        (c, c.width().unwrap_or(0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::words::Lang;

    fn fitted(lines: usize, columns: usize, all: &str) -> String {
        let mut text = Text::default();
        let room = TerminalRoom { lines, columns };
        room.fit(all.as_bytes(), Lang::En.words(), &mut text);
        String::from_utf8(text.octets().to_vec()).unwrap()
    }

    #[test]
    fn what_fits_is_left_as_it_is() {
        assert_eq!(fitted(2, 4, "abcd\n握手\n"), "abcd\n握手\n");
        assert_eq!(fitted(0, 0, ""), "");
    }

    #[test]
    fn lines_are_cut_and_left_out_ones_are_counted() {
        assert_eq!(
            fitted(2, 14, "abcdefghijklmnopq\n2\n3\n"),
            "abcdefghijklmn\n… 2 more lines\n"
        );
        assert_eq!(fitted(1, 3, "握手握"), "握\n");
    }

    #[test]
    fn a_terminal_that_has_become_narrower_folds_what_was_there() {
        let narrow = TerminalRoom {
            lines: 9,
            columns: 3,
        };
        assert_eq!(narrow.folded("abc\n\nabcd\n握手\n".as_bytes()), 6);
        assert_eq!(narrow.folded(b"\x1b[31mabc\x1b[0m\n"), 1);
    }

    #[test]
    fn a_colour_takes_no_column_and_does_not_run_on() {
        assert_eq!(
            fitted(1, 3, "\x1b[31mabcdef\x1b[0m\n"),
            "\x1b[31mabc\x1b[0m\n"
        );
    }
}
