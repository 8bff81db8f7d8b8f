//! A paragraph in the width of a terminal.

use crate::sink::text::Text;
use crate::sink::width;

/// Columns that a line takes at least, however narrow the terminal.
const LEAST: usize = 40;

/// Writes words as lines: the first begins with `first`, the later ones with
/// `later`, none is wider than `width` columns where that is given. A line ends
/// at a space, or before a Chinese character.
pub(super) fn write(words: &[u8], first: &str, later: &str, width: Option<usize>, text: &mut Text) {
    let words = String::from_utf8_lossy(words);
    let limit = width.map_or(usize::MAX, |width| width.max(LEAST));
    let mut used = width::of(first);
    text.str(first);
    let mut space = None;
    for piece in pieces(&words) {
        let shown = piece.trim_end();
        let columns = width::of(shown);
        match space {
            Some(space) if used + width::of(space) + columns > limit => {
                text.octet(b'\n');
                text.str(later);
                used = width::of(later);
            }
            Some(space) => {
                text.str(space);
                used += width::of(space);
            }
            None => {}
        }
        text.str(shown);
        used += columns;
        space = Some(&piece[shown.len()..]);
    }
    text.octet(b'\n');
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
            let breaks = before.is_some_and(|before| may_break(before, c));
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
        _ if closes(c) || c == ' ' || before == '（' => false,
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

    fn wrapped(words: &str, width: Option<usize>) -> String {
        let mut text = Text::default();
        write(words.as_bytes(), "- ", "  ", width, &mut text);
        String::from_utf8(text.octets().to_vec()).unwrap()
    }

    #[test]
    fn a_line_ends_where_the_terminal_does() {
        let words = "ack 1 = the client's ISN 0 + 1: the SYN takes one number";
        assert_eq!(wrapped(words, None), format!("- {words}\n"));
        assert_eq!(
            wrapped(words, Some(40)),
            "- ack 1 = the client's ISN 0 + 1: the\n  SYN takes one number\n"
        );
    }

    #[test]
    fn a_line_of_chinese_ends_between_characters_and_begins_with_no_comma() {
        assert_eq!(
            wrapped("序列号从见到的第一个号的前一个数起因此，此后", Some(40)),
            "- 序列号从见到的第一个号的前一个数起因\n  此，此后\n"
        );
    }
}
