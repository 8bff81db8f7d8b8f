//! A SYN that is answered by a connection from before, with an ACK of that.

use std::num::NonZeroU64;

use smallvec::SmallVec;

use crate::time::{Span, Timestamp};
use crate::track::acceptance::{AllNotTaken, NotTaken, Unacceptable};
use crate::track::diagnosis::found::{Code, Description, Diagnosis, Measure, Outcome, Severity};
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::reset_cause::ResetCause;

pub(super) const ABOUT: Description = Description {
    code: Code::OldConnectionAnswers,
    name: "old_connection_answers",
    severity: Severity::Fails,
    means: "A SYN was answered with an ACK that has nothing to do with it: the other end holds a \
        connection from before with the same addresses and ports, in TIME-WAIT, open still since it \
        has not heard that this end forgot it, or asked for by a SYN before this one. The asker has to answer with a RST, which ends the \
        old connection unless TIME-WAIT ignores it (RFC 1337), and to ask again. `opened`: a later SYN \
        opened the connection, `wait` after the first; `never`: none did; `discarded`: the RST ended \
        the old connection, which was in the capture itself. `times` is how many such ACKs came, \
        `since` how long ago the earlier connection had gone into TIME-WAIT, where that was captured.",
    unlike: "A SYN-ACK with a wrong acknowledgment is an answer to another SYN, and is told as that. A new connection that \
        TIME-WAIT lets begin, since its number or its timestamp is higher (RFC 6191), is answered with \
        a SYN-ACK, and nothing is said. A capture that lacks the SYN-ACK shows ACKs that go on.",
    reference: "RFC 9293 §3.5.1 (half-open connections), RFC 9293 §3.6.1 (TIME-WAIT), RFC 6191, RFC 1337",
};

/// The TIME-WAIT of the earlier connection between the same addresses and ports.
#[derive(Debug, Clone, Copy)]
pub(in crate::track) struct TimeWait {
    /// When it began, as far as was captured.
    since: Timestamp,
}

impl TimeWait {
    /// The TIME-WAIT in which an end of a connection is.
    pub(in crate::track) fn of(flow: &Flow) -> Option<Self> {
        let ends = [Dir::ToServer, Dir::ToClient];
        let holds = ends.into_iter().any(|end| flow.holds_time_wait(end));
        holds.then_some(Self { since: flow.last })
    }

    /// How long before a time it began.
    pub(super) fn since(self, now: Timestamp) -> Span {
        now - self.since
    }
}

/// What is found of the end that sends in direction `end`.
pub(super) fn diagnose(flow: &Flow, before: Option<&TimeWait>, end: Dir) -> Option<Diagnosis> {
    let answers = Answers::of(flow, end);
    let (Some(syn), Some(answers)) = (flow.handshake.syn.filter(|syn| syn.dir != end), answers)
    else {
        return discarded(flow, end);
    };
    let opened = flow.handshake.syn_ack.filter(|_| flow.is_opened());
    let until = opened.map_or(flow.last, |opened| opened.time);
    let mut measures: SmallVec<[_; 3]> = SmallVec::new();
    measures.push(Measure::Times(answers.times));
    measures.push(Measure::Wait(until - syn.time));
    let since = before.map(|before| Measure::Since(before.since(syn.time)));
    measures.extend(since);
    let others = [Some(syn.frame), opened.map(|opened| opened.frame)];
    let others: SmallVec<[_; 2]> = others.into_iter().flatten().collect();
    let found = ABOUT.found(end, (answers.first, &others), &measures);
    Some(match opened {
        Some(_) => found.with_outcome(Outcome::Opened, Severity::Slows),
        None => found.with_outcome(Outcome::Never, Severity::Fails),
    })
}

/// ACKs of an old connection.
struct Answers {
    first: NonZeroU64,
    times: u32,
}

impl Answers {
    fn of(flow: &Flow, end: Dir) -> Option<Self> {
        let all = flow.sender(end).not_taken()?;
        let is_old = |one: &&NotTaken| one.why == Unacceptable::OldConnection;
        let first = all.first().iter().find(is_old)?.frame;
        let others = all.first().iter().filter(|one| !is_old(one)).count();
        let others = u32::try_from(others).unwrap_or(u32::MAX);
        // Of more than are kept, those that are not were of the same kind.
        let times = all.count.saturating_sub(others);
        Some(Self { first, times })
    }
}

/// The old connection itself, which a SYN and the RST behind its ACK have ended.
fn discarded(flow: &Flow, end: Dir) -> Option<Diagnosis> {
    let reset = flow.teardown.reset.filter(|reset| reset.dir != end)?;
    let is_half_open = flow.reset_cause() == Some(ResetCause::HalfOpen);
    let ack = flow.teardown.reset_provoked_by.filter(|_| is_half_open)?;
    let asked = flow.receiver(end).not_taken().map(AllNotTaken::first);
    let asked = asked.and_then(<[NotTaken]>::last)?;
    let found = ABOUT.found(
        end,
        (ack, &[asked.frame, reset.frame]),
        &[Measure::Times(1)],
    );
    Some(found.with_outcome(Outcome::Discarded, Severity::Slows))
}
