//! The record of a server.

use crate::sink::json::object::{Object, key};
use crate::sink::json::timing;
use crate::sink::text::Text;
use crate::time::{Resolution, Timestamp};
use crate::track::servers::Server;

/// Writes the record and its newline: of a server that stands so at a time, or in the end.
pub fn write(server: &Server, at: Option<Timestamp>, text: &mut Text) {
    Object::write(text, |object| {
        if let Some(at) = at {
            object.time(key!("at"), at, Resolution::Nano);
        }
        record(server, object);
    });
    text.octet(b'\n');
}

pub(super) fn record(server: &Server, object: &mut Object<'_>) {
    object.address(key!("server"), server.addr.ip());
    object.number(key!("server_port"), server.addr.port());
    object.number(key!("tried"), server.tried);
    object.number(key!("opened"), server.opened);
    object.number(key!("refused"), server.refused);
    object.number(key!("unanswered"), server.unanswered);
    object.number(key!("unreachable"), server.unreachable);
    object.number(key!("half_open"), server.half_open);
    object.number(key!("unknown"), server.unknown);
    object.number(key!("reset"), server.reset);
    object.number(key!("stuck"), server.stuck);
    object.number(key!("sources"), server.sources);
    if let Some(times) = server.times() {
        object.object(key!("handshake"), |shown| {
            shown.span(key!("min"), times.min, Resolution::Nano);
            shown.span(key!("median"), times.median, Resolution::Nano);
            shown.span(key!("p95"), times.p95, Resolution::Nano);
            shown.span(key!("p99"), times.p99, Resolution::Nano);
            shown.span(key!("max"), times.max, Resolution::Nano);
        });
    }
    if server.turns > 0 {
        object.object(key!("responses"), |shown| {
            shown.number(key!("count"), server.turns);
            shown.number(key!("answered"), server.answers());
            let nano = Resolution::Nano;
            timing::times(key!("first_byte"), server.first_byte(), nano, shown);
            let own = server.first_byte_at_server();
            timing::times(key!("first_byte_at_server"), own, nano, shown);
        });
    }
    object.number(key!("most_syns_per_second"), server.most_syns);
    object.number(key!("most_waiting"), server.most_waiting);
    if let Some(start) = server.series.start() {
        let series = &server.series;
        object.object(key!("over_time"), |shown| {
            shown.time(key!("start"), start, Resolution::Nano);
            shown.number(key!("seconds"), series.seconds());
            let number = |number: u32, text: &mut Text| text.decimal(number);
            let intervals = series.intervals().iter();
            shown.list(
                key!("syns"),
                intervals.clone().map(|part| part.syns),
                number,
            );
            shown.list(key!("waiting"), intervals.map(|part| part.backlog), number);
        });
    }
    if server.is_flooded() {
        object.holds(key!("flooded"));
    }
}
