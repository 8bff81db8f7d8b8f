//! Searching in lines: what is typed, and where it stands.

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::watch::opened::sgr;

/// What is searched for.
#[derive(Debug, Default)]
pub struct Search {
    /// What is being typed.
    pub typed: Option<String>,
    /// What is searched for; empty where nothing is.
    pattern: String,
    /// The line where it was found last.
    pub at: Option<u64>,
}

impl Search {
    /// Searches for what was typed; nothing new where that is nothing.
    pub fn begin(&mut self) {
        let typed = self.typed.take().unwrap_or_default();
        if !typed.is_empty() {
            self.pattern = typed;
        }
        self.at = None;
    }

    /// What is searched for.
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Searches for nothing any more; whether it did.
    pub fn clear(&mut self) -> bool {
        self.at = None;
        !std::mem::take(&mut self.pattern).is_empty()
    }

    /// The first of these lines in which it stands.
    pub fn find<L: AsRef<str>>(&self, mut lines: impl Iterator<Item = (u64, L)>) -> Option<u64> {
        let is_in = |line: &str| !self.places(&sgr::plain(line)).is_empty();
        let found = lines.find(|(_, line)| is_in(line.as_ref()));
        found.map(|(number, _)| number)
    }

    /// Where it stands in a line: capital letters count where it has any.
    fn places(&self, line: &str) -> Vec<(usize, usize)> {
        let pattern = self.pattern.as_str();
        if pattern.is_empty() {
            return Vec::new();
        }
        let found = |line: &str, pattern: &str| {
            let all = line.match_indices(pattern);
            all.map(|(at, found)| (at, at + found.len())).collect()
        };
        if pattern.bytes().any(|octet| octet.is_ascii_uppercase()) {
            found(line, pattern)
        } else {
            // Octets keep their places.
            found(&line.to_ascii_lowercase(), pattern)
        }
    }

    /// A line for the screen, where what is searched for stands out.
    pub fn marked(&self, line: &str) -> Line<'static> {
        let places = self.places(&sgr::plain(line));
        let mut at = 0;
        let mut spans = Vec::new();
        for (style, piece) in sgr::pieces(line) {
            split(piece, at, style, &places, &mut spans);
            at += piece.len();
        }
        Line::from(spans)
    }
}

/// Splits a piece of a line, which begins at an octet, where marked places begin and end.
fn split(
    piece: &str,
    begin: usize,
    style: Style,
    places: &[(usize, usize)],
    spans: &mut Vec<Span<'static>>,
) {
    let end = begin + piece.len();
    let mut cuts = vec![begin, end];
    for (from, to) in places {
        cuts.extend([*from, *to].map(|at| at.clamp(begin, end)));
    }
    cuts.sort_unstable();
    for pair in cuts.windows(2).filter(|pair| pair[0] < pair[1]) {
        let is_marked = places
            .iter()
            .any(|(from, to)| *from <= pair[0] && pair[1] <= *to);
        let style = if is_marked {
            style.add_modifier(Modifier::REVERSED)
        } else {
            style
        };
        let text = piece.get(pair[0] - begin..pair[1] - begin);
        spans.push(Span::styled(text.unwrap_or_default().to_owned(), style));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn searching(pattern: &str) -> Search {
        let mut search = Search {
            typed: Some(pattern.to_owned()),
            ..Search::default()
        };
        search.begin();
        search
    }

    #[test]
    fn what_is_searched_for_stands_out_across_colours() {
        let line = searching("ack 7").marked("S \x1b[2mAc\x1b[0mk 7, ack 8");
        let marked = |span: &&Span<'_>| span.style.add_modifier.contains(Modifier::REVERSED);
        let found: Vec<_> = line.spans.iter().filter(marked).collect();
        let found: String = found.iter().map(|span| &*span.content).collect();
        assert_eq!(found, "Ack 7");
        let all: String = line.spans.iter().map(|span| &*span.content).collect();
        assert_eq!(all, "S Ack 7, ack 8");
    }

    #[test]
    fn capital_letters_count_where_there_are_any() {
        let lines = || [(3, "a fin"), (4, "a FIN")].into_iter();
        assert_eq!(searching("fin").find(lines()), Some(3));
        assert_eq!(searching("FIN").find(lines()), Some(4));
        assert_eq!(searching("rst").find(lines()), None);
    }
}
