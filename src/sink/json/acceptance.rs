//! What a receiver does not take, of a segment and of a connection.

use crate::sink::json::object::{Key, Object, key};
use crate::track::Observation;
use crate::track::acceptance::{AllNotTaken, NotTaken};
use crate::track::elsewhere::Elsewhere;
use crate::track::handshake::Handshake;

/// Why the receiver of a segment does not take it and what it has to answer, or what
/// the segment answers so.
#[inline]
pub(super) fn segment(seen: &Observation<'_>, record: &mut Object<'_>) {
    if let Some(why) = seen.role.unacceptable {
        record.word(key!("not_accepted"), why.code());
        if let Some(due) = seen.due() {
            record.word(key!("due"), due.code());
        }
    } else if let Some(answered) = seen.answers() {
        record.number(key!("answers"), answered.frame);
    }
}

/// The other text that octets had before.
#[inline]
pub(super) fn conflict(seen: &Observation<'_>, record: &mut Object<'_>) {
    let Some(conflict) = seen.conflict else {
        return;
    };
    record.object(key!("conflict"), |shown| {
        let relative = |seq| seen.flow.relative_seq(seen.dir, seq);
        shown.number(key!("frame"), conflict.before);
        shown.number(key!("from"), relative(conflict.start));
        shown.number(key!("to"), relative(conflict.end));
        if let Some(odd) = conflict.odd {
            shown.number(key!("odd_frame"), odd.frame);
            if let Some((ttl, others)) = odd.ttl {
                shown.number(key!("ttl"), ttl);
                shown.number(key!("others_ttl"), others);
            }
            if odd.lacks_timestamps {
                shown.holds(key!("lacks_timestamps"));
            }
        }
    });
}

/// The connection that has the SYN, or its answer, where that came from another address.
pub(super) fn elsewhere(key: Key, other: Option<&Elsewhere>, object: &mut Object<'_>) {
    if let Some(other) = other {
        object.object(key, |shown| {
            shown.number(key!("connection"), other.id.0);
            shown.number(key!("frame"), other.frame);
            shown.address(key!("address"), other.addr.ip());
            shown.number(key!("port"), other.addr.port());
        });
    }
}

/// What an end sent and the other did not take.
pub(super) fn half(all: &AllNotTaken, counts: &mut Object<'_>) {
    counts.object(key!("not_accepted"), |shown| {
        shown.number(key!("segments"), all.count);
        shown.list(key!("first"), all.first().iter(), |one: &NotTaken, text| {
            Object::write(text, |object| {
                object.number(key!("frame"), one.frame);
                object.word(key!("why"), one.why.code());
                object.word(key!("due"), one.due.code());
            });
        });
    });
}

/// Which of several SYNs counts, and how they differ.
pub(super) fn syns(handshake: &Handshake, shown: &mut Object<'_>) {
    if let Some(later) = handshake.later_syn() {
        shown.number(key!("answered_syn"), later.frame);
    }
    let mut changes = handshake.syn_changes().peekable();
    if changes.peek().is_some() {
        shown.list(key!("syn_changes"), changes, |change, text| {
            text.octet(b'"');
            text.str(change.code());
            text.octet(b'"');
        });
    }
}
