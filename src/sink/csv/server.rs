//! The row of a server.

use crate::sink::csv::{number, word};
use crate::sink::seconds::write_span;
use crate::sink::text::Text;
use crate::time::Resolution;
use crate::track::servers::Server;

/// The names of what every row has: those of the record, where what lies in an
/// object has the object's name in front.
pub const NAMES: &str = "server,server_port,tried,opened,refused,unanswered,unreachable,half_open,unknown,\
    sources,handshake_min,handshake_median,handshake_p95,handshake_p99,handshake_max,\
    most_syns_per_second,most_waiting,flooded\n";

/// Writes the row and its newline.
pub fn write(server: &Server, text: &mut Text) {
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
        server.sources,
    ] {
        number(count, text);
    }
    match server.times() {
        Some(times) => {
            for time in [times.min, times.median, times.p95, times.p99, times.max] {
                text.octet(b',');
                write_span(time, Resolution::Nano, text);
            }
        }
        None => text.str(",,,,,"),
    }
    number(server.most_syns.into(), text);
    number(server.most_waiting.into(), text);
    word(if server.is_flooded() { "yes" } else { "" }, text);
    text.octet(b'\n');
}
