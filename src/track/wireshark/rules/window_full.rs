//! The last octet that the window allows.

use crate::track::wireshark::case::Case;
use crate::track::wireshark::finding::Finding;
use crate::track::wireshark::rule::Rule;
use crate::track::wireshark::rules::zero_window_probe;
use crate::track::wireshark::trail::Scale;

pub(super) const RULE: Rule = Rule {
    finding: Finding::WindowFull,
    name: "window_full",
    help: "It fills the window that the other end announced.",
    reference: "RFC 9293 §3.8.6; Wireshark tcp.analysis.window_full",
    check,
};

pub(super) fn check(case: &Case<'_>) -> bool {
    let other = &case.receiver.trail;
    case.segment.payload_len > 0
        && case.is_plain()
        && other.scale != Scale::Unknown
        && case.segment.seq + case.segment.payload_len == other.ack + case.window_of_receiver()
        && !zero_window_probe::check(case)
}
