//! Octets sent again because of duplicate acknowledgments.

use crate::track::wireshark::case::Case;
use crate::track::wireshark::finding::Finding;
use crate::track::wireshark::rule::Rule;
use crate::track::wireshark::rules::spurious_retransmission;

pub(super) const RULE: Rule = Rule {
    finding: Finding::FastRetransmission,
    name: "fast_retransmission",
    help: "What two duplicate acknowledgments ask for is sent again within 20 ms of the last.",
    reference: "RFC 5681 §3.2; Wireshark tcp.analysis.fast_retransmission",
    check,
};

pub(super) fn check(case: &Case<'_>) -> bool {
    let asked = case.receiver.trail.ack;
    case.is_sent_before()
        && case.duplicate_acks_of_receiver() >= 2
        && case.segment.seq == asked
        && case.since(case.receiver.trail.ack_at) < SOON
        && !spurious_retransmission::check(case)
}

/// Nanoseconds after the last duplicate acknowledgment; Wireshark's choice.
const SOON: u64 = 20_000_000;
