//! Octets before this segment that were not captured.

use crate::flags::Flags;
use crate::track::wireshark::case::Case;
use crate::track::wireshark::finding::Finding;
use crate::track::wireshark::rule::Rule;
use crate::track::wireshark::rules::zero_window_probe;

pub(super) const RULE: Rule = Rule {
    finding: Finding::LostSegment,
    name: "lost_segment",
    help: "There are octets between this segment and what its sender had sent so far: lost, late, or not captured.",
    reference: "RFC 9293 §3.10.7.4; Wireshark tcp.analysis.lost_segment",
    check,
};

pub(super) fn check(case: &Case<'_>) -> bool {
    let next = case.next;
    next.0 != 0
        && next - case.segment.seq < 0
        && !case.segment.flags.has(Flags::RST)
        && !zero_window_probe::check(case)
}
