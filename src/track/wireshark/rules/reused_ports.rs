//! A new connection between known ports.

use crate::track::wireshark::case::Case;
use crate::track::wireshark::finding::Finding;
use crate::track::wireshark::rule::Rule;

pub(super) const RULE: Rule = Rule {
    finding: Finding::ReusedPorts,
    name: "reused_ports",
    help: "It begins a new connection between addresses and ports that had one before.",
    reference: "RFC 9293 §3.4.1; Wireshark tcp.analysis.reused_ports",
    check,
};

pub(super) fn check(case: &Case<'_>) -> bool {
    case.reuses_ports
}
