//! Places among the segments that open or close a connection.

use crate::sink::text::Text;
use crate::track::part::Step;

/// Writes `3/4`, or `2-3/4` for two steps at once.
pub(super) fn write(step: Step, text: &mut Text) {
    text.decimal(step.first);
    if step.last != step.first {
        text.octet(b'-');
        text.decimal(step.last);
    }
    text.octet(b'/');
    text.decimal(step.of);
}
