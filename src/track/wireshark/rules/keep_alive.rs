//! A question whether the other end is there.

use crate::track::wireshark::case::Case;
use crate::track::wireshark::finding::Finding;
use crate::track::wireshark::rule::Rule;

pub(super) const RULE: Rule = Rule {
    finding: Finding::KeepAlive,
    name: "keep_alive",
    help: "It repeats the last number, with one octet or none.",
    reference: "RFC 9293 §3.8.4; Wireshark tcp.analysis.keep_alive",
    check,
};

pub(super) fn check(case: &Case<'_>) -> bool {
    case.is_keep_alive()
}
