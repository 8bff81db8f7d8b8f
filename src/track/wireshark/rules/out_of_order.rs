//! Octets that arrived behind later ones.

use crate::track::wireshark::case::Case;
use crate::track::wireshark::finding::Finding;
use crate::track::wireshark::rule::Rule;
use crate::track::wireshark::rules::{fast_retransmission, spurious_retransmission};

pub(super) const RULE: Rule = Rule {
    finding: Finding::OutOfOrder,
    name: "out_of_order",
    help: "What lies before the latest octets comes soon after them: within the round trip of the handshake, or 3 ms where that is unknown.",
    reference: "RFC 9293 §3.10.7.4; Wireshark tcp.analysis.out_of_order",
    check,
};

pub(super) fn check(case: &Case<'_>) -> bool {
    case.is_sent_before()
        && case.since(case.sender.trail.next_at) < case.reordering_time()
        && case.next != case.end()
        && !spurious_retransmission::check(case)
        && !fast_retransmission::check(case)
}
