//! Octets that only their acknowledgment shows.

use crate::track::wireshark::case::Case;
use crate::track::wireshark::finding::Finding;
use crate::track::wireshark::rule::Rule;

pub(super) const RULE: Rule = Rule {
    finding: Finding::AckLostSegment,
    name: "ack_lost_segment",
    help: "It acknowledges what was not captured.",
    reference: "RFC 9293 §3.10.7.4; Wireshark tcp.analysis.ack_lost_segment",
    check,
};

pub(super) fn check(case: &Case<'_>) -> bool {
    let other = &case.receiver.trail;
    case.acknowledges_unseen()
        && (other.captured_up_to - other.next < 0 || other.duplicate_acks == 0)
}
