//! Octets sent again although they were acknowledged.

use crate::track::wireshark::case::Case;
use crate::track::wireshark::finding::Finding;
use crate::track::wireshark::rule::Rule;

pub(super) const RULE: Rule = Rule {
    finding: Finding::SpuriousRetransmission,
    name: "spurious_retransmission",
    help: "What was acknowledged is sent again.",
    reference: "RFC 9293 §3.8.1; Wireshark tcp.analysis.spurious_retransmission",
    check,
};

pub(super) fn check(case: &Case<'_>) -> bool {
    let acknowledged = case.receiver.trail.ack;
    case.may_repeat()
        && case.segment.payload_len > 0
        && acknowledged.0 != 0
        && case.segment.seq + case.segment.payload_len - acknowledged <= 0
}
