//! Classic tcptrace's figures, as members of a record.

use crate::sink::figures::{Amount, FIGURES, Sight};
use crate::sink::json::object::{Object, WideKey};
use crate::time::Resolution;
use crate::track::classic::Classic;
use crate::track::dir::Dir;

/// The key of each figure.
static KEYS: [WideKey; FIGURES.len()] = {
    let mut keys = [WideKey::EMPTY; FIGURES.len()];
    let mut nth = 0;
    while nth < keys.len() {
        keys[nth] = WideKey::of(FIGURES[nth].name);
        nth += 1;
    }
    keys
};

/// Writes the figures of a direction; what is rare and 0 is left out.
pub(super) fn write(counters: &Classic, dir: Dir, object: &mut Object<'_>) {
    let sight = Sight::new(counters, dir);
    for (figure, key) in FIGURES.iter().zip(&KEYS) {
        match (figure.value)(&sight) {
            Amount::None | Amount::Rare(0) => {}
            Amount::Count(count) | Amount::Rare(count) | Amount::Octets(count) => {
                object.number(key, count);
            }
            Amount::Signed(number) => object.integer(key, number),
            Amount::Time(time) => object.span(key, time, Resolution::Micro),
            Amount::Mean(time) => object.span(key, time, Resolution::Nano),
            Amount::Rate(rate) => object.number(key, whole(rate)),
            Amount::Yes => object.holds(key),
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
