//! The last octet that the window allows.

use crate::track::rules::zero_window_probe;
use crate::track::rules::{Finding, Look, Rule};
use crate::track::trail::Scale;

pub(super) const RULE: Rule = Rule {
    finding: Finding::WindowFull,
    name: "window_full",
    help: "It fills the window that the other end announced.",
    reference: "RFC 9293 §3.8.6; Wireshark tcp.analysis.window_full",
    check,
};

pub(super) fn check(look: &Look<'_>) -> bool {
    let other = &look.receiver.trail;
    look.segment.payload_len > 0
        && look.is_plain()
        && other.scale != Scale::Unknown
        && look.segment.seq + look.segment.payload_len == other.ack + look.window_of_receiver()
        && !zero_window_probe::check(look)
}
