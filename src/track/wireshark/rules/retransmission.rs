//! Octets sent again.

use crate::track::wireshark::case::Case;
use crate::track::wireshark::finding::Finding;
use crate::track::wireshark::rule::Rule;
use crate::track::wireshark::rules::{fast_retransmission, out_of_order, spurious_retransmission};

pub(super) const RULE: Rule = Rule {
    finding: Finding::Retransmission,
    name: "retransmission",
    help: "What was sent before is sent again.",
    reference: "RFC 9293 §3.8.1; Wireshark tcp.analysis.retransmission",
    check,
};

pub(super) fn check(case: &Case<'_>) -> bool {
    let is_special = fast_retransmission::check(case) || spurious_retransmission::check(case);
    is_special || case.is_sent_before() && !out_of_order::check(case)
}
