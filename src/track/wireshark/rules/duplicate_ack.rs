//! The same acknowledgment again.

use crate::track::wireshark::case::Case;
use crate::track::wireshark::finding::Finding;
use crate::track::wireshark::rule::Rule;
use crate::track::wireshark::rules::keep_alive_ack;

pub(super) const RULE: Rule = Rule {
    finding: Finding::DuplicateAck,
    name: "duplicate_ack",
    help: "It acknowledges what the one before it did and changes nothing else: a later segment arrived before the one that is expected.",
    reference: "RFC 5681 §2; Wireshark tcp.analysis.duplicate_ack",
    check,
};

pub(super) fn check(case: &Case<'_>) -> bool {
    case.repeats_ack()
        && case.segment.window != 0
        && case.keeps_window()
        && !keep_alive_ack::check(case)
        && case.keeps_mptcp()
}
