//! A SYN with a Fast Open cookie.

use crate::track::rules::{Finding, Look, Rule};

pub(super) const RULE: Rule = Rule {
    finding: Finding::TfoSyn,
    name: "tfo_syn",
    help: "It brings a Fast Open cookie, so that its data may be taken at once.",
    reference: "RFC 7413 §4.2.2; Wireshark tcp.analysis.tfo_syn",
    check,
};

pub(super) fn check(look: &Look<'_>) -> bool {
    look.is_syn() && !look.segment.is_ack() && look.has_cookie()
}
