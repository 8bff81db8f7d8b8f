//! Classic tcptrace's figures, as members of a record.

use std::sync::LazyLock;

use crate::sink::figures::{FIGURES, Sight, Value};
use crate::sink::json::object::{Key, Object};
use crate::time::Resolution;
use crate::track::classic::Classic;
use crate::track::dir::Dir;

/// The key of each figure.
static KEYS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let names = FIGURES.iter().map(|figure| figure.name);
    names.map(Key::spelt).collect()
});

/// Writes the figures of a direction; what is rare and 0 is left out.
pub(super) fn write(counters: &Classic, dir: Dir, object: &mut Object<'_>) {
    let sight = Sight::new(counters, dir);
    for (figure, key) in FIGURES.iter().zip(KEYS.iter()) {
        let key = Key(key);
        match (figure.value)(&sight) {
            Value::None | Value::Rare(0) => {}
            Value::Count(count) | Value::Rare(count) | Value::Octets(count) => {
                object.number(key, count);
            }
            Value::Signed(number) => object.integer(key, number),
            Value::Time(time) => object.span(key, time, Resolution::Micro),
            Value::Mean(time) => object.span(key, time, Resolution::Nano),
            Value::Rate(rate) => object.number(key, whole(rate)),
            Value::Yes => object.holds(key),
        }
    }
}

/// A rate as classic tcptrace prints it.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rates are positive, and saturate"
)]
fn whole(rate: f64) -> u64 {
    rate.round_ties_even() as u64
}
