//! What is wrong with a connection, or only looks wrong.

use crate::sink::json::object::{Object, WideKey, key};
use crate::sink::text::Text;
use crate::time::Resolution;
use crate::track::connection::Connection;
use crate::track::diagnosis::{Diagnosis, Quantity};
use crate::track::time_spent::TimeSpent;

/// The diagnoses of a connection; nothing where there are none.
pub(super) fn write(
    connection: &Connection,
    spent: Option<&TimeSpent>,
    digits: Resolution,
    object: &mut Object<'_>,
) {
    let mut found = connection.diagnoses_in(spent).peekable();
    if found.peek().is_none() {
        return;
    }
    object.list(key!("diagnoses"), found, |found, text| {
        diagnosis(&found, digits, text);
    });
}

fn diagnosis(found: &Diagnosis, digits: Resolution, text: &mut Text) {
    Object::write(text, |shown| {
        shown.word(key!("code"), found.code.about().name);
        shown.word(key!("severity"), found.severity.name());
        shown.word(key!("end"), found.end.sender());
        if let Some(outcome) = found.outcome {
            shown.word(key!("outcome"), outcome.name());
        }
        if found.is_doubtful {
            shown.holds(key!("doubtful"));
        }
        shown.list(key!("frames"), &found.frames, |frame, text| {
            text.decimal(*frame);
        });
        for measure in &found.measures {
            let key = WideKey::of(measure.name());
            match measure.quantity() {
                Quantity::Count(count) | Quantity::Rate(count) => shown.number(&key, count),
                Quantity::Time(span) => shown.span(&key, span, digits),
            }
        }
    });
}
