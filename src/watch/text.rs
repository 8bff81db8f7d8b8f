//! Texts put into a terminal's columns.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

/// Stands for what was cut off.
const CUT: &str = "…";

/// How many columns of the terminal a text takes.
pub fn width(text: &str) -> u16 {
    u16::try_from(Span::raw(text).width()).unwrap_or(u16::MAX)
}

/// A text, cut at its end where it is wider.
pub fn cut(text: &str, most: u16) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut kept = fitting(text.chars(), most);
    if most > 0 {
        kept.push_str(CUT);
    }
    kept
}

/// The same, cut at its beginning.
pub fn cut_front(text: &str, most: u16) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let backwards = fitting(text.chars().rev(), most);
    let kept: String = backwards.chars().rev().collect();
    if most > 0 {
        CUT.to_owned() + &kept
    } else {
        kept
    }
}

/// The first characters that leave room for what stands for the others.
fn fitting(characters: impl Iterator<Item = char>, most: u16) -> String {
    let mut kept = String::new();
    let mut left = most.saturating_sub(width(CUT));
    for character in characters {
        let taken = width(character.encode_utf8(&mut [0; 4]));
        if taken > left {
            break;
        }
        left -= taken;
        kept.push(character);
    }
    kept
}

/// Puts a text at a place of a line, as far as the line goes; how many columns it took.
pub fn put(buffer: &mut Buffer, line: Rect, left: u16, text: &str, style: Style) -> u16 {
    let room = line.width.saturating_sub(left);
    if room == 0 || line.height == 0 {
        return 0;
    }
    let text = cut(text, room);
    let (right, _) = buffer.set_stringn(line.x + left, line.y, &text, room.into(), style);
    right - line.x - left
}

/// Puts a text at the end of a line.
pub fn put_right(buffer: &mut Buffer, line: Rect, text: &str, style: Style) {
    let left = line.width.saturating_sub(width(text));
    put(buffer, line, left, text, style);
}

/// Puts texts of different looks behind each other; where they end.
pub fn put_all(buffer: &mut Buffer, line: Rect, left: u16, texts: &[(String, Style)]) -> u16 {
    let ends = |at: u16, (text, style): &(String, Style)| at + put(buffer, line, at, text, *style);
    texts.iter().fold(left, ends)
}

/// A line of an area, counted from its top; empty where it has none.
pub fn line(area: Rect, nth: u16) -> Rect {
    Rect {
        y: area.y.saturating_add(nth),
        height: u16::from(nth < area.height),
        ..area
    }
}

/// A text in lines of so many columns, broken between words where there are any.
pub fn wrapped(text: &str, most: u16) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_inclusive(' ') {
        let mut rest = word;
        while !rest.is_empty() {
            let last = lines.last_mut().map_or(0, |line| width(line));
            if last + width(rest.trim_end()) <= most {
                append(&mut lines, rest);
                break;
            }
            if last > 0 && width(rest.trim_end()) <= most {
                lines.push(String::new());
                continue;
            }
            // A word that is longer than a line, as any sentence in Chinese is.
            let piece = fitting(rest.chars(), most.saturating_sub(last).saturating_add(1));
            if piece.is_empty() && last == 0 {
                return lines;
            }
            rest = &rest[piece.len()..];
            append(&mut lines, &piece);
            lines.push(String::new());
        }
    }
    // A space at the end would be cut off as if it were more.
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines
}

fn append(lines: &mut [String], text: &str) {
    if let Some(last) = lines.last_mut() {
        last.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_it_is_too_wide() {
        assert_eq!(cut("server's window", 8), "server'…");
        assert_eq!(cut("server", 6), "server");
        assert_eq!(cut("服务器窗口", 7), "服务器…");
        assert_eq!(cut_front("192.168.0.200:52345", 12), "…0.200:52345");
        assert_eq!(
            (cut("ab", 0), cut_front("ab", 1)),
            (String::new(), "…".to_owned())
        );
    }

    #[test]
    fn a_text_is_broken_between_words_and_within_one_that_is_too_long() {
        assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
        assert_eq!(wrapped("服务器窗口", 4), ["服务", "器窗", "口"]);
        assert_eq!(wrapped("abcdef", 4), ["abcd", "ef"]);
        assert_eq!(wrapped("", 4), [""]);
        for most in 0..3 {
            wrapped("握手 three", most);
        }
    }
}
