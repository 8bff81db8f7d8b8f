//! A SYN with a Fast Open cookie.

use crate::track::wireshark::case::Case;
use crate::track::wireshark::finding::Finding;
use crate::track::wireshark::rule::Rule;

pub(super) const RULE: Rule = Rule {
    finding: Finding::TfoSyn,
    name: "tfo_syn",
    help: "It brings a Fast Open cookie, so that its data may be taken at once.",
    reference: "RFC 7413 §4.2.2; Wireshark tcp.analysis.tfo_syn",
    check,
};

pub(super) fn check(case: &Case<'_>) -> bool {
    case.is_syn() && !case.segment.is_ack() && case.has_cookie()
}
