//! The answer to a window probe.

use crate::track::rules::{Finding, Look, Rule};

pub(super) const RULE: Rule = Rule {
    finding: Finding::ZeroWindowProbeAck,
    name: "zero_window_probe_ack",
    help: "It answers a window probe: the window is still zero.",
    reference: "RFC 9293 §3.8.6.1; Wireshark tcp.analysis.zero_window_probe_ack",
    check,
};

pub(super) fn check(look: &Look<'_>) -> bool {
    look.repeats_ack()
        && look.segment.window == 0
        && look.keeps_window()
        && look.receiver.trail.findings.has(Finding::ZeroWindowProbe)
}
