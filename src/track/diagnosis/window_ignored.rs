//! A sender that goes beyond the window.

use std::num::NonZeroU64;

use crate::flags::Flags;
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::track::diagnosis::found::{Code, Description, Diagnosis, Measure, Severity};
use crate::track::diagnosis::moment::Moment;
use crate::track::dir::Dir;
use crate::track::half::Half;

pub(super) const ABOUT: Description = Description {
    code: Code::WindowIgnored,
    name: "window_ignored",
    severity: Severity::Slows,
    means: "An end sent data beyond the right edge of the window that the other offered, twice at least: \
        it does not heed the window, or goes by another than was captured, as one that was changed on the \
        way, its scale included. What lies beyond the edge may be dropped. It is recognised by \
        acknowledgments that come later and still offer less than was sent: so no acknowledgment that the \
        capture lacks can have allowed it. `times` is how many of these there were, `bytes` the most octets beyond the edge.",
    unlike: "An octet beyond a closed window is a probe. Where the receiver moves the edge back, what was \
        allowed before is underway: then nothing is said. Nor is it where the scale is not known, as a SYN \
        was not captured.",
    reference: "RFC 9293 §3.8.6, RFC 7323 §2.4",
};

/// How often it takes.
const ENOUGH: u32 = 2;

/// What an end sent beyond the window.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Beyond {
    /// Whether the other end has moved the edge back.
    has_shrunk: bool,
    times: u32,
    bytes: u32,
    first: Option<[NonZeroU64; 2]>,
}

/// What an acknowledgment tells of the window.
#[derive(Debug, Clone, Copy)]
pub(super) enum Edge {
    /// It lies before what was allowed.
    MovedBack,
    /// It lies so many octets before what was sent, in the first frame latest.
    Exceeded(u32, [NonZeroU64; 2]),
}

/// The right edge that a segment of an end offers; `None` where nobody knows.
fn offered(segment: &Segment<'_>, sender: &Half) -> Option<SeqNum> {
    let tells = segment.is_ack() && !segment.flags.any(Flags::SYN | Flags::RST);
    let shift = sender.shift.filter(|_| tells)?;
    Some(segment.ack + (u32::from(segment.window) << shift))
}

/// Whether a segment of `sender` offers less than what `other` has sent, or than before.
#[inline]
pub(in crate::track) fn is_odd(segment: &Segment<'_>, sender: &Half, other: &Half) -> bool {
    let Some(shift) = sender.shift else {
        return false;
    };
    let edge = segment.ack + (u32::from(segment.window) << shift);
    edge - other.nxt < -1 || edge - sender.edge < 0
}

impl Edge {
    pub(super) fn of(moment: &Moment<'_>) -> Option<Self> {
        let (segment, sender, other) = (moment.segment, moment.sender(), moment.receiver());
        if !is_odd(segment, sender, other) {
            return None;
        }
        let is_taken = moment.role.unacceptable.is_none() && other.is_known();
        // The client has offered none before.
        let is_first = moment.flow.handshake.ack.is_none();
        let edge = offered(segment, sender).filter(|_| is_taken && !is_first)?;
        // What rounding by the scale may take.
        let slack = 1_i32 << sender.shift.unwrap_or(0);
        if edge - sender.edge < -slack && segment.ack - other.una >= 0 {
            return Some(Self::MovedBack);
        }
        let before = other.transmissions.latest()?;
        let beyond = other.nxt - edge;
        let is_in_order = segment.ack - other.una >= 0 && edge - sender.edge >= 0;
        let is_exceeded = beyond > slack && other.octets > 0 && is_in_order;
        is_exceeded.then(|| Self::Exceeded(beyond.cast_unsigned(), [before.frame, segment.frame]))
    }
}

impl Beyond {
    pub(super) fn take(&mut self, edge: Edge) {
        match edge {
            Edge::MovedBack => self.has_shrunk = true,
            Edge::Exceeded(bytes, frames) => {
                self.times = self.times.saturating_add(1);
                self.bytes = self.bytes.max(bytes);
                self.first.get_or_insert(frames);
            }
        }
    }

    /// What is found of the end that sends in direction `end`.
    pub(super) fn diagnose(&self, end: Dir) -> Option<Diagnosis> {
        let is_found = self.times >= ENOUGH && !self.has_shrunk;
        let [sent, told] = self.first.filter(|_| is_found)?;
        let measures = [Measure::Times(self.times), Measure::Bytes(self.bytes)];
        Some(ABOUT.found(end, (told, &[sent]), &measures))
    }
}
