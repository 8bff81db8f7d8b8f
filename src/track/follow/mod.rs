//! The move after the look: all that a segment changes in its connection.
//!
//! Nothing else writes to a [`Flow`], but for what comes without a segment: an
//! ICMP error, and the end of the capture.

mod conflict;
mod counts;
mod ending;
mod icmp;
mod not_taken;
mod oversize;
mod records;
mod revival;
mod states;
mod troubles;
mod windows;

use crate::flags::Flags;
use crate::segment::Segment;
use crate::track::asks::Asks;
use crate::track::conflict::Conflict;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::half::Half;
use crate::track::look::Look;
use crate::track::mark::Mark;
use crate::track::moves::Moves;
use crate::track::part::{Part, Role};
use crate::track::sighting::Sighting;
use crate::track::state::State;
use crate::track::verdict::{UNANSWERED, Verdict};
use crate::verification::is_left_to_hardware;

/// What came of a segment.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Followed {
    /// The states it moved.
    pub(super) moves: Moves,
    /// The other text that its octets had before.
    pub(super) conflict: Option<Conflict>,
    /// The RST that seemed to have closed its sender, and has not.
    pub(super) outlived: Option<Mark>,
    /// Whether the connection ended with it.
    pub(super) ended: bool,
    /// What became of the connection, where this segment settles it.
    pub(super) verdict: Option<Verdict>,
    /// Whether what it brought had been acknowledged before.
    pub(super) is_late: bool,
}

impl Flow {
    /// Goes on by a usual segment.
    #[inline]
    pub(super) fn follow_usual(&mut self, dir: Dir, segment: &Segment<'_>, look: &Look) {
        let (sender, _) = self.ends_mut(dir);
        sender.note_sending(segment, look.kind, look.now);
        self.count(dir, segment, look.role, look.now);
    }

    /// Goes on by a segment, at which the connection was looked before.
    #[inline(never)]
    pub(super) fn follow(&mut self, dir: Dir, segment: &Segment<'_>, look: &Look) -> Followed {
        let role = look.role;
        self.learn_checksums(dir, segment);
        if let Some(why) = role.unacceptable {
            return self.leave(dir, segment, look, why);
        }
        self.round_trip = self.round_trip.after(segment, look.now);
        self.note_troubles(dir, segment, look);
        if let Some(conflict) = look.conflict {
            self.note_conflict(dir, segment, conflict);
        }
        self.note_resizing(dir, segment, look);
        self.ends_mut(dir)
            .0
            .note_sending(segment, look.kind, look.now);
        let outlived = self.teardown.reset.filter(|_| look.outlives_reset);
        let moves = if look.outlives_reset {
            self.revive(dir)
        } else {
            Moves::default()
        };
        let moves = self.advance(dir, segment, look, moves);
        self.note_answer(dir, segment, role);
        self.note_oversize(dir, segment, look);
        let ended = self.is_over() && !self.is_reported;
        self.is_reported |= ended;
        let lacks_answer = self.sender(dir).lacks_answer(role) && self.only_direction().is_none();
        let is_settled =
            ended || lacks_answer || look.answers_probe && self.settles_stall(dir, segment.time);
        if ended {
            self.count_stalls(segment.time);
        }
        Followed {
            moves,
            conflict: look.conflict,
            outlived,
            ended,
            verdict: is_settled.then(|| Verdict::of(self)),
            is_late: look.is_late,
        }
    }

    /// Learns of the first segments of an end, and of its SYN, whether it leaves their
    /// checksums to the hardware.
    fn learn_checksums(&mut self, dir: Dir, segment: &Segment<'_>) {
        let (sender, _) = self.ends_mut(dir);
        if sender.segments < 2 || segment.flags.has(Flags::SYN) {
            sender.leaves_checksums |= is_left_to_hardware(segment);
        }
    }

    /// Notes whether a segment was seen before; another sight of one moves nothing.
    pub(super) fn note_sight(&mut self, dir: Dir, segment: &Segment<'_>, sight: &Sighting) {
        let (sender, _) = self.ends_mut(dir);
        sender.doubling.takes(sight);
        if let Sighting::Again(again) = sight {
            let incidents = sender.incidents.get_or_insert_default();
            incidents.copies.count(segment, again.after);
        }
    }

    fn advance(&mut self, dir: Dir, segment: &Segment<'_>, look: &Look, moves: Moves) -> Moves {
        let role = look.role;
        if self.goes_on(dir, role) {
            self.count(dir, segment, role, look.now);
            return moves;
        }
        self.learn_numbers(dir, segment, role);
        let before = (self.client.state, self.server.state);
        let mut moves = match role.part {
            Part::Nonsense => moves,
            Part::Refusal | Part::Reset => self.reset(dir, segment, role, moves),
            _ => self.move_states(dir, segment, moves),
        };
        if role.part == Part::SynAck && role.again > 0 {
            self.take_back_ack(dir, segment, &mut moves);
        }
        if matches!(role.part, Part::Refusal | Part::Reset) && self.teardown.reset.is_none() {
            self.teardown.before_reset = before;
        }
        self.remember(dir, segment, role, &moves);
        self.count(dir, segment, role, look.now);
        moves
    }

    /// Whether nothing but counts can change: both ends are open, and this is
    /// neither a beginning nor an end.
    fn goes_on(&self, dir: Dir, role: Role) -> bool {
        let (sender, receiver) = (self.sender(dir), self.receiver(dir));
        let is_between = matches!(
            role.part,
            Part::Data | Part::Ack | Part::AckAgain | Part::WindowUpdate
        );
        is_between
            && sender.state == State::Established
            && receiver.state == State::Established
            && receiver.syn_acked
            && receiver.fin.is_none()
            && sender.is_known()
    }
}

impl Half {
    /// Whether its latest segment, which was what `role` says, is the last of
    /// so many without an answer that the other end has vanished.
    const fn lacks_answer(&self, role: Role) -> bool {
        let repeats = role.again > 0 || !matches!(self.asks, Asks::Nothing);
        self.unanswered() == UNANSWERED && repeats
    }
}
