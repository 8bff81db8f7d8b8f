//! The move after the look: all that a segment changes in its connection.
//!
//! Nothing else writes to a [`Flow`], but for what comes without a segment: an
//! ICMP error, and the end of the capture.

mod counts;
mod ending;
mod icmp;
mod oversize;
mod records;
mod states;
mod troubles;
mod windows;

use crate::flags::Flags;
use crate::segment::Segment;
use crate::track::asks::Asks;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::half::Half;
use crate::track::look::Look;
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
        self.round_trip = self.round_trip.after(segment, look.now);
        self.note_troubles(dir, segment, look);
        self.note_resizing(dir, segment, look);
        self.ends_mut(dir)
            .0
            .note_sending(segment, look.kind, look.now);
        let moves = self.advance(dir, segment, look);
        self.note_oversize(dir, segment, look);
        let ended = self.is_over() && !self.is_reported;
        self.is_reported |= ended;
        let lacks_answer = self.sender(dir).lacks_answer(role) && self.only_direction().is_none();
        let is_settled =
            ended || lacks_answer || look.answers_probe && self.settles_stall(dir, segment.time);
        if look.probes_window {
            self.ends_mut(dir).0.asks = Asks::WhetherOpen;
        }
        if ended {
            self.end_stalls(segment.time);
        }
        Followed {
            moves,
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

    /// Goes on by any segment of which nothing is passed on.
    pub(super) fn take(&mut self, dir: Dir, segment: &Segment<'_>) {
        let look = self.look(dir, segment);
        self.follow(dir, segment, &look);
    }

    fn advance(&mut self, dir: Dir, segment: &Segment<'_>, look: &Look) -> Moves {
        let role = look.role;
        if self.goes_on(dir, role) {
            self.count(dir, segment, role, look.now);
            return Moves::default();
        }
        self.learn_numbers(dir, segment, role);
        let moves = match role.part {
            Part::Nonsense | Part::StraySyn => Moves::default(),
            Part::Refusal | Part::Reset => self.reset(dir, segment, role),
            _ => self.move_states(dir, segment),
        };
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
