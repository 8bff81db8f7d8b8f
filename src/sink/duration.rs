//! How long something took, for people: a number and the unit that suits it.

use crate::sink::text::Text;
use crate::time::Span;

/// Writes `span` in the unit that suits it: `850 ns`, `13 µs`, `1.234 ms`,
/// `2.500 s`, `1 min 15.0 s`, `2 h 5 min`, `3 d 4 h`; with a minus sign where
/// the capturing clock stepped back.
pub fn write(span: Span, text: &mut Text) {
    if span.is_negative() {
        text.octet(b'-');
    }
    let nanoseconds = span.0.unsigned_abs();
    // Rounded to what is shown before the unit is chosen: 999.9996 ms is 1 s.
    let microseconds = rounded(nanoseconds, 1_000);
    let milliseconds = rounded(nanoseconds, 1_000_000);
    let tenths = rounded(nanoseconds, 100_000_000);
    match () {
        () if nanoseconds == 0 => text.str("0 µs"),
        () if nanoseconds < 1_000 => whole(nanoseconds, " ns", text),
        () if microseconds < 1_000 => whole(microseconds, " µs", text),
        () if microseconds < 1_000_000 => thousandths(microseconds, " ms", text),
        () if milliseconds < 60_000 => thousandths(milliseconds, " s", text),
        () if tenths < 36_000 => {
            whole(tenths / 600, " min ", text);
            text.decimal(tenths / 10 % 60);
            text.octet(b'.');
            whole(tenths % 10, " s", text);
        }
        () => long(rounded(nanoseconds, 60_000_000_000), text),
    }
}

/// `span` as [`write()`] writes it.
#[must_use]
pub fn shown(span: Span) -> String {
    let mut text = Text::default();
    write(span, &mut text);
    String::from_utf8_lossy(text.octets()).into_owned()
}

/// How long after a beginning something was: as [`shown`], but to the microsecond however
/// long that is.
#[must_use]
pub fn since(span: Span) -> String {
    let microseconds = rounded(span.0.unsigned_abs(), 1_000);
    if microseconds < 1_000_000 {
        return shown(span);
    }
    let sign = if span.is_negative() { "-" } else { "" };
    let (whole, rest) = (microseconds / 1_000_000, microseconds % 1_000_000);
    format!("{sign}{whole}.{rest:06} s")
}

const fn rounded(nanoseconds: u64, unit: u64) -> u64 {
    nanoseconds.saturating_add(unit / 2) / unit
}

fn whole(number: u64, unit: &str, text: &mut Text) {
    text.decimal(number);
    text.str(unit);
}

fn thousandths(number: u64, unit: &str, text: &mut Text) {
    text.decimal(number / 1_000);
    text.octet(b'.');
    text.zero_padded((number % 1_000) as u32, 3);
    text.str(unit);
}

fn long(minutes: u64, text: &mut Text) {
    let hours = minutes / 60;
    if hours < 24 {
        whole(hours, " h ", text);
        whole(minutes % 60, " min", text);
    } else {
        whole(hours / 24, " d ", text);
        whole(hours % 24, " h", text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_shown_in_the_unit_that_suits_it() {
        for (nanoseconds, expected) in [
            (0, "0 µs"),
            (850, "850 ns"),
            (13_000, "13 µs"),
            (13_499, "13 µs"),
            (1_234_000, "1.234 ms"),
            (43_000_500, "43.001 ms"),
            (2_500_000_000, "2.500 s"),
            (75_000_000_000, "1 min 15.0 s"),
            (7_500_000_000_000, "2 h 5 min"),
            (273_600_000_000_000, "3 d 4 h"),
        ] {
            assert_eq!(shown(Span(nanoseconds)), expected);
        }
    }

    #[test]
    fn what_rounds_up_to_the_next_unit_is_shown_in_it() {
        assert_eq!(shown(Span(999_600)), "1.000 ms");
        assert_eq!(shown(Span(999_999_600)), "1.000 s");
        assert_eq!(shown(Span(59_999_600_000)), "1 min 0.0 s");
        assert_eq!(shown(Span(3_599_960_000_000)), "1 h 0 min");
    }

    #[test]
    fn a_moment_is_told_to_the_microsecond_however_late_it_is() {
        assert_eq!(since(Span(232_400)), "232 µs");
        assert_eq!(since(Span(1_001_417_000)), "1.001417 s");
        assert_eq!(since(Span(3_600_000_000_000)), "3600.000000 s");
        assert_eq!(since(Span(-2_500_000_000)), "-2.500000 s");
    }

    #[test]
    fn a_clock_that_stepped_back_shows_a_minus_sign() {
        assert_eq!(shown(Span(-13_000)), "-13 µs");
        assert_eq!(shown(Span(-2_500_000_000)), "-2.500 s");
        assert_eq!(shown(Span(i64::MIN)), "-106751 d 23 h");
    }
}
