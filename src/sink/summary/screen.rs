//! Lines of a screen: words, folded where it is too narrow, and the command that shows
//! more beside or under them.

use crate::sink::annotation::colour::Colour;
use crate::sink::columns::Columns;
use crate::sink::summary::command::PROMPT;
use crate::sink::text::Text;
use crate::sink::width;
use crate::sink::wrap;

/// Before the further lines of a paragraph, and before a command under words.
const INDENT: &str = "    ";
/// Between words and the command beside them.
const GAP: &str = "   ";

/// Where lines are written.
pub(super) struct Screen<'t> {
    /// Columns; `None` where there is room for all.
    pub(super) width: Option<usize>,
    pub(super) is_coloured: bool,
    pub(super) text: &'t mut Text,
}

impl Screen<'_> {
    /// An empty line, which parts what belongs together from the rest.
    pub(super) fn part(&mut self) {
        self.text.octet(b'\n');
    }

    /// Words.
    pub(super) fn say(&mut self, colour: Colour, words: &str) {
        self.say_with(colour, words, None);
    }

    /// Words, and a command behind them where there is room, or else under them.
    pub(super) fn say_with(&mut self, colour: Colour, words: &str, command: Option<String>) {
        let lines = match self.width {
            None => vec![words],
            Some(width) => wrap::parts(words, width, width.saturating_sub(INDENT.len())),
        };
        let mut used = 0;
        for (nth, line) in lines.into_iter().enumerate() {
            let indent = if nth > 0 { INDENT } else { "" };
            if nth > 0 {
                self.text.octet(b'\n');
            }
            self.text.str(indent);
            self.paint(colour, line);
            used = indent.len() + width::of(line);
        }
        if let Some(command) = command {
            let needed = used + GAP.len() + PROMPT.len() + width::of(&command);
            if self.width.is_some_and(|width| needed > width) {
                self.text.octet(b'\n');
                self.text.str(INDENT);
            } else {
                self.text.str(GAP);
            }
            self.text.str(PROMPT);
            self.paint(Colour::DIM, &command);
        }
        self.text.octet(b'\n');
    }

    /// Whether a table fits.
    pub(super) fn fits(&self, table: &Columns) -> bool {
        self.width.is_none_or(|width| table.width() <= width)
    }

    fn paint(&mut self, colour: Colour, words: &str) {
        let colour = colour.only_if(self.is_coloured);
        colour.begin(self.text);
        self.text.str(words);
        colour.end(self.text);
    }
}
