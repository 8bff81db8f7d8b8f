//! A paragraph in the width of a terminal, and an annotation.

use crate::sink::width;

/// Columns that a line may take at least, however narrow the terminal.
const LEAST: usize = 30;

/// Words as lines, none wider than `width` columns where that is given. A line
/// ends at a space, or before a Chinese character.
pub(super) fn lines(words: &str, width: Option<usize>) -> Vec<&str> {
    let limit = width.map_or(usize::MAX, |width| width.max(LEAST));
    let mut lines = Paragraph::new(words, limit, limit);
    lines.pack(words, WORD);
    lines.finish()
}

/// Words as lines of at most `first` and then `later` columns. A line ends where
/// one thing that is said ends, at a gap or a semicolon, where that can be, or
/// else at a comma, or else at a word.
pub(super) fn parts(words: &str, first: usize, later: usize) -> Vec<&str> {
    let mut lines = Paragraph::new(words, first.max(LEAST), later.max(LEAST));
    lines.pack(words, PART);
    lines.finish()
}

/// Where words may be parted: what stands before, and the next character.
type Breaks = fn(&str, char) -> bool;

/// From where it is best to where it is worst.
const BREAKS: [Breaks; 3] = [ends_part, ends_clause, ends_word];
const PART: usize = 0;
const WORD: usize = 2;

/// Paragraph under construction.
struct Paragraph<'w> {
    words: &'w str,
    lines: Vec<&'w str>,
    /// Columns of this line, and of every other one.
    room: usize,
    later: usize,
    /// Where in the words this line begins and ends, and the columns between.
    start: usize,
    end: usize,
    used: usize,
}

impl<'w> Paragraph<'w> {
    const fn new(words: &'w str, first: usize, later: usize) -> Self {
        Self {
            words,
            lines: Vec::new(),
            room: first,
            later,
            start: 0,
            end: 0,
            used: 0,
        }
    }

    /// Takes the pieces of `words`, each on a line of its own where it does not
    /// fit into this one, and taken apart where it fits into none.
    fn pack(&mut self, words: &str, breaks: usize) {
        for piece in pieces(words, BREAKS[breaks]) {
            let fits = self.used + width::of(piece.trim_end()) <= self.room;
            if !fits && breaks < WORD && width::of(piece.trim()) > self.later {
                self.pack(piece, breaks + 1);
                continue;
            }
            if !fits && self.used > 0 {
                self.lines.push(self.words[self.start..self.end].trim_end());
                (self.start, self.used, self.room) = (self.end, 0, self.later);
            }
            self.used += width::of(piece);
            self.end += piece.len();
        }
    }

    fn finish(mut self) -> Vec<&'w str> {
        self.lines.push(&self.words[self.start..]);
        self.lines
    }
}

/// The pieces between which a line may end.
fn pieces(words: &str, breaks: Breaks) -> impl Iterator<Item = &str> {
    let mut rest = words;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut places = rest.char_indices().skip(1);
        let end = places.find_map(|(at, c)| breaks(&rest[..at], c).then_some(at));
        let (piece, behind) = rest.split_at(end.unwrap_or(rest.len()));
        rest = behind;
        Some(piece)
    })
}

/// At a gap of two spaces or more, or a semicolon.
fn ends_part(before: &str, c: char) -> bool {
    c != ' ' && ["  ", "; ", "；"].iter().any(|end| before.ends_with(end))
}

fn ends_clause(before: &str, c: char) -> bool {
    let is_comma = [", ", "，", "、"].iter().any(|end| before.ends_with(end));
    c != ' ' && is_comma || ends_part(before, c)
}

fn ends_word(before: &str, c: char) -> bool {
    let last = before.chars().next_back();
    last.is_some_and(|last| may_break(last, c)) && !before.ends_with("RFC ")
}

fn may_break(before: char, c: char) -> bool {
    let closes = |c| "，。；：、）".contains(c);
    match (is_wide(before), is_wide(c)) {
        // The number of a section stays with its RFC.
        _ if closes(c) || matches!(c, ' ' | '§') || before == '（' => false,
        (false, false) => before == ' ',
        _ => true,
    }
}

/// Chinese characters and the marks that go with them.
const fn is_wide(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ff60}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_where_the_terminal_does() {
        let words = "ack 1 = the client's ISN 0 + 1: the SYN takes one number";
        assert_eq!(lines(words, None), [words]);
        assert_eq!(
            lines(words, Some(38)),
            [
                "ack 1 = the client's ISN 0 + 1: the",
                "SYN takes one number"
            ]
        );
    }

    #[test]
    fn a_line_ends_where_one_thing_ends_if_it_can() {
        let words = "data 4 bytes  seq 1:5 (101:105)  ack 1 (301)  client A → B, server C → D; x";
        let lines = |first, later| parts(words, first, later);
        assert_eq!(lines(80, 30), [words]);
        assert_eq!(
            lines(47, 40),
            [
                "data 4 bytes  seq 1:5 (101:105)  ack 1 (301)",
                "client A → B, server C → D; x"
            ]
        );
        let long = "seq 1  client SYN-SENT → ESTABLISHED, server SYN-RECEIVED → ESTABLISHED; x";
        assert_eq!(
            parts(long, 40, 38),
            [
                "seq 1  client SYN-SENT → ESTABLISHED,",
                "server SYN-RECEIVED → ESTABLISHED; x"
            ]
        );
        assert_eq!(
            parts(long, 30, 30),
            [
                "seq 1",
                "client SYN-SENT → ESTABLISHED,",
                "server SYN-RECEIVED →",
                "ESTABLISHED; x"
            ]
        );
    }

    #[test]
    fn a_line_of_chinese_ends_between_characters_and_begins_with_no_comma() {
        assert_eq!(
            lines("序列号从见到的第一个号的前一个数起因此，此后", Some(38)),
            ["序列号从见到的第一个号的前一个数起因", "此，此后"]
        );
    }
}
