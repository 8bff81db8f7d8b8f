//! The records of how a connection was opened and closed.

use crate::segment::Segment;
use crate::track::agreement::Scaling;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::handshake::Handshake;
use crate::track::mark::Mark;
use crate::track::moves::Moves;
use crate::track::offer::Offer;
use crate::track::part::{Part, Role};
use crate::track::reset_cause::ResetCause;

impl Flow {
    /// Keeps the segments that opened and closed the connection.
    pub(super) fn remember(&mut self, dir: Dir, segment: &Segment<'_>, role: Role, moves: &Moves) {
        let mark = self.mark(dir, segment);
        match role.part {
            Part::Syn => {
                self.remember_syn(dir, segment, role, mark);
                self.learn_scales();
            }
            Part::SynAck => {
                self.remember_syn_ack(segment, role, mark);
                self.learn_scales();
            }
            Part::HandshakeAck if self.handshake.ack.is_none() => {
                self.handshake.end_with(segment, mark);
                self.forget_reset();
            }
            Part::Fin if self.ends_handshake(dir) => self.handshake.end_with(segment, mark),
            Part::Refusal | Part::Reset if self.teardown.reset.is_none() && !moves.is_empty() => {
                self.remember_reset(dir, segment, mark);
            }
            _ => {}
        }
        self.remember_fin(dir, segment, role, mark);
        if role.part != Part::FinAck && self.receiver(dir).fin_acked {
            let teardown = &mut *self.teardown;
            if teardown.closer() == Some(dir.reverse()) {
                teardown.first_ack.get_or_insert(mark);
            } else if teardown.second_fin.is_some() {
                teardown.second_ack.get_or_insert(mark);
            }
        }
    }

    /// A segment of direction `dir`, to be kept.
    pub(super) const fn mark(&self, dir: Dir, segment: &Segment<'_>) -> Mark {
        Mark {
            frame: segment.frame,
            time: segment.time,
            seq: segment.seq,
            ack: segment.ack,
            flags: segment.flags,
            dir,
            client: self.client.state,
            server: self.server.state,
        }
    }

    /// Takes the scales of the windows from both SYNs.
    fn learn_scales(&mut self) {
        for dir in [Dir::ToServer, Dir::ToClient] {
            let shift = match self.scaling(dir) {
                Scaling::Unknown => return,
                Scaling::NotInForce => 0,
                Scaling::By(shift) => shift,
            };
            self.ends_mut(dir).0.shift = Some(shift);
        }
    }

    fn remember_fin(&mut self, dir: Dir, segment: &Segment<'_>, role: Role, mark: Mark) {
        // Not whether octets are repeated: a FIN may come with data sent before.
        let is_new_fin = self.sender(dir).fin.is_none();
        let is_copy = self.sender(dir).sending.is_copy;
        if !matches!(role.part, Part::Fin | Part::FinAck) {
            return;
        }
        let teardown = &mut *self.teardown;
        match role.part {
            Part::Fin if teardown.first_fin.is_none() => teardown.first_fin = Some(mark),
            // Where the other FIN acknowledges it, that one stands before it only in the
            // capture.
            Part::Fin | Part::FinAck
                if is_new_fin
                    && teardown.second_fin.is_none()
                    && teardown
                        .first_fin
                        .is_some_and(|other| other.is_ack() && other.ack - segment.end() >= 0) =>
            {
                teardown.second_fin = teardown.first_fin.replace(mark);
                teardown.first_ack = teardown.second_fin;
                teardown.is_simultaneous = false;
            }
            Part::Fin | Part::FinAck if is_new_fin && teardown.second_fin.is_none() => {
                teardown.second_fin = Some(mark);
                if role.part == Part::FinAck {
                    teardown.first_ack = Some(mark);
                } else if teardown.first_ack.is_none() {
                    teardown.is_simultaneous = true;
                }
            }
            Part::Fin | Part::FinAck if !is_copy => {
                teardown.fin_again = teardown.fin_again.saturating_add(1);
            }
            _ => {}
        }
    }

    /// Whether a FIN of direction `dir` is also the ACK of the SYN-ACK.
    fn ends_handshake(&self, dir: Dir) -> bool {
        let Handshake { syn_ack, ack, .. } = &self.handshake;
        ack.is_none()
            && syn_ack.is_some_and(|answer| answer.dir != dir)
            && self.receiver(dir).syn_acked
    }

    fn remember_syn(&mut self, dir: Dir, segment: &Segment<'_>, role: Role, mark: Mark) {
        let handshake = &mut self.handshake;
        if role.again > 0 {
            handshake.ask_again(segment);
            handshake.syn_again = handshake.syn_again.saturating_add(1);
            if let Some(first) = handshake.syn.filter(|first| first.dir == dir) {
                handshake.syn_waits.end_at(segment.time - first.time);
            }
        } else if handshake.syn.is_none() {
            handshake.syn = Some(mark);
            handshake.asking = segment.flags;
            handshake.syn_octets = u16::try_from(segment.payload_len).unwrap_or(u16::MAX);
            handshake.offered = Offer::of(segment.options);
        } else if dir == Dir::ToClient {
            handshake.is_simultaneous = true;
            handshake.second_syn = Some(Box::new(mark));
        }
    }

    fn remember_syn_ack(&mut self, segment: &Segment<'_>, role: Role, mark: Mark) {
        let told = self
            .sender(mark.dir)
            .latest_not_taken()
            .map(|one| one.frame);
        let handshake = &mut self.handshake;
        if role.again > 0 {
            handshake.syn_ack_again = handshake.syn_ack_again.saturating_add(1);
            if let Some(first) = handshake.syn_ack {
                handshake.syn_ack_waits.end_at(segment.time - first.time);
                handshake.answer_again(segment);
            }
        } else if handshake.syn_ack.is_none() {
            handshake.answer_with(segment, told);
            handshake.syn_ack = Some(mark);
            if !handshake.is_simultaneous {
                handshake.answered = Offer::of(segment.options);
            }
        } else if handshake.is_simultaneous {
            handshake.ack.get_or_insert(mark);
            handshake.is_ack_timely = true;
        }
        if handshake.is_simultaneous && mark.dir == Dir::ToClient {
            handshake.answered = Offer::of(segment.options);
        }
    }

    /// Keeps the RST of direction `dir` that ended the connection, and why it
    /// was sent; the other end may go on after it.
    fn remember_reset(&mut self, dir: Dir, reset: &Segment<'_>, mark: Mark) {
        let cause = self.cause_of_reset(dir, reset);
        self.remember_reset_of(dir, reset, mark, cause);
    }

    /// The same, where the cause is known.
    pub(super) fn remember_reset_of(
        &mut self,
        dir: Dir,
        reset: &Segment<'_>,
        mark: Mark,
        cause: ResetCause,
    ) {
        self.teardown.reset_provoked_by = match cause {
            ResetCause::UnreadData => self.last_data.map(|last| last.frame),
            _ if cause.is_answer() => self.receiver(dir).last_frame,
            _ => None,
        };
        let sender = self.sender(dir);
        let (highest, ttls) = (sender.highest(), sender.ttls);
        self.teardown.sent_at_reset = highest;
        let usual = ttls.usual().filter(|_| ttls.hops_to(reset.ttl) > 0);
        self.teardown.reset_ttl = usual.map(|usual| (reset.ttl, usual));
        self.teardown.reset = Some(mark);
        self.teardown.reset_cause = Some(cause);
    }

    /// Takes a RST for one of an attempt, or of an older connection.
    pub(super) fn forget_reset(&mut self) {
        let Some(teardown) = self.teardown.written() else {
            return;
        };
        teardown.reset = None;
        teardown.reset_cause = None;
        teardown.reset_provoked_by = None;
        teardown.reset_ttl = None;
    }
}
