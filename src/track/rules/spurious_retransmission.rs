//! Octets sent again although they were acknowledged.

use crate::track::rules::{Finding, Look, Rule};

pub(super) const RULE: Rule = Rule {
    finding: Finding::SpuriousRetransmission,
    name: "spurious_retransmission",
    help: "What was acknowledged is sent again.",
    reference: "RFC 9293 §3.8.1; Wireshark tcp.analysis.spurious_retransmission",
    check,
};

pub(super) fn check(look: &Look<'_>) -> bool {
    let acknowledged = look.receiver.trail.ack;
    look.may_repeat()
        && look.segment.payload_len > 0
        && acknowledged.0 != 0
        && look.segment.seq + look.segment.payload_len - acknowledged <= 0
}
