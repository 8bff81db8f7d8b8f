//! The record of a server.

use crate::sink::json::object::{Object, key};
use crate::sink::text::Text;
use crate::time::Resolution;
use crate::track::servers::Server;

/// Writes the record and its newline.
pub fn write(server: &Server, text: &mut Text) {
    Object::write(text, |object| record(server, object));
    text.octet(b'\n');
}

fn record(server: &Server, object: &mut Object<'_>) {
    object.address(key!("server"), server.addr.ip());
    object.number(key!("server_port"), server.addr.port());
    object.number(key!("tried"), server.tried);
    object.number(key!("opened"), server.opened);
    object.number(key!("refused"), server.refused);
    object.number(key!("unanswered"), server.unanswered);
    object.number(key!("unreachable"), server.unreachable);
    object.number(key!("half_open"), server.half_open);
    object.number(key!("unknown"), server.unknown);
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
