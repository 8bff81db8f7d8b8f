//! Times as numbers: seconds, with the digits that are known.

use crate::sink::text::Text;
use crate::time::{Resolution, Span, Timestamp};

/// Writes a time in seconds since the epoch.
pub(super) fn write_time(time: Timestamp, digits: Resolution, text: &mut Text) {
    let (seconds, nanoseconds) = (time.seconds(), time.nanosecond());
    if seconds >= 0 {
        text.decimal(seconds.unsigned_abs());
        fraction(nanoseconds, digits, text);
        return;
    }
    // The second is rounded down; numbers want a sign and a magnitude.
    let borrowed = nanoseconds > 0;
    text.octet(b'-');
    text.decimal(seconds.unsigned_abs() - u64::from(borrowed));
    fraction(
        if borrowed {
            1_000_000_000 - nanoseconds
        } else {
            0
        },
        digits,
        text,
    );
}

/// Writes a span in seconds.
pub(super) fn write_span(span: Span, digits: Resolution, text: &mut Text) {
    let magnitude = span.magnitude();
    if span.is_negative() {
        text.octet(b'-');
    }
    text.decimal(magnitude.as_secs());
    fraction(magnitude.subsec_nanos(), digits, text);
}

/// The digits after the second, cut to those that are known.
#[inline]
fn fraction(nanoseconds: u32, digits: Resolution, text: &mut Text) {
    text.dot_and_six_digits(nanoseconds / 1_000);
    if digits == Resolution::Nano {
        text.three_digits(nanoseconds);
    }
}
