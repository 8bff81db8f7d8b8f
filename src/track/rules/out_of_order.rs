//! Octets that arrived behind later ones.

use crate::track::rules::{Finding, Look, Rule};
use crate::track::rules::{fast_retransmission, spurious_retransmission};

pub(super) const RULE: Rule = Rule {
    finding: Finding::OutOfOrder,
    name: "out_of_order",
    help: "What lies before the latest octets comes soon after them: within the round trip of the handshake, or 3 ms where that is unknown.",
    reference: "RFC 9293 §3.10.7.4; Wireshark tcp.analysis.out_of_order",
    check,
};

pub(super) fn check(look: &Look<'_>) -> bool {
    look.is_sent_before()
        && look.since(look.sender.trail.next_at) < look.reordering_time()
        && look.sender.trail.next != look.end()
        && !spurious_retransmission::check(look)
        && !fast_retransmission::check(look)
}
