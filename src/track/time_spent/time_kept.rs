//! Who keeps the time of a connection: of a short one of which all is usual nobody, as
//! its segments are noted for others anyhow, and are followed when the time is asked for.

use std::fmt;
use std::num::NonZeroU64;

use crate::segment::Segment;
use crate::time::Span;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::judgement::{Judgement, Kind};
use crate::track::ledger::Pending;
use crate::track::part::Role;
use crate::track::time_spent::spent::TimeSpent;
use crate::track::time_spent::time_ledger::TimeLedger;
use crate::track::time_spent::waited::Waited;
use crate::track::wants::Wants;

/// Where the time of a connection is kept.
#[derive(Clone)]
pub(in crate::track) enum TimeKept {
    /// Nobody will ask.
    Unwanted,
    /// In the notes of its segments.
    InNotes,
    /// Here.
    Kept(Box<TimeLedger>),
}

impl TimeKept {
    pub(in crate::track) fn new(wants: Wants) -> Self {
        match () {
            () if wants.waits && wants.points > 0 => {
                Self::Kept(Box::new(TimeLedger::naming_waits().keeping_course()))
            }
            () if wants.waits => Self::Kept(Box::new(TimeLedger::naming_waits())),
            () if wants.time_spent => Self::InNotes,
            () => Self::Unwanted,
        }
    }

    /// The wait that a frame ended, where they are named and it is worth that.
    pub(in crate::track) fn ended_by(&self, frame: NonZeroU64) -> Option<Waited> {
        let Self::Kept(ledger) = self else {
            return None;
        };
        ledger.latest.filter(|wait| wait.frames.1 == Some(frame))
    }

    /// Keeps the time from now on; the segments before are in the notes.
    #[cold]
    pub(in crate::track) fn begin(&mut self, flow: &Flow, notes: &Pending) {
        if let Self::InNotes = self {
            *self = Self::Kept(Box::new(TimeLedger::of_notes(flow, notes, 0)));
        }
    }

    /// Keeps it from the first segment on.
    #[cfg(test)]
    pub(in crate::track) fn begin_at_once(&mut self) {
        if let Self::InNotes = self {
            *self = Self::Kept(Box::new(TimeLedger::new()));
        }
    }

    /// Takes a usual segment by which `flow` has gone on, so long after the first; of
    /// such the notes tell all.
    #[inline]
    pub(in crate::track) fn take_usual(
        &mut self,
        flow: &Flow,
        dir: Dir,
        segment: &Segment<'_>,
        now: Span,
    ) {
        if let Self::Kept(ledger) = self {
            ledger.take_usual(flow, dir, segment, now);
        }
    }

    /// Takes any segment by which `flow` has gone on, and what it is: of a copy nothing.
    /// It is the latest in the notes.
    pub(in crate::track) fn take(
        &mut self,
        flow: &Flow,
        notes: Option<&Pending>,
        (dir, segment): (Dir, &Segment<'_>),
        meaning: Option<(Role, Option<Judgement>)>,
    ) {
        if let (Self::InNotes, Some(notes)) = (&self, notes) {
            if meaning.is_some_and(is_usual) {
                return;
            }
            *self = Self::Kept(Box::new(TimeLedger::of_notes(flow, notes, 1)));
        }
        if let (Self::Kept(ledger), Some(meaning)) = (self, meaning) {
            ledger.take(flow, dir, segment, meaning);
        }
    }

    /// Whether an end has had to wait for room several times, so that where the time went
    /// may show a window that is too small.
    pub(in crate::track) fn has_waited_for_room(&self) -> bool {
        let Self::Kept(ledger) = self else {
            return false;
        };
        let ends = [&ledger.client, &ledger.server];
        ends.iter().any(|end| end.offered.wide > 1)
    }

    /// Where the time went; `None` where nobody wanted to know.
    pub(in crate::track) fn end(&self, flow: &Flow, notes: Option<&Pending>) -> Option<TimeSpent> {
        let ledger = match (self, notes) {
            (Self::Kept(ledger), _) => TimeLedger::clone(ledger),
            (Self::InNotes, Some(notes)) => TimeLedger::of_notes(flow, notes, 0),
            _ => return None,
        };
        Some(ledger.end(flow))
    }
}

/// In the notes or here, it is the same.
impl fmt::Debug for TimeKept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TimeKept").finish_non_exhaustive()
    }
}

/// Whether nothing has to be known of a segment but what is noted.
fn is_usual((role, kind): (Role, Option<Judgement>)) -> bool {
    let is_new = kind.is_none_or(|kind| kind.kind == Kind::New);
    is_new && !role.part.asks() && role.unacceptable.is_none()
}
