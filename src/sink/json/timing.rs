//! What is measured of a connection in time, as members of its record: requests and
//! answers, round trips, throughput, silence.

use crate::sink::json::object::{Key, Object, key};
use crate::time::{Resolution, Span};
use crate::track::connection::Connection;
use crate::track::dir::Dir;
use crate::track::distribution::Times;
use crate::track::figures::Leg;
use crate::track::half::Half;
use crate::track::turns::{Responses, Turn};

/// Writes what is of the whole connection.
pub(super) fn write(connection: &Connection, digits: Resolution, object: &mut Object<'_>) {
    let legs = connection.legs();
    if legs.to_server.is_some() || legs.to_client.is_some() {
        object.object(key!("rtt"), |rtt| {
            if let Some(whole) = legs.whole() {
                leg(&whole, digits, rtt);
            }
            for (key, part) in [
                (key!("to_server"), legs.to_server),
                (key!("to_client"), legs.to_client),
            ] {
                let Some(part) = part else {
                    continue;
                };
                rtt.object(key, |shown| {
                    leg(&part, digits, shown);
                    shown.number(key!("samples"), part.count);
                });
            }
        });
    }
    if let Some(silence) = connection.silence() {
        object.object(key!("longest_silence"), |shown| {
            shown.span(key!("duration"), silence.lasted, digits);
            shown.number(key!("ended_by"), silence.ended_by.get());
        });
    }
    if let Some(responses) = connection.responses() {
        object.object(key!("responses"), |object| {
            write_responses(&responses, digits, object);
        });
    }
}

/// Writes what share of its octets an end had sent before.
pub(super) fn share_again(half: &Half, object: &mut Object<'_>) {
    if let Some(millionths) = half.share_again() {
        let text = object.member(key!("bytes_again_share"));
        text.decimal(millionths / 1_000_000);
        text.octet(b'.');
        text.zero_padded(millionths % 1_000_000, 6);
    }
}

/// Writes how fast an end sent.
pub(super) fn throughput(connection: &Connection, dir: Dir, object: &mut Object<'_>) {
    let Some(found) = connection.throughput(dir) else {
        return;
    };
    object.number(key!("bytes_per_second"), found.octets_per_second);
    if let Some(best) = found.best_second {
        object.number(key!("bytes_best_second"), best);
    }
}

fn leg(leg: &Leg, digits: Resolution, object: &mut Object<'_>) {
    object.span(key!("min"), leg.min, digits);
    object.span(key!("median"), leg.median, digits);
    object.span(key!("p95"), leg.p95, digits);
}

fn write_responses(all: &Responses, digits: Resolution, object: &mut Object<'_>) {
    object.number(key!("count"), all.count);
    let counts = [
        (key!("pipelined"), all.pipelined),
        (key!("overlapping"), all.overlapping),
        (key!("unclear"), all.unclear),
        (key!("unanswered"), all.is_unanswered.into()),
    ];
    for (key, count) in counts {
        if count > 0 {
            object.number(key, count);
        }
    }
    if let Some(greeting) = all.greeting {
        object.object(key!("greeting"), |shown| {
            shown.number(key!("frame"), greeting.frame.get());
            shown.number(key!("bytes"), greeting.octets);
        });
    }
    if all.count == 0 {
        return;
    }
    object.number(key!("request_bytes"), all.request_octets);
    object.number(key!("answer_bytes"), all.answer_octets);
    times(key!("first_byte"), all.first_byte(), digits, object);
    times(
        key!("first_byte_at_client"),
        all.first_byte_at_client(),
        digits,
        object,
    );
    times(
        key!("first_byte_at_server"),
        all.first_byte_at_server(),
        digits,
        object,
    );
    if !all.longest.is_empty() {
        object.list(key!("longest"), &all.longest, |turn, text| {
            Object::write(text, |object| write_turn(all, turn, digits, object));
        });
    }
}

/// Writes times in short.
pub(super) fn times(key: Key, times: Option<Times>, digits: Resolution, object: &mut Object<'_>) {
    let Some(times) = times else {
        return;
    };
    object.object(key, |shown| {
        shown.span(key!("median"), times.median, digits);
        shown.span(key!("p95"), times.p95, digits);
        shown.span(key!("p99"), times.p99, digits);
        shown.span(key!("max"), times.max, digits);
    });
}

fn write_turn(all: &Responses, turn: &Turn, digits: Resolution, object: &mut Object<'_>) {
    let span = |key: Key, span: Option<Span>, object: &mut Object<'_>| {
        if let Some(span) = span {
            object.span(key, span, digits);
        }
    };
    object.number(key!("request_frame"), turn.request.last_frame.get());
    object.number(key!("request_bytes"), turn.request.octets);
    object.number(key!("answer_frame"), turn.answer.frame.get());
    span(key!("first_byte"), Some(turn.first_byte()), object);
    span(key!("at_client"), all.at_client(turn), object);
    span(key!("at_server"), all.at_server(turn), object);
    if turn.is_open {
        return;
    }
    object.number(key!("answer_last_frame"), turn.answer.last_frame.get());
    object.number(key!("answer_bytes"), turn.answer.octets);
    span(key!("answer_duration"), Some(turn.answer.took()), object);
}
