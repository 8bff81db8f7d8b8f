//! What may be found about a segment: Wireshark's analysis, a rule a file.
//!
//! A rule looks at the connection as it was before the segment and cannot
//! change it; what the segment changes is the part of `trail.rs`. To
//! add one: its file, its row in [`RULES`], its [`Finding`], and its words in
//! each language of `sink/words`. docs/rules.md is written from the rows.

use serde::{Deserialize, Serialize};

mod ack_lost_segment;
mod duplicate_ack;
mod fast_retransmission;
mod keep_alive;
mod keep_alive_ack;
mod look;
mod lost_segment;
mod out_of_order;
mod retransmission;
mod reused_ports;
mod spurious_retransmission;
mod tfo_ack;
mod tfo_ignored;
mod tfo_syn;
mod window_full;
mod window_update;
mod zero_window;
mod zero_window_probe;
mod zero_window_probe_ack;

pub(super) use look::Look;

/// A rule: what it finds, what that is called and means.
#[derive(Debug)]
pub struct Rule {
    /// What it finds.
    pub finding: Finding,
    /// The name in JSON: Wireshark's, `tcp.analysis.` left out.
    pub name: &'static str,
    /// What it says about a segment, in a sentence.
    pub help: &'static str,
    /// Where that comes from.
    pub reference: &'static str,
    check: fn(&Look<'_>) -> bool,
}

/// Every rule, in the order in which findings are shown.
pub static RULES: [Rule; 18] = [
    retransmission::RULE,
    fast_retransmission::RULE,
    spurious_retransmission::RULE,
    out_of_order::RULE,
    lost_segment::RULE,
    ack_lost_segment::RULE,
    duplicate_ack::RULE,
    window_update::RULE,
    window_full::RULE,
    keep_alive::RULE,
    keep_alive_ack::RULE,
    zero_window::RULE,
    zero_window_probe::RULE,
    zero_window_probe_ack::RULE,
    reused_ports::RULE,
    tfo_syn::RULE,
    tfo_ack::RULE,
    tfo_ignored::RULE,
];

/// What a rule finds, by the rule's place in [`RULES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "its rule says what it is")]
#[non_exhaustive]
pub enum Finding {
    Retransmission,
    FastRetransmission,
    SpuriousRetransmission,
    OutOfOrder,
    LostSegment,
    AckLostSegment,
    DuplicateAck,
    WindowUpdate,
    WindowFull,
    KeepAlive,
    KeepAliveAck,
    ZeroWindow,
    ZeroWindowProbe,
    ZeroWindowProbeAck,
    ReusedPorts,
    TfoSyn,
    TfoAck,
    TfoIgnored,
}

/// What was found about a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Findings(u32);

impl Findings {
    /// What the rules say about a segment.
    pub(super) fn of(look: &Look<'_>) -> Self {
        let found = RULES.iter().filter(|rule| (rule.check)(look));
        Self(found.fold(0, |bits, rule| bits | 1 << rule.finding as u32))
    }

    /// Whether nothing was found.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether there is anything about its numbers, not only about Fast Open.
    pub(super) const fn is_of_numbers(self) -> bool {
        self.0 & ((1 << Finding::TfoSyn as u32) - 1) != 0
    }

    /// Whether `finding` is among them.
    #[must_use]
    #[inline]
    pub const fn has(self, finding: Finding) -> bool {
        self.0 & 1 << finding as u32 != 0
    }

    /// The rules that found something, in their order.
    pub fn rules(self) -> impl Iterator<Item = &'static Rule> {
        RULES.iter().filter(move |rule| self.has(rule.finding))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_the_place_of_its_rule() {
        for (place, rule) in RULES.iter().enumerate() {
            assert_eq!(rule.finding as usize, place, "{}", rule.name);
        }
    }
}
