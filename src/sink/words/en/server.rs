//! The row of a server.

use crate::sink::words::texts::ServerTexts;

pub(super) const WORDS: ServerTexts = ServerTexts {
    tried: "tried",
    opened: "opened",
    shortest: "shortest",
    median: "median",
    longest: "longest",
    most_syns: "SYN/s",
    most_waiting: "waiting",
    syns_over_time: "SYNs over time",
    waiting_over_time: "waiting over time",
    flooded: "SYN flood on {0}: {1} unfinished handshakes from {2} addresses, up to {3} SYNs in a second, {4} opened",
    left_out: "{0} {0|connection|connections} to further servers left out",
};
