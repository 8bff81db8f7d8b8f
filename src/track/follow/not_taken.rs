//! What a segment changes that its receiver does not take: it is counted, and moves
//! nothing of the connection but the state that it proves of its sender.

use crate::segment::Segment;
use crate::track::acceptance::{NotTaken, Unacceptable};
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::follow::Followed;
use crate::track::look::Look;
use crate::track::moves::Moves;
use crate::track::part::Part;
use crate::track::state::{Signal, State};

impl Flow {
    /// Leaves a segment where it is.
    #[cold]
    pub(super) fn leave(
        &mut self,
        dir: Dir,
        segment: &Segment<'_>,
        look: &Look,
        why: Unacceptable,
    ) -> Followed {
        let due = self.due(dir, why);
        let moves = match why {
            // That it has answered a SYN it shows, be it not this one.
            Unacceptable::WrongSynAck => self.begin_to_answer(dir, segment, look),
            _ if look.role.part == Part::Reset => self.reset_sender(dir, segment),
            _ => Moves::default(),
        };
        self.pass(segment);
        let (sender, receiver) = self.ends_mut(dir);
        if sender.ttls.hops_to(segment.ttl) == 0 {
            let before = (sender.nxt, sender.ack);
            sender.sending.sends(segment, before, false, look.now);
        }
        sender.segments += 1;
        sender.doubling.goes_on(look.now);
        sender.last_frame = Some(segment.frame);
        let not_taken = NotTaken::of(segment, why, due);
        let incidents = sender.incidents.get_or_insert_default();
        incidents.not_taken.take(not_taken);
        if look.role.part != Part::Reset {
            receiver.unanswered = 0;
        }
        Followed {
            moves,
            ..Followed::default()
        }
    }

    /// Takes the number and the state that a SYN-ACK shows which does not answer the
    /// SYN.
    fn begin_to_answer(&mut self, dir: Dir, segment: &Segment<'_>, look: &Look) -> Moves {
        self.learn_numbers(dir, segment, look.role);
        self.move_sender(dir, segment)
    }

    /// Closes the sender of a RST that the other end does not take, where it may be its
    /// own.
    fn reset_sender(&mut self, dir: Dir, segment: &Segment<'_>) -> Moves {
        let mut moves = Moves::default();
        let is_own = self.may_be_own_reset(dir, segment) && self.teardown.reset.is_none();
        let cause = self.cause_of_reset(dir, segment);
        self.ignore_reset_of(self.mark(dir, segment), Some(cause));
        if !is_own {
            return moves;
        }
        self.teardown.before_reset = (self.client.state, self.server.state);
        let (sender, _) = self.ends_mut(dir);
        let (chain, _) = moves.ends_mut(dir);
        sender.signal(Signal::SentRst, chain);
        self.remember_reset_of(dir, segment, self.mark(dir, segment), cause);
        moves
    }

    /// Takes a RST for the end, at the end of the capture, whose number was not the
    /// expected one and after which nothing came of the other end: no challenge ACK.
    pub(super) fn take_unchallenged_reset(&mut self) {
        let Some(ignored) = self.teardown.ignored().copied() else {
            return;
        };
        let reset = ignored.first;
        let (sender, receiver) = (self.sender(reset.dir), self.receiver(reset.dir));
        let is_last = receiver.last_frame.is_none_or(|last| last < reset.frame)
            && reset.seq - sender.nxt >= 0
            && self.teardown.reset.is_none();
        let is_near = sender
            .not_taken()
            .is_some_and(|all| all.has(reset.frame, Unacceptable::ResetNotExpected));
        if !is_last || !is_near {
            return;
        }
        let (sender, receiver) = self.ends_mut(reset.dir);
        sender.state = State::Closed;
        receiver.state = State::Closed;
        self.teardown.ignored = None;
        self.teardown.reset = Some(reset);
        self.teardown.reset_cause = ignored.cause;
    }
}
