//! Data in the SYN, not taken.

use crate::track::rules::{Finding, Look, Rule};

pub(super) const RULE: Rule = Rule {
    finding: Finding::TfoIgnored,
    name: "tfo_ignored",
    help: "It does not acknowledge the data that came with the SYN and its cookie.",
    reference: "RFC 7413 §4.2.2; Wireshark tcp.analysis.tfo_ignored",
    check,
};

pub(super) fn check(look: &Look<'_>) -> bool {
    let ends = [look.sender, look.receiver];
    look.is_syn()
        && look.segment.is_ack()
        && ends.into_iter().any(|end| end.trail.sent_data_with_cookie)
        && !look.takes_data_of_syn()
}
