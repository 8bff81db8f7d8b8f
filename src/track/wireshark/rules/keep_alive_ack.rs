//! The answer to a keep-alive.

use crate::track::wireshark::case::Case;
use crate::track::wireshark::finding::Finding;
use crate::track::wireshark::rule::Rule;

pub(super) const RULE: Rule = Rule {
    finding: Finding::KeepAliveAck,
    name: "keep_alive_ack",
    help: "It answers a keep-alive.",
    reference: "RFC 9293 §3.8.4; Wireshark tcp.analysis.keep_alive_ack",
    check,
};

pub(super) fn check(case: &Case<'_>) -> bool {
    case.repeats_ack()
        && case.segment.window != 0
        && case.keeps_window()
        && case.receiver.trail.findings.has(Finding::KeepAlive)
}
