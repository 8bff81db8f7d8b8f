//! The usual segment: data in order, or an acknowledgment of something new,
//! between two ends that are open and lack nothing.
//!
//! Nearly every segment is of that kind, and there is one answer to everything
//! that is asked about it: what it is, that no rule finds anything, that it was
//! sent for the first time, that no diagnosis learns from it. So it is followed without
//! asking. That decides
//! nothing: where anything is odd the questions are asked, and a property holds
//! both ways to the same result.

use crate::segment::Segment;
use crate::time::Span;
use crate::track::diagnosis::{FIRST, LEAST_PAUSE, LONG_IDLE, is_odd};
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::judgement::Judgement;
use crate::track::look::Look;
use crate::track::part::{Part, Role};
use crate::track::state::State;
use crate::track::ttls::MOST_HOPS_APART;

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
        let now = segment.time - self.first;
        if !is_usual || self.is_sign(dir, segment, now) {
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
            now,
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

impl Flow {
    /// Whether a usual segment of direction `dir` tells something to a diagnosis: it comes
    /// after a pause, is larger than any before, or the first behind a SYN-ACK, or its
    /// window is odd.
    #[inline]
    fn is_sign(&self, dir: Dir, segment: &Segment<'_>, now: Span) -> bool {
        let (sender, receiver) = (self.sender(dir), self.receiver(dir));
        let brings = segment.payload_len > 0 && {
            let has_paused = match sender.transmissions.latest() {
                Some(before) => now.0.wrapping_sub(before.at.0) >= LEAST_PAUSE,
                None => now >= LONG_IDLE,
            };
            let is_large =
                segment.payload_len > sender.largest.len && self.is_above_mss(dir, segment);
            has_paused || is_large
        };
        brings
            || sender.segments <= FIRST
                && (sender.ttls.hops_to(segment.ttl) > MOST_HOPS_APART
                    || sender.segments == 1
                        && (self.may_be_late(segment) || Self::is_window_small(sender, segment)))
            || is_odd(segment, sender, receiver)
    }
}
