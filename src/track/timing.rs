//! What is measured of a connection in time, where it is wanted: its turns and its
//! figures. Both look at each segment with the connection as it was before.

use std::num::NonZeroU64;

use crate::segment::Segment;
use crate::time::Span;
use crate::track::dir::Dir;
use crate::track::figures::{Figures, Leg, Legs, Silence, Throughput};
use crate::track::flow::Flow;
use crate::track::look::Look;
use crate::track::roles::{GuessedBy, Roles};
use crate::track::turns::{Dialogue, Responses, Turn};
use crate::track::wants::Wants;

/// What is measured, each from when there is something.
#[derive(Debug, Clone)]
pub(super) struct Timing {
    wants_turns: bool,
    wants_figures: bool,
    turns: Option<Box<Dialogue>>,
    figures: Option<Box<Figures>>,
}

impl Timing {
    pub(super) const fn new(wants: Wants) -> Self {
        Self {
            wants_turns: wants.turns,
            wants_figures: wants.figures,
            turns: None,
            figures: None,
        }
    }

    /// Takes a segment before its connection goes on by it.
    #[inline]
    pub(super) fn take(&mut self, flow: &Flow, dir: Dir, segment: &Segment<'_>, look: &Look) {
        if !self.wants_turns && !self.wants_figures {
            return;
        }
        let octets = if segment.payload_len == 0 {
            0
        } else {
            look.new_octets(segment)
        };
        if self.wants_turns {
            match &mut self.turns {
                Some(turns) => turns.take(flow, dir, segment, look, octets),
                None if octets > 0 => {
                    let begun = Dialogue::begun_by(flow, dir, segment, look.now, octets);
                    self.turns = begun.map(Box::new);
                }
                None => {}
            }
        }
        if self.wants_figures {
            match &mut self.figures {
                Some(figures) => figures.take(flow, dir, segment, look.now, octets),
                None => self.figures = Some(Box::new(Figures::begun_at(look.now))),
            }
        }
    }

    /// The parts of the round trip.
    pub(super) fn legs(&self, flow: &Flow) -> Legs {
        let stream = |dir| self.figures.as_deref()?.stream(dir);
        Legs::of(flow, stream(Dir::ToServer), stream(Dir::ToClient))
    }

    /// The longest time without segments.
    pub(super) fn silence(&self) -> Option<Silence> {
        self.figures.as_deref()?.silence()
    }

    /// How fast an end sent.
    pub(super) fn throughput(&self, flow: &Flow, dir: Dir) -> Option<Throughput> {
        let found = self.figures.as_deref()?.throughput(flow, dir)?;
        // What was sent at once tells how fast its sender writes, and nothing of the path.
        let legs = self.legs(flow);
        let least = |leg: Option<Leg>| leg.map_or(0, |leg| leg.min.0);
        let round_trip = least(legs.to_server).saturating_add(least(legs.to_client));
        (found.lasted.0 >= round_trip).then_some(found)
    }

    /// The turns: none where one direction was captured, or where who spoke first is all
    /// that tells which end asks.
    pub(super) fn responses(&self, flow: &Flow) -> Option<Responses> {
        let turns = self.turns.as_deref().filter(|_| tells_turns(flow))?;
        let legs = self.legs(flow);
        let responses = Responses::of(
            turns,
            legs.to_server.map(|leg| leg.min),
            legs.to_client.map(|leg| leg.min),
        );
        (responses.count > 0 || responses.greeting.is_some()).then_some(responses)
    }

    /// Which way octets went that were said last, and when.
    pub(super) fn spoke_last(&self) -> Option<(Dir, Span)> {
        Some(self.turns.as_deref()?.spoke_last())
    }

    /// The turn whose answer begins with the segment of `frame`, just after that.
    pub(super) fn answered_with(&self, flow: &Flow, frame: NonZeroU64) -> Option<Turn> {
        let turns = self.turns.as_deref().filter(|_| tells_turns(flow))?;
        turns.answered_with(frame)
    }
}

fn tells_turns(flow: &Flow) -> bool {
    let is_guess = flow.roles == Roles::Guessed(GuessedBy::FirstSegment);
    !is_guess && flow.only_direction().is_none()
}
