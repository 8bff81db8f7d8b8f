//! Objects, written member by member in the order of the calls.
//!
//! By hand and without serde: a record is written for every segment, and the
//! order of its keys is part of what is promised.

#![expect(
    clippy::inline_always,
    reason = "a third faster: a name of known length is a store, not a call"
)]

use std::net::IpAddr;

use crate::sink::seconds;
use crate::sink::text::Text;
use crate::time::{Resolution, Span, Timestamp};

/// A member's name with the comma before it and the colon after it, so that it
/// is written in one piece; made by [`key!`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Key(pub(super) &'static str);

/// Room for a name of [`WideKey`], its comma, quotes and colon.
const WIDE: usize = 32;

/// A member's name that is found at run time, in room of fixed length, so that it
/// is written without a call all the same.
#[derive(Debug, Clone, Copy)]
pub(super) struct WideKey {
    octets: [u8; WIDE],
    len: u8,
}

impl WideKey {
    /// The name of no member.
    pub(super) const EMPTY: Self = Self {
        octets: [0; WIDE],
        len: 0,
    };

    /// What [`key!`] makes of a name.
    #[expect(clippy::cast_possible_truncation, reason = "32 octets at most")]
    pub(super) const fn of(name: &str) -> Self {
        let mut octets = [0; WIDE];
        let name = name.as_bytes();
        (octets[0], octets[1]) = (b',', b'"');
        let mut at = 0;
        while at < name.len() {
            octets[2 + at] = name[at];
            at += 1;
        }
        (octets[2 + at], octets[3 + at]) = (b'"', b':');
        Self {
            octets,
            len: at as u8 + 4,
        }
    }
}

/// The name of a member.
pub(super) trait Name {
    /// Writes it; the first member has no comma before it.
    fn write(self, is_first: bool, text: &mut Text);
}

impl Name for Key {
    #[inline(always)]
    fn write(self, is_first: bool, text: &mut Text) {
        text.str(if is_first { &self.0[1..] } else { self.0 });
    }
}

impl Name for &WideKey {
    #[inline(always)]
    fn write(self, is_first: bool, text: &mut Text) {
        let len = usize::from(self.len);
        if is_first {
            text.raw(&self.octets[1..len]);
        } else {
            text.padded(self.octets, len);
        }
    }
}

/// The [`Key`] of a name that needs no escaping.
macro_rules! key {
    ($name:literal) => {
        $crate::sink::json::object::Key(concat!(",\"", $name, "\":"))
    };
}
pub(super) use key;

/// An object that was opened and not yet closed.
#[derive(Debug)]
pub(super) struct Object<'t> {
    text: &'t mut Text,
    is_empty: bool,
}

impl<'t> Object<'t> {
    /// Writes an object whose members `write` writes.
    #[inline(always)]
    pub(super) fn write(text: &'t mut Text, write: impl FnOnce(&mut Object<'_>)) {
        text.octet(b'{');
        write(&mut Object {
            text,
            is_empty: true,
        });
        text.octet(b'}');
    }

    /// Writes the name of a member; its value is to be written next.
    #[inline(always)]
    pub(super) fn member(&mut self, key: impl Name) -> &mut Text {
        key.write(self.is_empty, self.text);
        self.is_empty = false;
        self.text
    }

    #[inline(always)]
    pub(super) fn address(&mut self, key: impl Name, address: IpAddr) {
        let text = self.member(key);
        text.octet(b'"');
        text.address(address);
        text.octet(b'"');
    }

    #[inline(always)]
    pub(super) fn number(&mut self, key: impl Name, number: impl Into<u64>) {
        self.member(key).decimal(number);
    }

    #[inline(always)]
    pub(super) fn integer(&mut self, key: impl Name, integer: i64) {
        let text = self.member(key);
        if integer < 0 {
            text.octet(b'-');
        }
        text.decimal(integer.unsigned_abs());
    }

    /// A string that needs no escaping. There is no other kind: nothing that a
    /// capture brings is written as text.
    #[inline(always)]
    pub(super) fn word(&mut self, key: impl Name, word: &str) {
        debug_assert!(is_plain(word), "{word:?} needs escaping");
        let text = self.member(key);
        text.octet(b'"');
        text.str(word);
        text.octet(b'"');
    }

    /// Text from outside, escaped (RFC 8259 §7).
    #[cold]
    pub(super) fn string(&mut self, key: impl Name, string: &str) {
        Self::quote(string, self.member(key));
    }

    /// The same as an item of a list.
    #[cold]
    pub(super) fn quote(string: &str, text: &mut Text) {
        text.octet(b'"');
        for letter in string.chars() {
            match letter {
                '"' | '\\' => {
                    text.octet(b'\\');
                    text.octet(if letter == '"' { b'"' } else { b'\\' });
                }
                '\n' => text.str("\\n"),
                '\t' => text.str("\\t"),
                // Controls beyond ASCII too, for the sake of terminals.
                letter if letter.is_control() => {
                    text.str("\\u");
                    text.hex_digits(u32::from(letter), 4);
                }
                letter => text.str(letter.encode_utf8(&mut [0; 4])),
            }
        }
        text.octet(b'"');
    }

    /// `true`; where it is not true the member is left out.
    #[inline(always)]
    pub(super) fn holds(&mut self, key: impl Name) {
        self.member(key).str("true");
    }

    #[inline(always)]
    pub(super) fn object(&mut self, key: impl Name, write: impl FnOnce(&mut Object<'_>)) {
        Object::write(self.member(key), write);
    }

    /// A list of what `write` writes for each item.
    #[inline(always)]
    pub(super) fn list<T>(
        &mut self,
        key: impl Name,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(T, &mut Text),
    ) {
        let text = self.member(key);
        text.octet(b'[');
        for (nth, item) in items.into_iter().enumerate() {
            if nth > 0 {
                text.octet(b',');
            }
            write(item, text);
        }
        text.octet(b']');
    }

    /// Seconds since the epoch.
    #[inline(always)]
    pub(super) fn time(&mut self, key: impl Name, time: Timestamp, digits: Resolution) {
        seconds::write_time(time, digits, self.member(key));
    }

    /// Seconds.
    #[inline(always)]
    pub(super) fn span(&mut self, key: impl Name, span: Span, digits: Resolution) {
        seconds::write_span(span, digits, self.member(key));
    }
}

/// Whether a string stands in JSON as it is (RFC 8259 §7).
fn is_plain(word: &str) -> bool {
    word.bytes()
        .all(|octet| octet >= b' ' && !matches!(octet, b'"' | b'\\'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Object<'_>)) -> String {
        let mut text = Text::default();
        Object::write(&mut text, write);
        String::from_utf8(text.octets().to_vec()).unwrap()
    }

    #[test]
    fn members_stand_in_the_order_of_the_calls() {
        assert_eq!(written(|_| ()), "{}");
        let shown = written(|object| {
            object.number(key!("one"), 1_u32);
            object.object(key!("two"), |two| two.word(key!("word"), "S."));
            let decimal = |number: u32, text: &mut Text| text.decimal(number);
            object.list(key!("three"), [1, 2], decimal);
            object.holds(key!("four"));
        });
        assert_eq!(
            shown,
            r#"{"one":1,"two":{"word":"S."},"three":[1,2],"four":true}"#
        );
    }

    #[test]
    fn a_time_has_the_digits_of_its_capture_and_a_sign_before_the_epoch() {
        let at = |seconds, nanoseconds, digits| {
            let time = Timestamp::new(seconds, nanoseconds);
            written(|object| object.time(key!("t"), time, digits))
        };
        assert_eq!(
            at(1_686_800_000, 19_926, Resolution::Nano),
            r#"{"t":1686800000.000019926}"#
        );
        assert_eq!(
            at(1_686_800_000, 19_926, Resolution::Micro),
            r#"{"t":1686800000.000019}"#
        );
        assert_eq!(at(-2, 250_000_000, Resolution::Micro), r#"{"t":-1.750000}"#);
        assert_eq!(
            at(-1, 999_999_999, Resolution::Nano),
            r#"{"t":-0.000000001}"#
        );
        assert_eq!(at(-3, 0, Resolution::Micro), r#"{"t":-3.000000}"#);
    }

    #[test]
    fn a_span_is_negative_where_the_clock_stepped_back() {
        let of = |span| written(|object| object.span(key!("s"), Span(span), Resolution::Nano));
        assert_eq!(of(30_000), r#"{"s":0.000030000}"#);
        assert_eq!(of(-1_500_000_000), r#"{"s":-1.500000000}"#);
        assert_eq!(of(i64::MIN), r#"{"s":-9223372036.854775808}"#);
    }
}
