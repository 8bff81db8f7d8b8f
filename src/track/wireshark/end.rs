//! What Wireshark keeps of one end.

use crate::flags::Flags;
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::track::wireshark::outstanding::Outstanding;
use crate::track::wireshark::trail::Trail;

/// One end.
#[derive(Debug, Clone, Default)]
pub(super) struct WiresharkEnd {
    /// What its relative numbers are counted from: the number of its SYN, or one
    /// before the first that was seen.
    pub(super) base: Option<SeqNum>,
    /// What its segments left behind.
    pub(super) trail: Trail,
    /// What it sent and the other end has not acknowledged.
    pub(super) outstanding: Outstanding,
}

impl WiresharkEnd {
    /// Learns the base from a segment that it sent: from each SYN-ACK anew.
    pub(super) fn count_from(&mut self, segment: &Segment<'_>) {
        let is_syn = segment.flags.has(Flags::SYN);
        if is_syn && (segment.is_ack() || self.base.is_none()) {
            self.base = Some(segment.seq);
        } else {
            self.base.get_or_insert(segment.seq.previous());
        }
    }
}
