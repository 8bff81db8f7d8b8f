//! What is said, in the columns of a terminal.

use crate::sink::annotation::colour::Colour;
use crate::sink::text::Text;
use crate::sink::{width, wrap};

/// What every line of an annotation begins with.
pub(super) const MARK: &str = "  #";

/// Columns that further lines need behind where they are to begin; where there
/// are fewer, they begin further left.
const LEAST_ROOM: usize = 40;
/// Columns from the beginning of a line to a further one's words, then.
const LEAST_HANG: usize = 7;

/// How something is said.
pub(super) struct Folded<'a> {
    /// What the first line begins with, in no colour: [`MARK`], or more.
    pub(super) mark: &'a str,
    /// Columns in front of the words of further lines.
    pub(super) hang: usize,
    /// Columns of the terminal; `None` where one line has room for all.
    pub(super) width: Option<usize>,
    pub(super) colour: Colour,
}

impl Folded<'_> {
    /// Writes `words`, in as many lines as they need.
    pub(super) fn write(&self, words: &str, text: &mut Text) {
        let Some(width) = self.width else {
            text.str(self.mark);
            return self.finish(words, text);
        };
        let hang = if self.hang + LEAST_ROOM > width {
            LEAST_HANG
        } else {
            self.hang
        };
        let room = |columns: usize| width.saturating_sub(columns);
        let lines = wrap::parts(words, room(width::of(self.mark)), room(hang));
        for (nth, line) in lines.into_iter().enumerate() {
            if nth == 0 {
                text.str(self.mark);
            } else {
                text.str(MARK);
                for _ in MARK.len()..hang {
                    text.octet(b' ');
                }
            }
            self.finish(line, text);
        }
    }

    fn finish(&self, line: &str, text: &mut Text) {
        self.colour.begin(text);
        text.str(line);
        self.colour.end(text);
        text.octet(b'\n');
    }
}
