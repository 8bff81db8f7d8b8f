//! What a rule is.

use crate::track::wireshark::case::Case;
use crate::track::wireshark::finding::Finding;

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
    pub(super) check: fn(&Case<'_>) -> bool,
}
