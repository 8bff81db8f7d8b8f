//! The usual segment: data in order, or an acknowledgment of something new,
//! between two ends that are open and lack nothing.
//!
//! Nearly every segment is of that kind, and there is one answer to everything
//! that is asked about it: what it is, that no rule finds anything, that it was
//! sent for the first time. So it is followed without asking. That decides
//! nothing: where anything is odd the questions are asked, and a property holds
//! both ways to the same result.

use crate::segment::Segment;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::judgement::Judgement;
use crate::track::look::Look;
use crate::track::part::{Part, Role};
use crate::track::state::State;

impl Flow {
    /// Looks at a segment where it is a usual one; `None` where there is anything
    /// to ask.
    #[inline]
    pub(in crate::track) fn look_usual(&self, dir: Dir, segment: &Segment<'_>) -> Option<Look> {
        let (sender, receiver) = (self.sender(dir), self.receiver(dir));
        let is_open = sender.state == State::Established
            && receiver.state == State::Established
            && receiver.syn_acked
            && !receiver.asks_again
            && sender.closed_window.is_none()
            && sender.is_known()
            && receiver.is_known()
            && self.round_trip.is_settled();
        let lacks_nothing = sender.holes.is_none() && receiver.fin.is_none();
        let acknowledges = segment.ack - receiver.una;
        let is_usual = segment.is_plain()
            && is_open
            && lacks_nothing
            && segment.seq == sender.nxt
            && sender.una - sender.nxt <= 0
            && segment.ack - receiver.nxt <= 0
            && acknowledges >= 0;
        if !is_usual {
            return None;
        }
        let part = if segment.payload_len == 0 {
            (acknowledges > 0).then_some(Part::Ack)?
        } else {
            let has_room = receiver.window != 0 && !receiver.is_filled_by(segment);
            let is_new = segment.ack != sender.ack || !sender.sending.may_skip_one(segment);
            (has_room && is_new).then_some(Part::Data)?
        };
        Some(Look {
            now: segment.time - self.first,
            role: Role {
                acknowledges: acknowledges.cast_unsigned(),
                ..Role::of(part)
            },
            kind: (segment.payload_len > 0).then_some(Judgement::NEW),
            answers_probe: false,
            leaves_gap: false,
            closes_window: false,
            fills_window: false,
            is_late: false,
            outlives_reset: false,
            conflict: None,
        })
    }
}
