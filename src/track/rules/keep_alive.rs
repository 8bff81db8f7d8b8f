//! A question whether the other end is there.

use crate::track::rules::{Finding, Look, Rule};

pub(super) const RULE: Rule = Rule {
    finding: Finding::KeepAlive,
    name: "keep_alive",
    help: "It repeats the last number, with one octet or none.",
    reference: "RFC 9293 §3.8.4; Wireshark tcp.analysis.keep_alive",
    check,
};

pub(super) fn check(look: &Look<'_>) -> bool {
    look.segment.payload_len <= 1
        && look.segment.seq == look.sender.trail.next.previous()
        && look.is_plain()
}
