//! Data in the SYN, taken.

use crate::track::wireshark::case::Case;
use crate::track::wireshark::finding::Finding;
use crate::track::wireshark::rule::Rule;

pub(super) const RULE: Rule = Rule {
    finding: Finding::TfoAck,
    name: "tfo_ack",
    help: "It acknowledges the data that came with the SYN.",
    reference: "RFC 7413 §4.2.2; Wireshark tcp.analysis.tfo_ack",
    check,
};

pub(super) fn check(case: &Case<'_>) -> bool {
    case.is_syn() && case.segment.is_ack() && case.takes_data_of_syn()
}
