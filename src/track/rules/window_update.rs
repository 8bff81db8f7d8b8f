//! Another window and nothing else.

use crate::track::rules::{Finding, Look, Rule};

pub(super) const RULE: Rule = Rule {
    finding: Finding::WindowUpdate,
    name: "window_update",
    help: "It changes the window and nothing else.",
    reference: "RFC 9293 §3.8.6; Wireshark tcp.analysis.window_update",
    check,
};

pub(super) fn check(look: &Look<'_>) -> bool {
    look.repeats_ack() && look.segment.window != 0 && !look.keeps_window()
}
