//! Data in the SYN, not taken.

use crate::track::wireshark::case::Case;
use crate::track::wireshark::finding::Finding;
use crate::track::wireshark::rule::Rule;

pub(super) const RULE: Rule = Rule {
    finding: Finding::TfoIgnored,
    name: "tfo_ignored",
    help: "It does not acknowledge the data that came with the SYN and its cookie.",
    reference: "RFC 7413 §4.2.2; Wireshark tcp.analysis.tfo_ignored",
    check,
};

pub(super) fn check(case: &Case<'_>) -> bool {
    let ends = [case.sender, case.receiver];
    case.is_syn()
        && case.segment.is_ack()
        && ends.into_iter().any(|end| end.trail.sent_data_with_cookie)
        && !case.takes_data_of_syn()
}
