//! What really happens after a RST, which corrects what was taken to happen.

use crate::segment::Segment;
use crate::track::acceptance::Reply;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::mark::Mark;
use crate::track::moves::Moves;
use crate::track::part::{Part, Role};
use crate::track::reset_cause::ResetCause;
use crate::track::state::State;
use crate::track::teardown::IgnoredResets;

impl Flow {
    /// Brings an end back to where it was before a RST which it had not sent, or not
    /// taken.
    #[cold]
    pub(super) fn revive(&mut self, dir: Dir) -> Moves {
        let mut moves = Moves::default();
        let Some(reset) = self.teardown.reset else {
            return moves;
        };
        let (client, server) = self.teardown.before_reset;
        let state = match dir {
            Dir::ToServer => client,
            Dir::ToClient => server,
        };
        let (sender, receiver) = self.ends_mut(dir);
        let (chain, _) = moves.ends_mut(dir);
        chain.push(sender.state);
        chain.push(state);
        sender.state = state;
        let is_ignored = receiver.state != State::Closed;
        self.is_reported = false;
        if is_ignored {
            self.ignore_reset(reset);
            self.forget_reset();
        } else if dir == reset.dir {
            self.teardown.reset_cause = Some(ResetCause::Injected);
            self.teardown.reset_provoked_by = None;
        }
        moves
    }

    /// Notes a RST that the end did not take to which it was sent.
    pub(super) fn ignore_reset(&mut self, reset: Mark) {
        let cause = self.teardown.reset_cause;
        self.ignore_reset_of(reset, cause);
    }

    /// The same, of one that would have had a cause.
    pub(super) fn ignore_reset_of(&mut self, first: Mark, cause: Option<ResetCause>) {
        let none = IgnoredResets {
            first,
            cause,
            count: 0,
        };
        let ignored = self.teardown.ignored.get_or_insert_with(|| Box::new(none));
        ignored.count = ignored.count.saturating_add(1);
    }

    /// Notes that what an end did not take was answered as it has to be.
    pub(super) fn note_answer(&mut self, dir: Dir, segment: &Segment<'_>, role: Role) {
        let Some(one) = self.receiver(dir).awaits_answer() else {
            return;
        };
        let is_answer = match one.due {
            Reply::Reset => self.refusal_answered_by(dir, segment).is_some(),
            Reply::Ack | Reply::ChallengeAck => role.part == Part::ChallengeAck,
            Reply::Nothing => false,
        };
        if is_answer {
            let (_, receiver) = self.ends_mut(dir);
            if let Some(incidents) = &mut receiver.incidents {
                incidents.not_taken.is_answered = true;
            }
        }
    }
}
