//! What the kernel says of sockets.

use crate::sink::words::sockets::SocketTexts;

pub(super) const WORDS: SocketTexts = SocketTexts {
    title: "kernel: ",
    owned: "{0}, {1}",
    owner_unknown: "{0}, owner unknown",
    not_accepted: "{0}, not accepted yet by {1}",
    not_accepted_yet: "{0}, not accepted yet",
    no_owner: "{0}, no owner",
    no_owner_was: "{0}, no owner; was {1}",
    gone: "no socket any more",
    gone_was: "no socket any more; was {0}",
    shared: "{0} and {1} more",
    the_wire: " (the wire: {0})",
    sockets: "socket",
    state: "state",
    process: "process",
    receive_queue: "unread",
    send_queue: "unacked",
    cwnd: "cwnd",
    ssthresh: "ssthresh",
    rtt: "rtt",
    rto: "rto",
    retransmitted: "retrans",
    asked: "asked after",
    none: "none",
    was: "was {0}",
    listens: "not accepted; {0} listens",
    both_ends: "{0} → {1}",
    busy: "{0}: had data to send for {1}, of which the window of the other end left no room for {2}, a full send buffer for {3}",
    by_the_wire: "{0} (the wire: {1})",
};
