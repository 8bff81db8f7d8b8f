//! A paragraph in the width of a terminal.

use crate::sink::width;

/// Columns that a line may take at least, however narrow the terminal.
const LEAST: usize = 30;

/// Words as lines, none wider than `width` columns where that is given. A line
/// ends at a space, or before a Chinese character.
pub(super) fn lines(words: &str, width: Option<usize>) -> Vec<&str> {
    let limit = width.map_or(usize::MAX, |width| width.max(LEAST));
    let mut lines = Vec::new();
    let (mut start, mut end, mut used) = (0, 0, 0);
    for piece in pieces(words) {
        let columns = width::of(piece.trim_end());
        if used > 0 && used + columns > limit {
            lines.push(words[start..end].trim_end());
            (start, used) = (end, 0);
        }
        used += width::of(piece);
        end += piece.len();
    }
    lines.push(&words[start..]);
    lines
}

/// The pieces between which a line may end.
fn pieces(words: &str) -> impl Iterator<Item = &str> {
    let mut rest = words;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut before = None;
        let end = rest.char_indices().find_map(|(at, c)| {
            let breaks =
                before.is_some_and(|before| may_break(before, c)) && !rest[..at].ends_with("RFC ");
            before = Some(c);
            breaks.then_some(at)
        });
        let (piece, behind) = rest.split_at(end.unwrap_or(rest.len()));
        rest = behind;
        Some(piece)
    })
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
    fn a_line_of_chinese_ends_between_characters_and_begins_with_no_comma() {
        assert_eq!(
            lines("序列号从见到的第一个号的前一个数起因此，此后", Some(38)),
            ["序列号从见到的第一个号的前一个数起因", "此，此后"]
        );
    }
}
