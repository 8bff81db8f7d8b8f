//! Octets sent again because of duplicate acknowledgments.

use crate::track::rules::spurious_retransmission;
use crate::track::rules::{Finding, Look, Rule};

pub(super) const RULE: Rule = Rule {
    finding: Finding::FastRetransmission,
    name: "fast_retransmission",
    help: "What two duplicate acknowledgments ask for is sent again within 20 ms of the last.",
    reference: "RFC 5681 §3.2; Wireshark tcp.analysis.fast_retransmission",
    check,
};

pub(super) fn check(look: &Look<'_>) -> bool {
    let asked = look.receiver.trail.ack;
    look.is_sent_before()
        && look.duplicate_acks_of_receiver() >= 2
        && look.segment.seq == asked
        && look.since(look.receiver.trail.ack_at) < SOON
        && !spurious_retransmission::check(look)
}

/// Nanoseconds after the last duplicate acknowledgment; Wireshark's choice.
const SOON: u64 = 20_000_000;
