//! How many columns of a terminal a text takes.

use unicode_width::UnicodeWidthStr;

/// Columns of a text.
pub(super) fn of(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.width()
    }
}

/// Columns of a text in octets, an octet that is not UTF-8 as one.
pub(super) fn of_octets(text: &[u8]) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    let chunks = text.utf8_chunks();
    chunks
        .map(|chunk| of(chunk.valid()) + chunk.invalid().len())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_characters_take_two_columns() {
        assert_eq!(of("ack 1"), 5);
        assert_eq!(of("握手 1/3 → µ"), 12);
        assert_eq!(of_octets("握\u{fffd}".as_bytes()), 3);
        assert_eq!(of_octets(b"\xffab"), 3);
    }
}
