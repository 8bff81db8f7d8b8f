//! Values put into a text.

use std::num::NonZeroU64;

use crate::seq::SeqNum;
use crate::sink::duration;
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
    fn write(self, text: &mut Text) {
        match self {
            Self::Number(number) => text.decimal(number),
            Self::Word(word) => text.str(word),
            Self::Span(span) => duration::write(span, text),
        }
    }

    const fn is_one(self) -> bool {
        matches!(self, Self::Number(1))
    }
}

/// Writes `words` with `values` in the places of their braces. A place without
/// a value stays as it is.
pub fn write(words: &str, values: &[Value<'_>], text: &mut Text) {
    let mut rest = words;
    while let Some((before, behind)) = rest.split_once('{') {
        text.str(before);
        let Some((place, behind)) = behind.split_once('}') else {
            text.octet(b'{');
            rest = behind;
            break;
        };
        rest = behind;
        let (number, forms) = match place.split_once('|') {
            Some((number, forms)) => (number, forms.split_once('|')),
            None => (place, None),
        };
        let value = number.parse::<usize>().ok().and_then(|at| values.get(at));
        match (value, forms) {
            (Some(value), Some((one, _))) if value.is_one() => text.str(one),
            (Some(_), Some((_, many))) => text.str(many),
            (Some(value), None) => value.write(text),
            (None, _) => {
                text.octet(b'{');
                text.str(place);
                text.octet(b'}');
            }
        }
    }
    text.str(rest);
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
