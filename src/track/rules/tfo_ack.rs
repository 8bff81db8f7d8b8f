//! Data in the SYN, taken.

use crate::track::rules::{Finding, Look, Rule};

pub(super) const RULE: Rule = Rule {
    finding: Finding::TfoAck,
    name: "tfo_ack",
    help: "It acknowledges the data that came with the SYN.",
    reference: "RFC 7413 §4.2.2; Wireshark tcp.analysis.tfo_ack",
    check,
};

pub(super) fn check(look: &Look<'_>) -> bool {
    look.is_syn() && look.segment.is_ack() && look.takes_data_of_syn()
}
