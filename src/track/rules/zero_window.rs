//! No more, please.

use crate::track::rules::zero_window_probe;
use crate::track::rules::{Finding, Look, Rule};

pub(super) const RULE: Rule = Rule {
    finding: Finding::ZeroWindow,
    name: "zero_window",
    help: "Its sender can take nothing more.",
    reference: "RFC 9293 §3.8.6.1; Wireshark tcp.analysis.zero_window",
    check,
};

pub(super) fn check(look: &Look<'_>) -> bool {
    look.segment.window == 0 && look.is_plain() && !zero_window_probe::check(look)
}
