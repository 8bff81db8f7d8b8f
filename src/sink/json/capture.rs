//! The record of a run: what the capture did to the traffic, and what it had no time for.

use crate::sink::json::object::{Object, key};
use crate::sink::text::Text;
use crate::totals::Totals;
use crate::track::flaws::Flaws;

/// Writes the record and its newline, where there is anything to say.
pub(super) fn write(flaws: &Flaws, totals: &Totals, text: &mut Text) {
    let unasked = totals.unasked_sockets;
    if flaws.is_empty() && unasked == 0 {
        return;
    }
    Object::write(text, |record| {
        record.object(key!("capture"), |shown| {
            found(flaws, shown);
            if unasked > 0 {
                shown.number(key!("unasked_sockets"), unasked);
            }
        });
    });
    text.octet(b'\n');
}

/// Each where it is not 0.
pub(super) fn found(flaws: &Flaws, shown: &mut Object<'_>) {
    let points = if flaws.places() > 1 {
        flaws.places() as u64
    } else {
        0
    };
    let kinds = match (flaws.filtered.acks, flaws.filtered.data) {
        _ if flaws.filtered.all_but_syns => Some("all but SYN"),
        (false, false) => None,
        (true, false) => Some("acks"),
        (false, true) => Some("data"),
        (true, true) => Some("acks,data"),
    };
    for (key, count) in [
        (key!("copies"), flaws.copies),
        (key!("points"), points),
        (key!("missing"), flaws.missing),
        (key!("reordered"), flaws.reordered),
        (key!("clock_steps"), flaws.clock_steps),
        (key!("one_way"), flaws.one_way),
        (key!("translated"), flaws.translated),
    ] {
        if count > 0 {
            shown.number(key, count);
        }
    }
    if let Some(kinds) = kinds {
        shown.word(key!("filtered"), kinds);
    }
    for (key, count) in [
        (key!("offload"), flaws.offload),
        (key!("truncated"), flaws.truncated),
        (key!("trailing"), flaws.trailing),
    ] {
        if count > 0 {
            shown.number(key, count);
        }
    }
}
