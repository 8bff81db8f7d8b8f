//! A question whether the window is still closed.

use crate::track::wireshark::case::Case;
use crate::track::wireshark::finding::Finding;
use crate::track::wireshark::rule::Rule;

pub(super) const RULE: Rule = Rule {
    finding: Finding::ZeroWindowProbe,
    name: "zero_window_probe",
    help: "It sends one octet into a window of zero, to hear whether that has changed.",
    reference: "RFC 9293 §3.8.6.1; Wireshark tcp.analysis.zero_window_probe",
    check,
};

pub(super) fn check(case: &Case<'_>) -> bool {
    case.segment.payload_len == 1
        && case.segment.seq == case.next
        && case.receiver.trail.window == Some(0)
}
