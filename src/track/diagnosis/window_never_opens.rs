//! A closed window that is probed to the end.

use std::num::NonZeroU64;

use crate::time::{Span, Timestamp};
use crate::track::diagnosis::found::{Code, Description, Diagnosis, Measure, Outcome, Severity};
use crate::track::diagnosis::moment::Moment;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::part::Part;

pub(super) const ABOUT: Description = Description {
    code: Code::WindowNeverOpens,
    name: "window_never_opens",
    severity: Severity::Fails,
    means: "An end closed its window, and answered every probe of the other with a window of 0, for 3 s \
        and three probes at least, up to the end of the capture (`lasts`) or to the RST that ended it \
        (`reset`): its application does not read. Its kernel answers for as long as it is asked, so the \
        other end waits for ever. `times` is how many probes were sent, `answered` how many of them were \
        answered, `wait` for how long the window was closed.",
    unlike: "A window that opens, however late, is no such: how long it was closed is told among what \
        stood still. An end that does not answer has vanished.",
    reference: "RFC 9293 §3.8.6.1, RFC 1122 §4.2.2.17, RFC 6429",
};

/// So many probes, and so long, in nanoseconds: an application may be busy.
const ENOUGH: u32 = 3;
const LONG: i64 = 3_000_000_000;

/// The probes of a window that is closed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Probes {
    /// The frame that closed it, and when that was.
    closed_by: NonZeroU64,
    since: Timestamp,
    latest: NonZeroU64,
    times: u32,
    answered: u32,
}

/// What a segment does.
#[derive(Debug, Clone, Copy)]
pub(super) enum Trial {
    /// It asks whether the window is open, which was closed by a frame at a time.
    Asks(NonZeroU64, Timestamp, NonZeroU64),
    /// It answers that it is not.
    Answers,
}

impl Trial {
    pub(super) fn of(moment: &Moment<'_>) -> Option<Self> {
        match moment.role.part {
            Part::WindowProbe => {
                let receiver = moment.receiver();
                let since = receiver.troubles()?.stalls.since()?;
                let closed_by = receiver.window_closed_by()?;
                Some(Self::Asks(closed_by, since, moment.segment.frame))
            }
            Part::WindowProbeAck => Some(Self::Answers),
            _ => None,
        }
    }

    /// Whether it is the sender's window that it is about.
    pub(super) const fn is_own(&self) -> bool {
        matches!(self, Self::Answers)
    }
}

impl Probes {
    /// Takes one more of them.
    pub(super) fn take(probes: &mut Option<Box<Self>>, trial: Trial) {
        match (trial, probes) {
            (Trial::Asks(closed_by, _, latest), Some(known)) if known.closed_by == closed_by => {
                known.times = known.times.saturating_add(1);
                known.latest = latest;
            }
            (Trial::Asks(closed_by, since, latest), probes) => {
                *probes = Some(Box::new(Self {
                    closed_by,
                    since,
                    latest,
                    times: 1,
                    answered: 0,
                }));
            }
            (Trial::Answers, Some(known)) => known.answered = known.answered.saturating_add(1),
            (Trial::Answers, None) => {}
        }
    }

    /// What is found of the end that sends in direction `end`, whose window it is.
    pub(super) fn diagnose(&self, flow: &Flow, end: Dir) -> Option<Diagnosis> {
        let is_closed = flow.sender(end).window_closed_by() == Some(self.closed_by);
        let wait = flow.last - self.since;
        // The latest may be underway.
        let is_answered = self.answered + 1 >= self.times;
        let is_found = is_closed && is_answered && self.times >= ENOUGH && wait.0 >= LONG;
        // It lasts up to where stalls do: the end of the capture.
        let (outcome, longer) = match flow.teardown.reset {
            Some(_) => (Outcome::Reset, 0),
            None => (Outcome::Lasts, flow.silence().0.max(0)),
        };
        let measures = [
            Measure::Times(self.times),
            Measure::Answered(self.answered),
            Measure::Wait(Span(wait.0.saturating_add(longer))),
        ];
        is_found.then(|| {
            let found = ABOUT.found(end, (self.closed_by, &[self.latest]), &measures);
            found.with_outcome(outcome, Severity::Fails)
        })
    }
}
