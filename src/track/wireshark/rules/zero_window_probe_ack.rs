//! The answer to a window probe.

use crate::track::wireshark::case::Case;
use crate::track::wireshark::finding::Finding;
use crate::track::wireshark::rule::Rule;

pub(super) const RULE: Rule = Rule {
    finding: Finding::ZeroWindowProbeAck,
    name: "zero_window_probe_ack",
    help: "It answers a window probe: the window is still zero.",
    reference: "RFC 9293 §3.8.6.1; Wireshark tcp.analysis.zero_window_probe_ack",
    check,
};

pub(super) fn check(case: &Case<'_>) -> bool {
    case.repeats_ack()
        && case.segment.window == 0
        && case.keeps_window()
        && case.receiver.trail.findings.has(Finding::ZeroWindowProbe)
}
