//! Octets that only their acknowledgment shows.

use crate::track::rules::{Finding, Look, Rule};

pub(super) const RULE: Rule = Rule {
    finding: Finding::AckLostSegment,
    name: "ack_lost_segment",
    help: "It acknowledges what was not captured.",
    reference: "RFC 9293 §3.10.7.4; Wireshark tcp.analysis.ack_lost_segment",
    check,
};

pub(super) fn check(look: &Look<'_>) -> bool {
    let other = &look.receiver.trail;
    look.acknowledges_unseen()
        && (other.captured_up_to - other.next < 0 || other.duplicate_acks == 0)
}
