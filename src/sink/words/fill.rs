//! Values put into a text.

use std::num::NonZeroU64;

use crate::seq::SeqNum;
use crate::sink::duration;
use crate::sink::rate;
use crate::sink::text::Text;
use crate::time::Span;

/// A value that a text speaks of.
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    /// A number, in decimal.
    Number(u64),
    /// A word, as it is.
    Word(&'a str),
    /// A time, in the unit that suits it.
    Span(Span),
    /// Octets in a second, in the unit that suits them.
    Rate(u64),
}

impl From<SeqNum> for Value<'_> {
    fn from(number: SeqNum) -> Self {
        Self::Number(number.0.into())
    }
}

impl From<NonZeroU64> for Value<'_> {
    fn from(number: NonZeroU64) -> Self {
        Self::Number(number.get())
    }
}

impl From<u64> for Value<'_> {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u16> for Value<'_> {
    fn from(number: u16) -> Self {
        Self::Number(number.into())
    }
}

impl From<u8> for Value<'_> {
    fn from(number: u8) -> Self {
        Self::Number(number.into())
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(word: &'a str) -> Self {
        Self::Word(word)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(word: &'a String) -> Self {
        Self::Word(word)
    }
}

impl From<Span> for Value<'_> {
    fn from(span: Span) -> Self {
        Self::Span(span)
    }
}

impl Value<'_> {
    #[inline]
    fn write(self, text: &mut Text) {
        match self {
            Self::Number(number) => text.decimal(number),
            Self::Word(word) => text.str(word),
            Self::Span(span) => duration::write(span, text),
            Self::Rate(octets) => text.str(&rate::shown(octets)),
        }
    }

    const fn is_one(self) -> bool {
        matches!(self, Self::Number(1))
    }
}

/// Writes `words` with `values` in the places of their braces. A place without
/// a value stays as it is.
#[inline]
pub fn write(words: &str, values: &[Value<'_>], text: &mut Text) {
    let octets = words.as_bytes();
    let (mut written, mut at) = (0, 0);
    while let Some(octet) = octets.get(at) {
        if *octet != b'{' {
            at += 1;
            continue;
        }
        text.raw(&octets[written..at]);
        written = at + place(&words[at..], values, text);
        at = written;
    }
    text.raw(&octets[written..]);
}

/// Writes what belongs in the place that `words` begin with; how long that is: `{0}`, or
/// `{0|byte|bytes}` where the value chooses between two forms.
#[inline]
fn place(words: &str, values: &[Value<'_>], text: &mut Text) -> usize {
    let [b'{', digit, octet, behind @ ..] = words.as_bytes() else {
        text.octet(b'{');
        return 1;
    };
    let value = values.get(usize::from(digit.wrapping_sub(b'0')));
    match (value, octet) {
        (Some(value), b'}') => {
            value.write(text);
            3
        }
        (Some(value), b'|') => 3 + form(value.is_one(), behind, text),
        _ => {
            text.octet(b'{');
            1
        }
    }
}

/// Writes the first of two forms, `byte|bytes}`, or else the second; how long both are.
#[inline]
fn form(is_first: bool, forms: &[u8], text: &mut Text) -> usize {
    let end_of = |octet: u8| forms.iter().position(|one| *one == octet);
    let (Some(first), Some(last)) = (end_of(b'|'), end_of(b'}')) else {
        return 0;
    };
    let form = if is_first {
        forms.get(..first)
    } else {
        forms.get(first + 1..last)
    };
    text.raw(form.unwrap_or_default());
    last + 1
}

/// Writes a text with its values into a [`Text`].
macro_rules! fill {
    ($text:expr, $words:expr $(, $value:expr)* $(,)?) => {
        $crate::sink::words::fill::write(
            $words,
            &[$($crate::sink::words::fill::Value::from($value)),*],
            $text,
        )
    };
}

/// A text with its values, as a `String`.
macro_rules! said {
    ($words:expr $(, $value:expr)* $(,)?) => {{
        let mut text = $crate::sink::text::Text::default();
        $crate::sink::words::fill::fill!(&mut text, $words $(, $value)*);
        String::from_utf8_lossy(text.octets()).into_owned()
    }};
}

pub(in crate::sink) use {fill, said};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_where_the_text_wants_them() {
        assert_eq!(said!("{1} after {0}", 2_u32, "SYN"), "SYN after 2");
        assert_eq!(said!("{0} {0|byte|bytes}", 1_u32), "1 byte");
        assert_eq!(said!("{0} {0|byte|bytes}", 0_u64), "0 bytes");
        assert_eq!(said!("in {0}", Span(13_000)), "in 13 µs");
        assert_eq!(said!("no value"), "no value");
    }

    #[test]
    fn a_place_without_a_value_shows_itself() {
        assert_eq!(said!("{0}, {1}, {x}", 7_u32), "7, {1}, {x}");
        assert_eq!(said!("open {", 7_u32), "open {");
    }
}
