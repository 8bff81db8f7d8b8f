//! A connection that was forgotten while it was idle: what its end sends then is reset or
//! not answered.

use std::num::NonZeroU64;

use smallvec::{SmallVec, smallvec};

use crate::flags::Flags;
use crate::time::{Span, Timestamp};
use crate::track::diagnosis::found::{Code, Description, Diagnosis, Measure, Outcome, Severity};
use crate::track::diagnosis::moment::Moment;
use crate::track::dir::Dir;
use crate::track::flow::Flow;

pub(super) const ABOUT: Description = Description {
    code: Code::ForgottenWhileIdle,
    name: "forgotten_while_idle",
    severity: Severity::Fails,
    means: "Neither end of an open connection sent anything for 60 s or longer (`idle`), and the first \
        that one sent then was answered with a RST (`reset`), or never, though it was sent three times \
        (`silence`): somebody had forgotten the connection, a firewall, a NAT or a load balancer that \
        keeps its state no longer than that, or the other end itself. It had not survived such a time \
        before. Where the TTL of the RST (`ttl`) is not the one of the other end's segments (`usual_ttl`), it \
        came from somewhere else: by one hop or two it is rather somebody on the way than a route that \
        has changed just then. Keep-alives in shorter intervals help.",
    unlike: "A RST that answers nothing is an idle timeout of the end that sends it. An end that \
        vanishes in the middle of an exchange has not been idle. Captured at the end that answers with \
        the RST, it is that end which does not know the connection.",
    reference: "RFC 5382 §5 (NATs: 2 h 4 min at least), RFC 9293 §3.8.4 (keep-alives), RFC 9293 §3.5.2",
};

/// Shorter than that nobody forgets an open connection.
pub(in crate::track) const LONG_IDLE: Span = Span(60_000_000_000);
/// How soon a RST comes for what an end sends.
const SOON: Span = Span(3_000_000_000);
/// How often something is repeated in vain before a loss is no explanation.
const IN_VAIN: u8 = 2;

/// The latest time in which both ends were silent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Idle {
    span: Span,
    /// The segment before it, and the one that ended it.
    before: NonZeroU64,
    ended_by: NonZeroU64,
    at: Timestamp,
    /// Who sent that.
    by: Dir,
    /// How many segments of the other end had come until then.
    heard: u64,
    /// The longest such time before, after which that answered.
    survived: Span,
}

impl Idle {
    /// The one that a segment ends; `before` is the one before that.
    pub(super) fn ended_by(moment: &Moment<'_>, before: Option<&Self>) -> Option<Self> {
        let (flow, segment) = (moment.flow, moment.segment);
        let span = segment.time - flow.last;
        let asks =
            segment.payload_len > 0 || segment.flags.has(Flags::FIN) || moment.role.part.asks();
        let is_plain = !segment.flags.any(Flags::SYN | Flags::RST);
        let is_open = flow.client.is_live() && flow.server.is_live();
        let waits =
            before.is_some_and(|before| before.by == moment.dir && !before.is_answered(flow));
        if span < LONG_IDLE || waits || !asks || !is_plain || !is_open {
            return None;
        }
        let frames = [flow.client.last_frame, flow.server.last_frame];
        let survived = before.map_or(Span(0), |before| before.survived_until(flow));
        Some(Self {
            span,
            before: frames.into_iter().flatten().max()?,
            ended_by: segment.frame,
            at: segment.time,
            by: moment.dir,
            heard: moment.receiver().segments,
            survived,
        })
    }

    /// The longest that was answered.
    fn survived_until(&self, flow: &Flow) -> Span {
        let latest = if self.is_answered(flow) {
            self.span
        } else {
            Span(0)
        };
        latest.max(self.survived)
    }

    /// Whether the other end was heard since.
    fn is_answered(&self, flow: &Flow) -> bool {
        flow.receiver(self.by).segments > self.heard
    }

    /// What is found of the end that sends in direction `end` and was idle.
    pub(super) fn diagnose(&self, flow: &Flow, end: Dir) -> Option<Diagnosis> {
        let (sender, other) = (flow.sender(end), flow.receiver(end));
        let is_known = flow.only_direction().is_none() && !flow.held.lacks_bare_acks();
        if self.by != end || self.span <= self.survived || !is_known {
            return None;
        }
        let reset = flow.teardown.reset.filter(|reset| reset.dir != end);
        let outcome = if let Some(reset) = reset {
            let is_first = other.segments == self.heard + 1;
            let is_soon = reset.time - self.at < SOON;
            (is_first && is_soon).then_some((Outcome::Reset, reset.frame))
        } else {
            let is_silent = other.segments == self.heard && sender.unanswered() >= IN_VAIN;
            let latest = sender.last_frame.filter(|_| is_silent);
            latest.map(|latest| (Outcome::Silence, latest))
        };
        let (outcome, shown_by) = outcome?;
        let frames = (shown_by, &[self.before, self.ended_by][..]);
        let mut measures: SmallVec<[_; 3]> = smallvec![Measure::Idle(self.span)];
        if let Some((ttl, usual)) = flow.teardown.reset_ttl.filter(|_| reset.is_some()) {
            measures.push(Measure::Ttl(u32::from(ttl)));
            measures.push(Measure::UsualTtl(u32::from(usual)));
        }
        let found = ABOUT.found(end, frames, &measures);
        Some(found.with_outcome(outcome, Severity::Fails))
    }
}
