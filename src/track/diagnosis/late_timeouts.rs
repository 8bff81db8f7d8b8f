//! Timeouts that cost many round trips each.

use std::num::NonZeroU64;

use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::time::{Span, Timestamp};
use crate::track::diagnosis::found::{Code, Description, Diagnosis, Measure, Severity};
use crate::track::diagnosis::moment::Moment;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::judgement::{Cause, Judgement, Kind, Why};
use crate::track::timeouts::LEAST_TIMEOUT;

pub(super) const ABOUT: Description = Description {
    code: Code::LateTimeouts,
    name: "late_timeouts",
    severity: Severity::Slows,
    means: "Segments were lost for which nothing but a timeout was left, and each timeout took ten round \
        trips or more, though the segment then arrived at once: together a tenth of the connection's \
        time, or more. The least timeout is 200 ms on Linux and 1 s by RFC 6298, whatever the round trip. \
        `times` is how many there were, `cost` their time in all, `longest` the longest, `round_trip` the \
        longest round trip at any of them. It is most often the end of a message that is lost: more \
        segments behind it, tail loss probes (RFC 8985), or a smaller least timeout on a path that is \
        short throughout help.",
    unlike: "A segment that is lost again and again meets no late timeout, but a path that is cut; what \
        was lost while the window was closed, or was never acknowledged, is no such either. Nor is what had \
        arrived, and was acknowledged late: a D-SACK tells that, or the timestamp that is echoed. Where the round trip has grown since the handshake, the timeout has a reason to be long.",
    reference: "RFC 6298 §2, RFC 8985 §7, RFC 2883, RFC 3522",
};

/// So many round trips are far more than one.
const FAR: i64 = 10;

/// The timeouts of an end.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Timeouts {
    pending: Option<Resent>,
    times: u32,
    cost: Span,
    longest: Span,
    round_trip: Span,
    /// The frames of the longest: the segment before it, and the one that was sent again.
    frames: Option<[NonZeroU64; 2]>,
}

/// One whose segment is not acknowledged.
#[derive(Debug, Clone, Copy)]
pub(super) struct Resent {
    seq: SeqNum,
    end: SeqNum,
    wait: Span,
    at: Timestamp,
    /// Its timestamp.
    tick: Option<u32>,
    frames: [NonZeroU64; 2],
    /// Whether it was sent for another before, as far as is known.
    is_repeated: bool,
}

/// What a segment tells.
#[derive(Debug, Clone, Copy)]
pub(super) enum Expiry {
    /// It is sent for one.
    Expired(Resent),
    /// It acknowledges what was sent for one, after a round trip of so long.
    MadeGood(Span),
    /// It acknowledges what had arrived before that was sent for one.
    Needless,
}

impl Expiry {
    /// Of a segment; `known` are those of the end that it comes from, and of the other.
    pub(super) fn of(moment: &Moment<'_>, other: Option<&Timeouts>) -> Option<Self> {
        let segment = moment.segment;
        let is_timeout = |judged: Judgement| {
            judged.kind == Kind::Retransmission && judged.cause == Some(Cause::Timeout)
        };
        if moment.kind.is_some_and(is_timeout) {
            let sender = moment.sender();
            let before = sender.transmissions.latest()?;
            let wait = moment.pause()?;
            let is_oldest = segment.seq == sender.una && segment.payload_len > 0;
            let is_open = moment.receiver().window_closed_by().is_none();
            if !is_oldest || !is_open || wait.0 < LEAST_TIMEOUT.0 {
                return None;
            }
            // Where it was lost before it was captured nobody knows how often.
            let is_seen = moment.kind.and_then(|judged| judged.why) == Some(Why::OneMissing)
                || sender.transmissions.of(segment.seq).next().is_some();
            return Some(Self::Expired(Resent {
                seq: segment.seq,
                end: segment.end(),
                wait,
                at: segment.time,
                tick: segment.options.timestamps().map(|(value, _)| value),
                frames: [before.frame, segment.frame],
                is_repeated: !is_seen,
            }));
        }
        let pending = other?.pending?;
        let is_acked = segment.is_ack() && segment.ack - pending.end >= 0;
        is_acked.then(|| {
            let of_handshake = moment.flow.round_trip.span().unwrap_or_default();
            let leg = moment.leg(moment.dir.reverse()).unwrap_or_default();
            let since = segment.time - pending.at;
            let since = Span(since.0.saturating_add(leg.0));
            if pending.was_needless(segment) {
                Self::Needless
            } else {
                Self::MadeGood(of_handshake.max(since))
            }
        })
    }

    /// Whether it is about what the sender of the segment sent.
    pub(super) const fn is_own(&self) -> bool {
        matches!(self, Self::Expired(_))
    }
}

impl Resent {
    /// Whether what acknowledges it says that it had arrived before: twice (RFC 2883), or
    /// with an earlier timestamp (RFC 3522).
    fn was_needless(&self, ack: &Segment<'_>) -> bool {
        let twice = ack.duplicate_sack();
        let is_twice =
            twice.is_some_and(|(start, end)| self.seq - start >= 0 && end - self.seq > 0);
        let echoed = ack.options.timestamps().map(|(_, echo)| echo);
        let ticks = echoed.zip(self.tick);
        is_twice || ticks.is_some_and(|(echo, own)| echo.wrapping_sub(own).cast_signed() < 0)
    }
}

impl Timeouts {
    pub(super) fn take(&mut self, expiry: Expiry) {
        match expiry {
            Expiry::Expired(again) => {
                let is_again = self.pending.is_some_and(|before| before.seq == again.seq);
                self.pending = Some(Resent {
                    is_repeated: again.is_repeated || is_again,
                    ..again
                });
            }
            Expiry::Needless => self.pending = None,
            Expiry::MadeGood(round_trip) => {
                let pending = self.pending.take().filter(|pending| !pending.is_repeated);
                let Some(pending) = pending else {
                    return;
                };
                if pending.wait.0 < round_trip.0.saturating_mul(FAR) {
                    return;
                }
                self.times = self.times.saturating_add(1);
                self.cost = Span(self.cost.0.saturating_add(pending.wait.0));
                self.round_trip = self.round_trip.max(round_trip);
                if pending.wait > self.longest {
                    self.longest = pending.wait;
                    self.frames = Some(pending.frames);
                }
            }
        }
    }

    /// Whether one waits for its acknowledgment.
    pub(super) const fn awaits(&self) -> bool {
        self.pending.is_some()
    }

    /// What is found of the end that sends in direction `end`.
    pub(super) fn diagnose(&self, flow: &Flow, end: Dir) -> Option<Diagnosis> {
        let [before, again] = self.frames?;
        let is_much = self.cost.0.saturating_mul(10) >= flow.duration().0;
        let measures = [
            Measure::Times(self.times),
            Measure::Cost(self.cost),
            Measure::Longest(self.longest),
            Measure::RoundTrip(self.round_trip),
        ];
        is_much.then(|| ABOUT.found(end, (again, &[before]), &measures))
    }
}
