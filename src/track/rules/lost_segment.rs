//! Octets before this segment that were not captured.

use crate::flags::Flags;
use crate::track::rules::zero_window_probe;
use crate::track::rules::{Finding, Look, Rule};

pub(super) const RULE: Rule = Rule {
    finding: Finding::LostSegment,
    name: "lost_segment",
    help: "There are octets between this segment and what its sender had sent so far: lost, late, or not captured.",
    reference: "RFC 9293 §3.10.7.4; Wireshark tcp.analysis.lost_segment",
    check,
};

pub(super) fn check(look: &Look<'_>) -> bool {
    let next = look.sender.trail.next;
    next.0 != 0
        && next - look.segment.seq < 0
        && !look.segment.flags.has(Flags::RST)
        && !zero_window_probe::check(look)
}
