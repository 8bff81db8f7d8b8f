//! The answer to a keep-alive.

use crate::track::rules::{Finding, Look, Rule};

pub(super) const RULE: Rule = Rule {
    finding: Finding::KeepAliveAck,
    name: "keep_alive_ack",
    help: "It answers a keep-alive.",
    reference: "RFC 9293 §3.8.4; Wireshark tcp.analysis.keep_alive_ack",
    check,
};

pub(super) fn check(look: &Look<'_>) -> bool {
    look.repeats_ack()
        && look.segment.window != 0
        && look.keeps_window()
        && look.receiver.trail.findings.has(Finding::KeepAlive)
}
