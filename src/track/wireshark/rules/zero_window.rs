//! No more, please.

use crate::track::wireshark::case::Case;
use crate::track::wireshark::finding::Finding;
use crate::track::wireshark::rule::Rule;
use crate::track::wireshark::rules::zero_window_probe;

pub(super) const RULE: Rule = Rule {
    finding: Finding::ZeroWindow,
    name: "zero_window",
    help: "Its sender can take nothing more.",
    reference: "RFC 9293 §3.8.6.1; Wireshark tcp.analysis.zero_window",
    check,
};

pub(super) fn check(case: &Case<'_>) -> bool {
    case.segment.window == 0 && case.is_plain() && !zero_window_probe::check(case)
}
