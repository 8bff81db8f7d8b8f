//! The same acknowledgment again.

use crate::track::rules::keep_alive_ack;
use crate::track::rules::{Finding, Look, Rule};

pub(super) const RULE: Rule = Rule {
    finding: Finding::DuplicateAck,
    name: "duplicate_ack",
    help: "It acknowledges what the one before it did and changes nothing else: a later segment arrived before the one that is expected.",
    reference: "RFC 5681 §2; Wireshark tcp.analysis.duplicate_ack",
    check,
};

pub(super) fn check(look: &Look<'_>) -> bool {
    look.repeats_ack()
        && look.segment.window != 0
        && look.keeps_window()
        && !keep_alive_ack::check(look)
        && look.keeps_mptcp()
}
