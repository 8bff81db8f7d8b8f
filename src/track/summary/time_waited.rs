//! What a connection, or several together, waited for: where the time went, less that in
//! which nobody waits.
//!
//! Nobody waits for a client's application that has nothing to ask, and it cannot be told
//! from one at work. Nor while nothing is asked and the server closes in the end: the
//! [ledger](crate::track::time_spent) has that for the server's application, whose move
//! the FIN is. Nor for news, which a server tells when there are some: one that went on by
//! itself several times for each thing it was asked has news to tell, and not an answer
//! that stands still now and then.

use std::num::NonZeroU64;

use crate::time::Span;
use crate::track::connection::Connection;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::mark::Mark;
use crate::track::time_spent::{Pauses, TimeCause, TimeSpent, Waited};
use crate::track::transmission::Transmission;

/// How many octets a server may say by itself when it closes: an alert that says so (RFC
/// 8446 §6.1), a GOAWAY frame (RFC 9113 §6.8).
const LAST_WORDS: u32 = 128;
/// How long before its FIN, nanoseconds.
const AT_ONCE: i64 = 100_000_000;

/// How often a server goes on by itself after a [pause](Pauses), for each request, whose
/// news nobody waits for.
const NEWS: u64 = 3;

/// Where the time of connections went, added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeWaited {
    sums: [Span; TimeCause::ALL.len()],
    /// Time in which nothing was asked, up to when the server closed.
    pub idle: Span,
    /// Time in which nothing was asked, up to when the server told news.
    pub before_news: Span,
}

impl Default for TimeWaited {
    fn default() -> Self {
        Self {
            sums: [Span(0); TimeCause::ALL.len()],
            idle: Span(0),
            before_news: Span(0),
        }
    }
}

impl TimeWaited {
    /// Of a connection whose time went so; and which of its waits was idle, or in part.
    pub(super) fn of<'s>(
        connection: &Connection,
        spent: &'s TimeSpent,
    ) -> (Self, Option<&'s Waited>) {
        let before_news = before_news(connection, spent);
        let idle = before_close(connection, spent, before_news.0 > 0);
        let waited = Self {
            sums: spent.sums.map(|(_, sum)| sum),
            idle: idle.map_or(Span(0), |(_, idle)| idle),
            before_news,
        };
        (waited, idle.map(|(wait, _)| wait))
    }

    /// Adds another's.
    pub(super) fn add(&mut self, other: &Self) {
        let added = |one: Span, other: Span| Span(one.0.saturating_add(other.0));
        for (sum, other) in self.sums.iter_mut().zip(other.sums) {
            *sum = added(*sum, other);
        }
        self.idle = added(self.idle, other.idle);
        self.before_news = added(self.before_news, other.before_news);
    }

    /// What the ledger says.
    #[must_use]
    pub const fn spent(&self, cause: TimeCause) -> Span {
        self.sums[cause as usize]
    }

    /// How long it was waited for a cause: 0 where nobody waits.
    #[must_use]
    pub const fn waited_for(&self, cause: TimeCause) -> Span {
        match cause {
            TimeCause::ClientApplication | TimeCause::Closing | TimeCause::Unknown => Span(0),
            TimeCause::ServerApplication => {
                let Span(working) = self.spent(cause);
                let unasked = self.idle.0.saturating_add(self.before_news.0);
                let asked = working.saturating_sub(unasked);
                Span(if asked > 0 { asked } else { 0 })
            }
            cause => self.spent(cause),
        }
    }

    /// How long it was waited for anything.
    #[must_use]
    pub fn total(&self) -> Span {
        let spans = TimeCause::ALL.map(|cause| self.waited_for(cause).0);
        Span(spans.into_iter().fold(0, i64::saturating_add))
    }

    /// What was waited for, the longest first.
    #[must_use]
    pub fn largest(&self) -> Vec<(TimeCause, Span)> {
        let waits = TimeCause::ALL.map(|cause| (cause, self.waited_for(cause)));
        let mut waits: Vec<_> = waits.into_iter().filter(|(_, span)| span.0 > 0).collect();
        waits.sort_by_key(|&(cause, span)| (std::cmp::Reverse(span), cause));
        waits
    }
}

/// How long a server that tells news was silent before them.
fn before_news(connection: &Connection, spent: &TimeSpent) -> Span {
    let Pauses { count, time } = spent.pauses;
    let asked = connection.responses().map_or(0, |all| all.count);
    if u64::from(count) < NEWS * asked.max(1) {
        return Span(0);
    }
    time.min(spent.of(TimeCause::ServerApplication))
}

/// The wait for a server that closed though nothing was asked, as the ledger has it, and
/// how much of it was spent in silence; where it tells news, its last words are some.
fn before_close<'s>(
    connection: &Connection,
    spent: &'s TimeSpent,
    has_news: bool,
) -> Option<(&'s Waited, Span)> {
    let flow = &connection.flow;
    let end = closed_by_server(flow)?;
    let ended_at = end.time - flow.first;
    let words = last_words(flow, &end);
    if has_news && words.is_some() {
        return None;
    }
    let begun_by = words.map_or(end.frame, |first| first.frame);
    let silence = match (answer_before(connection, begun_by)?, words) {
        (since, None) => Span(ended_at.0.saturating_sub(since.0)),
        // What was said before is not remembered, but that nothing came for long.
        (_, Some(first)) => {
            let silence = connection.silence()?;
            (silence.ended_by == first.frame).then_some(silence.lasted)?
        }
    };
    let is_it = |wait: &&Waited| {
        let is_until = wait
            .frames
            .1
            .is_some_and(|frame| (begun_by..=end.frame).contains(&frame));
        wait.cause == TimeCause::ServerApplication && is_until
    };
    let wait = spent.longest.iter().find(is_it)?;
    Some((wait, silence.min(wait.length)))
}

/// When the server had answered all, the latest of it, counted from the first segment:
/// with what it said before this frame. `None` where it owed something, or where it is not
/// known who asks.
fn answer_before(connection: &Connection, frame: NonZeroU64) -> Option<Span> {
    let flow = &connection.flow;
    if flow.client.octets + flow.server.octets == 0 {
        return Some(Span(0));
    }
    let responses = connection.responses()?;
    let answer = responses.last_answer.filter(|_| !responses.is_unanswered)?;
    (answer.frame < frame).then_some(answer.last_at)
}

/// The FIN of the server, or its RST.
fn closed_by_server(flow: &Flow) -> Option<Mark> {
    let teardown = &flow.teardown;
    let marks = [teardown.first_fin, teardown.second_fin, teardown.reset];
    let mut marks = marks.into_iter().flatten();
    marks.find(|mark| mark.dir == Dir::ToClient)
}

/// The first of what little the server said straight before it closed, if anything.
fn last_words<'f>(flow: &'f Flow, end: &Mark) -> Option<&'f Transmission> {
    let ended_at = end.time - flow.first;
    let mut first = None;
    let mut octets = 0_u32;
    for sent in flow.server.transmissions.iter() {
        octets = octets.saturating_add(sent.payload_len);
        if octets > LAST_WORDS || ended_at.0.saturating_sub(sent.at.0) > AT_ONCE {
            break;
        }
        if sent.payload_len > 0 {
            first = Some(sent);
        }
    }
    first
}
