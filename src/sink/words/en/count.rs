//! Ends, phases, counts.

use crate::sink::words::Count;

pub(super) const WORDS: Count = Count {
    client: "client",
    server: "server",
    comma: ", ",
    colon: ": ",
    semicolon: "; ",
    handshake: "handshake",
    data: "data",
    ack: "ack",
    keep_alive: "keep-alive",
    teardown: "teardown",
    reset: "reset",
    nonsense: "nonsense",
    unknown_link: "of an unknown link type",
    not_ip: "not IP",
    not_tcp: "not TCP",
    cut_below_tcp: "cut short before TCP",
    bad_header: "with a damaged header before TCP",
    first_fragment: "first fragment",
    later_fragment: "later fragment",
    cut_tcp: "cut short inside the TCP header",
    bad_offset: "with a bad data offset",
    bad_record: "impossible record",
    segments: "{0} {0|segment|segments}",
    connections: "{0} {0|connection|connections}",
    other_frames: "{0} other {0|frame|frames}",
    counted: "{0} {1}",
    yes: "yes",
    no: "no",
};
