//! What was found about a segment.

use crate::sink::words::findings::FindingTexts;

pub(super) const WORDS: FindingTexts = FindingTexts {
    ack_lost_segment: "acknowledges data that was not captured",
    duplicate_ack: "duplicate {0} of frame {1}",
    window_full: "window full",
    zero_window: "zero window",
    zero_window_probe: "zero window probe",
    zero_window_probe_ack: "zero window probe ACK",
    reused_ports: "port numbers reused",
    tfo_ignored: "Fast Open not accepted",
    out_of_order: "out of order",
    duplicate: "duplicate made by the network",
    retransmission: "retransmission",
    timeout: "retransmission (timeout)",
    fast: "fast retransmission",
    tail_probe: "retransmission (tail loss probe)",
    spurious: "spurious retransmission",
};
