//! Where a connection's time went.

use crate::sink::json::object::{Object, WideKey, key};
use crate::time::{Resolution, Span};
use crate::track::time_spent::{TimeCause, TimeSpent, Waited};

/// The causes' names.
static KEYS: [WideKey; TimeCause::ALL.len()] = {
    let mut keys = [WideKey::EMPTY; TimeCause::ALL.len()];
    let mut nth = 0;
    while nth < keys.len() {
        keys[nth] = WideKey::of(TimeCause::ALL[nth].name());
        nth += 1;
    }
    keys
};

/// Writes where the time of a connection went.
pub(super) fn write(spent: &TimeSpent, digits: Resolution, object: &mut Object<'_>) {
    sums(spent.sums.map(|(_, span)| span), digits, object);
    if let Some(cause) = spent.limited_by() {
        object.word(key!("limited_by"), cause.name());
    }
    if spent.longest.is_empty() {
        return;
    }
    object.list(key!("waits"), &spent.longest, |wait, text| {
        Object::write(text, |object| write_wait(wait, digits, object));
    });
}

/// Writes the time spent on each cause, in their order.
pub(super) fn sums(
    sums: [Span; TimeCause::ALL.len()],
    digits: Resolution,
    object: &mut Object<'_>,
) {
    object.object(key!("time_spent"), |object| {
        for (key, span) in KEYS.iter().zip(sums) {
            if span.0 != 0 {
                object.span(key, span, digits);
            }
        }
    });
}

/// Writes what there is to say of a wait.
pub(super) fn write_wait(wait: &Waited, digits: Resolution, object: &mut Object<'_>) {
    object.word(key!("cause"), wait.cause.name());
    object.span(key!("begin"), wait.begin, digits);
    object.span(key!("length"), wait.length, digits);
    let (first, last) = wait.frames;
    let frames = [first, last].into_iter().flatten();
    object.list(key!("frames"), frames, |frame, text| {
        text.decimal(frame.get());
    });
}
