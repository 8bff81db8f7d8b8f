//! The look before the move: what a segment is to its connection, as that was
//! before it.
//!
//! Looking only reads, so nothing here depends on the order in which it is
//! asked; what the segment changes is the part of [`follow`](super::follow).

mod acceptance;
mod capture;
mod conflict;
mod kind;
mod reset;
mod role;
mod usual;

use crate::flags::Flags;
use crate::segment::Segment;
use crate::time::Span;
use crate::track::asks::Asks;
use crate::track::conflict::Conflict;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::half::Half;
use crate::track::judgement::{Judgement, Kind};
use crate::track::part::Role;

/// What is seen in a segment before the connection goes on by it.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "findings that are independent of each other"
)]
pub(super) struct Look {
    /// When it came, counted from the beginning of the connection.
    pub(super) now: Span,
    /// What it is.
    pub(super) role: Role,
    /// What it really was, of a segment with data or FIN.
    pub(super) kind: Option<Judgement>,
    /// Whether it answers a probe of its sender's window.
    pub(super) answers_probe: bool,
    /// Whether numbers before it were not captured.
    pub(super) leaves_gap: bool,
    /// Whether it offers no window.
    pub(super) closes_window: bool,
    /// Whether it fills the other end's window.
    pub(super) fills_window: bool,
    /// Whether what it brings had been acknowledged before it stood in the capture.
    pub(super) is_late: bool,
    /// Whether its sender seemed to be closed by a RST, and is not.
    pub(super) outlives_reset: bool,
    /// The other text that its octets had before.
    pub(super) conflict: Option<Conflict>,
}

impl Look {
    /// Octets of data in the segment that are sent for the first time.
    #[inline]
    pub(super) fn new_octets(&self, segment: &Segment<'_>) -> u32 {
        let is_other = self
            .kind
            .is_some_and(|judged| matches!(judged.kind, Kind::Duplicate | Kind::Conflicting));
        let role = &self.role;
        if is_other || role.unacceptable.is_some() || role.part.asks() {
            return 0;
        }
        segment.payload_len.saturating_sub(role.again)
    }

    /// Whether there is nothing about numbers and windows.
    pub(super) const fn finds_nothing(&self) -> bool {
        !self.leaves_gap && !self.closes_window && !self.fills_window
    }
}

impl Flow {
    /// Looks at any segment of direction `dir`.
    pub(super) fn look(&self, dir: Dir, segment: &Segment<'_>) -> Look {
        let now = segment.time - self.first;
        let (sender, receiver) = (self.sender(dir), self.receiver(dir));
        let is_plain = !segment.flags.any(Flags::SYN | Flags::FIN | Flags::RST);
        let role = self.role(dir, segment);
        let counts = role.unacceptable.is_none() && !role.part.asks();
        let is_plain = is_plain && counts;
        let conflict = counts.then(|| self.conflict(dir, segment, now)).flatten();
        let kind = match conflict {
            Some(_) => Some(Judgement::CONFLICTING),
            None => counts.then(|| self.judge(dir, segment, now)).flatten(),
        };
        let role = if conflict.is_some() {
            Role { again: 0, ..role }
        } else {
            role
        };
        Look {
            now,
            role,
            kind,
            conflict,
            answers_probe: receiver.asks == Asks::WhetherOpen
                && Half::tells_window(segment, receiver),
            leaves_gap: counts
                && sender.segments > 0
                && segment.seq - sender.shown_nxt() > 0
                && !segment.flags.any(Flags::SYN | Flags::RST),
            closes_window: segment.window == 0 && is_plain,
            fills_window: is_plain && receiver.is_filled_by(segment),
            is_late: counts && self.is_late(dir, segment),
            outlives_reset: counts && self.outlives_reset(dir, segment, now),
        }
    }

    /// Whether a segment of direction `dir` brings for the first time what has been
    /// acknowledged just before: the capture has the two the wrong way round.
    pub(super) fn is_late(&self, dir: Dir, segment: &Segment<'_>) -> bool {
        let sender = self.sender(dir);
        if segment.seq_len() == 0 || !sender.is_known() || segment.time - self.last >= JUST_BEFORE {
            return false;
        }
        let is_syn = segment.flags.has(Flags::SYN) && !sender.has_syn();
        let is_new = is_syn && sender.iss == segment.seq
            || segment.seq - sender.nxt >= 0
            || sender.has_left_out(segment.seq, segment.seq_len());
        let is_heard = self.receiver(dir).segments > 0;
        is_new && is_heard && sender.una - segment.end() >= 0
    }
}

/// How far the capture may have two segments the wrong way round, as their times say.
pub(super) const JUST_BEFORE: Span = Span(1_000_000);

impl Half {
    /// Whether its window is 0, and a segment of the other end tries the octet
    /// behind it (RFC 9293 §3.8.6.1).
    pub(super) fn is_probed_by(&self, segment: &Segment<'_>) -> bool {
        segment.payload_len == 1
            && self.segments > 0
            && self.window == 0
            && segment.seq == self.edge
    }

    /// Whether a segment of the other end goes up to the edge of its window.
    #[inline]
    fn is_filled_by(&self, segment: &Segment<'_>) -> bool {
        segment.payload_len > 0
            && self.shift.is_some()
            && segment.seq + segment.payload_len == self.edge
    }
}
