//! What tells another sight of a segment from another transmission of it.

use crate::flags::Flags;
use crate::segment::Segment;
use crate::time::Span;
use crate::track::dir::Dir;
use crate::track::doubling::Ripe;
use crate::track::flow::Flow;

/// Within which time no end sends octets again that nobody asks for: tail loss probes
/// take longer (RFC 8985 §7.2).
const UNASKED: i64 = 1_000_000;

impl Flow {
    /// Whether IPv4's identification tells a transmission from another one of the
    /// same segment.
    pub(super) fn counts_transmissions(&self, dir: Dir, segment: &Segment<'_>) -> bool {
        let is_numbered = segment.identification.is_some_and(|number| number != 0);
        is_numbered && !self.sender(dir).sending.keeps_identification()
    }

    /// Whether a segment of direction `dir` that was seen before, `after` a time, is
    /// another sight of the same although no number tells its transmission. An end
    /// answers alike what comes alike; but no SYN is sent again so soon, nor octets
    /// that nobody asks for.
    pub(super) fn doubles_unnumbered(
        &self,
        dir: Dir,
        segment: &Segment<'_>,
        ripe: Ripe,
        after: Span,
    ) -> bool {
        let (sender, receiver) = (self.sender(dir), self.receiver(dir));
        let others = &receiver.doubling;
        let is_doubled = sender.doubling.surely_doubles(ripe, after)
            || others.surely_doubles(others.ripe(), after);
        let is_asked = receiver.has_sack || receiver.duplicate_acks > 0;
        let is_unasked = segment.payload_len > 0 && after.0.abs() < UNASKED && !is_asked;
        let is_alone = segment.flags.has(Flags::SYN) || is_unasked;
        is_doubled || is_alone && sender.doubling.doubles(ripe, after)
    }
}
