//! What shows that only large segments are lost.

use crate::segment::Segment;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::half::Half;
use crate::track::judgement::{Cause, Kind};
use crate::track::look::Look;
use crate::track::oversize::Hearsay;
use crate::track::part::Part;

impl Flow {
    /// Takes note of what a segment of direction `dir` sends again, and of what it says
    /// has arrived behind what it acknowledges.
    pub(super) fn note_oversize(&mut self, dir: Dir, segment: &Segment<'_>, look: &Look) {
        let is_again = look
            .kind
            .is_some_and(|judged| judged.kind == Kind::Retransmission);
        let (sender, receiver) = self.ends_mut(dir);
        // For what a closed window keeps out its size is no reason.
        let has_room = receiver.closed_window.is_none();
        let is_oldest = segment.payload_len > 0 && segment.seq == sender.una;
        if is_again && is_oldest && has_room && sender.is_known() {
            let cause = look.kind.and_then(|judged| judged.cause);
            let incidents = sender.incidents.get_or_insert_default();
            incidents
                .oversize
                .repeats(segment, cause == Some(Cause::PathMtu));
        }
        if segment.is_ack() && receiver.una == segment.ack {
            receiver.hear_of_arrival(segment, look.role.part == Part::AckAgain);
        }
    }
}

impl Half {
    /// Takes what the other end says has arrived behind what it acknowledges, again.
    fn hear_of_arrival(&mut self, segment: &Segment<'_>, is_again: bool) {
        let (una, largest) = (self.una, self.largest);
        let blocks = segment.sack_blocks();
        let mut blocks = blocks.peekable();
        let has_sack = blocks.peek().is_some();
        // Not what arrived twice.
        let pieces = blocks.filter(|&(left, right)| left - una > 0 && right - left > 0);
        let mut pieces = pieces.fold(Hearsay::NONE, |pieces, (left, right)| {
            let len = (right - left).cast_unsigned();
            pieces.and(Hearsay::one(len, left - largest.last_end >= 0))
        });
        // Without SACK something arrived, and nothing says what: it is known where one
        // of the largest is underway, the oldest, and nothing but smaller ones behind it.
        if !has_sack && is_again && largest.last_end - una == largest.len.cast_signed() {
            pieces.is_behind_largest = self.nxt - largest.last_end > 0;
        }
        if has_sack || !pieces.is_empty() {
            let highest = segment.sack_blocks().map(|(_, right)| right);
            let highest = highest.max_by_key(|&right| right - una);
            let end = highest.unwrap_or(self.nxt);
            let incidents = self.incidents.get_or_insert_default();
            incidents.oversize.hears((una, end), segment.frame, pieces);
        }
    }
}
