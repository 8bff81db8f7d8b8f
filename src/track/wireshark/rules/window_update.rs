//! Another window and nothing else.

use crate::track::wireshark::case::Case;
use crate::track::wireshark::finding::Finding;
use crate::track::wireshark::rule::Rule;

pub(super) const RULE: Rule = Rule {
    finding: Finding::WindowUpdate,
    name: "window_update",
    help: "It changes the window and nothing else.",
    reference: "RFC 9293 §3.8.6; Wireshark tcp.analysis.window_update",
    check,
};

pub(super) fn check(case: &Case<'_>) -> bool {
    case.repeats_ack() && case.segment.window != 0 && !case.keeps_window()
}
