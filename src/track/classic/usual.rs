//! The usual segment in classic tcptrace's books: an acknowledgment, or data
//! and an acknowledgment, with nothing to learn about the connection.
//!
//! As in [the tracker](crate::track), this decides nothing: it leaves out what
//! changes nothing, and a property holds both ways to the same numbers.

use crate::segment::Segment;
use crate::track::classic::tally::{Measured, Tally};
use crate::track::offer::MAX_SCALE;

impl Tally {
    /// Whether a segment of this end is a usual one.
    #[inline]
    pub(super) fn is_usual(&self, peer: &Self, segment: &Segment<'_>) -> bool {
        let scales = self.has_scale && peer.has_scale;
        let knows_scales = self.windows.is_scaled == scales
            && (scales || self.window_scale == 0 && peer.window_scale == 0);
        let is_open = self.packets > 0 && peer.packets > 0;
        segment.is_plain()
            && knows_scales
            && is_open
            && (segment.payload_len == 0 || peer.windows.latest() != 0)
    }

    /// Takes a usual segment of this end.
    #[inline]
    pub(super) fn go_on(&mut self, peer: &mut Self, segment: &Segment<'_>, now: i64) {
        let len = segment.payload_len;
        // 0 where scaling is not in force.
        let window = u32::from(segment.window) << self.window_scale.min(MAX_SCALE);
        let sent = Measured {
            segment,
            window,
            now,
            sack: None,
        };
        self.pass(segment, now);
        self.has_timestamps |= !segment.options.bytes.is_empty();
        self.count(&sent);
        let mut is_new = true;
        if len > 0 {
            let brought = self.send(&sent, false);
            is_new = brought.again == 0 && !brought.is_out_of_order;
            if brought.again == 0 {
                self.count_initial(len);
            }
        }
        let is_repeated = self.repeats_ack(&sent);
        peer.acknowledge(&sent, is_repeated);
        self.windows.go_on(window);
        self.count_ack(&sent);
        peer.learn_ack(segment.ack.0);
        if is_new {
            let end = (segment.seq + len).0;
            self.outstanding.take(end, len, peer.latest_ack(), now);
        }
    }
}
