//! Keep-alives: how often, and what they kept.

use std::num::NonZeroU64;

use crate::time::Span;
use crate::track::asks::Asks;
use crate::track::diagnosis::found::{Code, Description, Diagnosis, Measure, Outcome, Severity};
use crate::track::diagnosis::moment::Moment;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::part::Part;
use crate::track::reset_cause::ResetCause;

pub(super) const ABOUT: Description = Description {
    code: Code::KeepAlive,
    name: "keep_alive",
    severity: Severity::Harmless,
    means: "An end asked twice or more whether the other was still there, each time when both had been \
        silent for a while. `times` is how often, `answered` how many of these were answered, `interval` \
        the shortest silence before one, `idle` the time in which nothing else passed, in all. `kept`: \
        the other end was there. `failed`: it did not answer any more, and the asker gave up with a RST.",
    unlike: "A probe of a closed window looks the same, but the window tells. Keep-alives of an application \
        (TLS, SSH, HTTP/2) are data.",
    reference: "RFC 9293 §3.8.4, RFC 1122 §4.2.3.6",
};

/// No end asks after a shorter silence: what does is an octet that was sent again.
const LEAST_INTERVAL: Span = Span(900_000_000);

/// The keep-alives of an end.
#[derive(Debug, Clone, Copy)]
pub(super) struct KeepAlives {
    first: NonZeroU64,
    latest: NonZeroU64,
    times: u32,
    answered: u32,
    interval: Span,
    idle: Span,
}

/// What a segment does.
#[derive(Debug, Clone, Copy)]
pub(super) enum Question {
    /// It asks after a silence of so long, which is none where it asks again.
    Asked(NonZeroU64, Option<Span>),
    Answered,
}

impl Question {
    pub(super) fn of(moment: &Moment<'_>) -> Option<Self> {
        match moment.role.part {
            Part::KeepAlive => {
                let (sender, receiver) = (moment.sender(), moment.receiver());
                let is_again =
                    sender.asks == Asks::WhetherAlive && sender.last_frame > receiver.last_frame;
                let silence = moment.segment.time - moment.flow.last;
                let is_timely = is_again || silence >= LEAST_INTERVAL;
                let asked = Self::Asked(moment.segment.frame, (!is_again).then_some(silence));
                is_timely.then_some(asked)
            }
            Part::KeepAliveAck => Some(Self::Answered),
            _ => None,
        }
    }

    /// Whether it is the sender's question.
    pub(super) const fn is_own(&self) -> bool {
        matches!(self, Self::Asked(..))
    }
}

impl KeepAlives {
    /// Takes one more of them.
    pub(super) fn take(known: &mut Option<Box<Self>>, question: Question) {
        match (question, known) {
            (Question::Asked(frame, silence), Some(known)) => {
                known.latest = frame;
                known.times = known.times.saturating_add(1);
                if let Some(silence) = silence {
                    known.interval = known.interval.min(silence);
                    known.idle = Span(known.idle.0.saturating_add(silence.0));
                }
            }
            (Question::Asked(frame, silence), known) => {
                let silence = silence.unwrap_or_default();
                *known = Some(Box::new(Self {
                    first: frame,
                    latest: frame,
                    times: 1,
                    answered: 0,
                    interval: silence,
                    idle: silence,
                }));
            }
            (Question::Answered, Some(known)) => known.answered = known.answered.saturating_add(1),
            (Question::Answered, None) => {}
        }
    }

    /// What is found of the end that sends in direction `end`.
    pub(super) fn diagnose(&self, flow: &Flow, end: Dir) -> Option<Diagnosis> {
        let reset = flow.teardown.reset.filter(|reset| reset.dir == end);
        let has_failed = flow.reset_cause() == Some(ResetCause::KeepAliveFailed);
        let failed = reset.filter(|_| has_failed);
        let measures = [
            Measure::Times(self.times),
            Measure::Answered(self.answered),
            Measure::Interval(self.interval),
            Measure::Idle(self.idle),
        ];
        if self.times < 2 {
            return None;
        }
        match failed {
            Some(reset) => {
                let frames = (reset.frame, &[self.first, self.latest][..]);
                let found = ABOUT.found(end, frames, &measures);
                Some(found.with_outcome(Outcome::Failed, Severity::Fails))
            }
            None if self.answered > 0 => {
                let found = ABOUT.found(end, (self.first, &[self.latest]), &measures);
                Some(found.with_outcome(Outcome::Kept, Severity::Harmless))
            }
            None => None,
        }
    }
}
