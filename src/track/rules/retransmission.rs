//! Octets sent again.

use crate::track::rules::{Finding, Look, Rule};
use crate::track::rules::{fast_retransmission, out_of_order, spurious_retransmission};

pub(super) const RULE: Rule = Rule {
    finding: Finding::Retransmission,
    name: "retransmission",
    help: "What was sent before is sent again.",
    reference: "RFC 9293 §3.8.1; Wireshark tcp.analysis.retransmission",
    check,
};

pub(super) fn check(look: &Look<'_>) -> bool {
    let is_special = fast_retransmission::check(look) || spurious_retransmission::check(look);
    is_special || look.is_sent_before() && !out_of_order::check(look)
}
