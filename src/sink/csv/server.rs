//! The row of a server.

use crate::sink::csv::{number, time, word};
use crate::sink::seconds::write_span;
use crate::sink::text::Text;
use crate::time::{Resolution, Span, Timestamp};
use crate::track::distribution::Times;
use crate::track::servers::Server;

/// The names of what every row has: those of the record, where what lies in an
/// object has the object's name in front.
const NAMES: &str = "server,server_port,tried,opened,refused,unanswered,unreachable,half_open,unknown,\
    reset,stuck,sources,handshake_min,handshake_median,handshake_p95,handshake_p99,handshake_max,\
    responses_count,responses_answered,\
    responses_first_byte_median,responses_first_byte_p95,responses_first_byte_p99,responses_first_byte_max,\
    responses_first_byte_at_server_median,responses_first_byte_at_server_p95,\
    responses_first_byte_at_server_p99,responses_first_byte_at_server_max,\
    most_syns_per_second,most_waiting,flooded";

/// Writes the row of names and its newline: with that of a time, where rows have one.
pub fn names(has_time: bool, text: &mut Text) {
    text.str(NAMES);
    text.str(if has_time { ",at\n" } else { "\n" });
}

/// Writes the row and its newline; where rows have a time, `at` is that since which the
/// server has gone on, or `None` for the last row.
pub fn write(server: &Server, at: Option<Option<Timestamp>>, text: &mut Text) {
    text.address(server.addr.ip());
    for count in [
        server.addr.port().into(),
        server.tried,
        server.opened,
        server.refused,
        server.unanswered,
        server.unreachable,
        server.half_open,
        server.unknown,
        server.reset,
        server.stuck,
        server.sources,
    ] {
        number(count, text);
    }
    let min = server.times().map(|times| times.min);
    spans([min], text);
    spans(quantiles(server.times()), text);
    if server.turns > 0 {
        number(server.turns, text);
        number(server.answers(), text);
    } else {
        text.str(",,");
    }
    spans(quantiles(server.first_byte()), text);
    spans(quantiles(server.first_byte_at_server()), text);
    number(server.most_syns.into(), text);
    number(server.most_waiting.into(), text);
    word(if server.is_flooded() { "yes" } else { "" }, text);
    if let Some(at) = at {
        time(at, text);
    }
    text.octet(b'\n');
}

/// What is told of times beside the shortest.
fn quantiles(times: Option<Times>) -> [Option<Span>; 4] {
    let Some(times) = times else {
        return [None; 4];
    };
    [times.median, times.p95, times.p99, times.max].map(Some)
}

fn spans(spans: impl IntoIterator<Item = Option<Span>>, text: &mut Text) {
    for span in spans {
        text.octet(b',');
        if let Some(span) = span {
            write_span(span, Resolution::Nano, text);
        }
    }
}
