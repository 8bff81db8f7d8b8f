//! What was found about a segment.

use crate::sink::words::findings::FindingTexts;

pub(super) const WORDS: FindingTexts = FindingTexts {
    ack_lost_segment: "acknowledges what was not captured",
    duplicate_ack: "duplicate ack {0} of frame {1}",
    window_full: "fills the window",
    zero_window: "window closed",
    zero_window_probe: "probes the closed window",
    zero_window_probe_ack: "answers the probe",
    reused_ports: "ports used before",
    tfo_ignored: "Fast Open not accepted",
    out_of_order: "out of order: sent before what overtook it",
    duplicate: "a copy made by the network",
    retransmission: "sent again",
    timeout: "sent again after a timeout",
    fast: "sent again as the other end asked",
    tail_probe: "sent again to probe for the last segment",
    spurious: "sent again in vain, it was acknowledged",
};
