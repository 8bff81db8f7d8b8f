//! What is said of the path.

use crate::sink::words::path::PathTexts;

pub(super) const WORDS: PathTexts = PathTexts {
    icmp: "ICMP  ",
    icmp_says: "{0} says in frame {2}: {1} (seq {4} of the {3})",
    icmp_line: "ICMP: {0} says in frame {2}: {1} (seq {4} of the {3}){5}",
    icmp_times: ", {0} times",
    icmp_explains: "; {0} says: {1} (ICMP, frame {2})",
    net_unreachable: "net unreachable",
    host_unreachable: "host unreachable",
    protocol_unreachable: "protocol unreachable",
    port_unreachable: "port unreachable",
    prohibited: "administratively prohibited",
    fragmentation_needed: "fragmentation needed",
    packet_too_big: "packet too big",
    time_exceeded: "time exceeded in transit",
    otherwise_unreachable: "destination unreachable",
    with_mtu: "{0}, MTU {1}",
    sent_smaller: "; the {0} sent the same bytes in smaller segments from frame {1} on",
    arrived: "; the bytes arrived all the same",
    aborted: "; the {0} aborted the connection in frame {1}",
    silence: "; the {0} sent nothing more",
    unheeded: "; the {0} went on as before",
    too_large: "retransmission (too large for the path: MTU {0}, frame {1})",
    too_large_somehow: "retransmission (too large for the path, frame {0})",
    cut_smaller: "{1}: {0} {0|retransmission|retransmissions} in smaller segments, too large for the path before",
    black_hole: "MTU black hole",
};
