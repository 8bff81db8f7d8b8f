//! The rules of Wireshark's analysis, a file each.
//!
//! A rule looks at the connection as it was before the segment and cannot
//! change it. To add one: its file, its row in [`RULES`], its [`Finding`]. Then the
//! compiler asks for its words in each language of `sink/words`, and the tests for
//! what is written elsewhere: docs/rules.md, which is made of the rows,
//! docs/schema.json, and Wireshark's own words for it.

mod ack_lost_segment;
mod duplicate_ack;
mod fast_retransmission;
mod keep_alive;
mod keep_alive_ack;
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

use crate::track::wireshark::case::Case;
use crate::track::wireshark::finding::{Finding, Findings};
use crate::track::wireshark::rule::Rule;

/// Every rule, in the order in which findings are shown.
pub static RULES: [Rule; Finding::COUNT] = [
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

/// What the rules find about a segment.
pub(super) fn find(case: &Case<'_>) -> Findings {
    let found = RULES.iter().filter(|rule| (rule.check)(case));
    Findings::of(found.map(|rule| rule.finding))
}

impl Findings {
    /// The rules that found something, in their order.
    pub fn rules(self) -> impl Iterator<Item = &'static Rule> {
        RULES.iter().filter(move |rule| self.has(rule.finding))
    }
}

/// A finding without a rule, or with two, does not compile.
const _: () = {
    let (mut found, mut place) = ([false; Finding::COUNT], 0);
    while place < RULES.len() {
        let finding = RULES[place].finding as usize;
        assert!(!found[finding], "two rules find the same");
        found[finding] = true;
        place += 1;
    }
};
