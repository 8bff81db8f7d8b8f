//! How a connection was closed: a record, not a state.

use std::num::NonZeroU64;

use crate::seq::SeqNum;
use crate::track::dir::Dir;
use crate::track::mark::Mark;
use crate::track::on_demand::Blank;
use crate::track::part::Step;
use crate::track::reset_cause::ResetCause;
use crate::track::state::State;

/// The segments that closed a connection.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Teardown {
    /// The first FIN.
    pub first_fin: Option<Mark>,
    /// The first acknowledgment of that FIN; the same segment as the second
    /// FIN where both were combined.
    pub first_ack: Option<Mark>,
    /// The other end's FIN.
    pub second_fin: Option<Mark>,
    /// The first acknowledgment of that one.
    pub second_ack: Option<Mark>,
    /// Whether the second FIN was sent before the first was acknowledged.
    pub is_simultaneous: bool,
    /// FINs sent again, 255 at most.
    pub fin_again: u8,
    /// The first RST.
    pub reset: Option<Mark>,
    /// Its likely cause, were both directions captured: see
    /// [`Flow::reset_cause`](crate::track::flow::Flow::reset_cause).
    pub reset_cause: Option<ResetCause>,
    /// The frame that provoked it, where the cause is one that answers.
    pub reset_provoked_by: Option<NonZeroU64>,
    /// Its TTL and that of its sender's other segments, where they differ.
    pub reset_ttl: Option<(u8, u8)>,
    /// The number behind all that its sender had sent before it.
    pub(super) sent_at_reset: SeqNum,
    /// The states of client and server before it.
    pub(super) before_reset: (State, State),
    /// RSTs that the end did not take to which they were sent.
    pub(super) ignored: Option<Box<IgnoredResets>>,
}

/// RSTs that the end did not take to which they were sent: they had another number
/// than the expected one, or the end went on.
#[derive(Debug, Clone, Copy)]
pub struct IgnoredResets {
    /// The first.
    pub first: Mark,
    /// Its likely cause, were it taken.
    pub(super) cause: Option<ResetCause>,
    /// How many there were, 255 at most.
    pub count: u8,
}

impl Blank for Teardown {
    const BLANK: &'static Self = &Self {
        first_fin: None,
        first_ack: None,
        second_fin: None,
        second_ack: None,
        is_simultaneous: false,
        fin_again: 0,
        reset: None,
        reset_cause: None,
        reset_provoked_by: None,
        reset_ttl: None,
        sent_at_reset: SeqNum(0),
        before_reset: (State::Unknown, State::Unknown),
        ignored: None,
    };
}

impl Teardown {
    /// RSTs that the end did not take to which they were sent.
    #[must_use]
    pub fn ignored(&self) -> Option<&IgnoredResets> {
        self.ignored.as_deref()
    }

    /// Whether nothing was sent that ends a connection.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.first_fin.is_none() && self.reset.is_none() && self.ignored.is_none()
    }

    /// The end that closed first, by the direction of its FIN.
    #[must_use]
    pub fn closer(&self) -> Option<Dir> {
        Some(self.first_fin?.dir)
    }

    /// The segments and their places, in the order of frames; a combined one
    /// once.
    pub fn steps(&self) -> impl Iterator<Item = (Step, Mark)> {
        let mut marks = [
            self.first_fin,
            self.first_ack,
            self.second_fin,
            self.second_ack,
        ];
        if self.is_combined() {
            marks[1] = None;
        }
        if self.is_simultaneous {
            let frame = |mark: &Option<Mark>| mark.map_or(u64::MAX, |mark| mark.frame.get());
            marks.sort_by_key(frame);
        }
        let is_combined = self.is_combined();
        marks.into_iter().zip(1..).filter_map(move |(mark, place)| {
            let step = match place {
                3 if is_combined => Step {
                    first: 2,
                    last: 3,
                    of: 4,
                },
                _ => Step::new(place, 4),
            };
            Some((step, mark?))
        })
    }

    /// Whether both FINs were acknowledged.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.first_ack.is_some() && self.second_ack.is_some()
    }

    /// Whether the second FIN acknowledged the first: three segments.
    #[must_use]
    pub fn is_combined(&self) -> bool {
        self.first_ack.is_some() && self.first_ack == self.second_fin
    }
}
