//! What became of a connection, in words.

use std::num::NonZeroU64;

use crate::icmp_error::Reason;
use crate::sink::duration::shown;
use crate::sink::sentence::diagnosis::diagnosis;
use crate::sink::sentence::evidence::frames;
use crate::sink::sentence::path;
use crate::sink::words::Words;
use crate::sink::words::fill::said;
use crate::track::acceptance::{AllNotTaken, NotTaken};
use crate::track::diagnosis::mtu_black_hole;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::mark::Mark;
use crate::track::reset_cause::ResetCause;
use crate::track::verdict::{Blind, Due, PATIENCE, Verdict};
use crate::track::waits::Waits;

/// The verdict in a word or two, for a column.
#[must_use]
pub const fn word(verdict: Verdict, words: &Words) -> &'static str {
    let (unknown, black_hole) = (words.capture.unknown, words.path.black_hole);
    let words = &words.verdict;
    match verdict {
        Verdict::NoAnswer => words.no_answer,
        Verdict::Refused => words.refused,
        Verdict::Unreachable(_) => words.unreachable,
        Verdict::HalfOpen => words.half_open,
        Verdict::Open => words.open,
        Verdict::Stalled { .. } => words.stalled,
        Verdict::Vanished { .. } => words.vanished,
        Verdict::BlackHole { .. } => black_hole,
        Verdict::HalfClosed { .. } => words.half_closed,
        Verdict::Closing => words.closing,
        Verdict::Closed { .. } => words.closed,
        Verdict::ClosedAtOnce => words.closed_at_once,
        Verdict::Reset { .. } => words.reset,
        Verdict::Midstream => words.midstream,
        Verdict::AfterEnd => words.after_end,
        Verdict::Unknown(_) => unknown,
    }
}

/// The word for the verdict on a connection; of one direction alone nobody knows whether it is that of the other.
#[must_use]
pub fn word_of(flow: &Flow, words: &Words) -> &'static str {
    let verdict = Verdict::of(flow);
    let is_of_both = matches!(
        verdict,
        Verdict::Open | Verdict::Midstream | Verdict::HalfClosed { .. }
    );
    if is_of_both && flow.only_direction().is_some() {
        return words.verdict.one_direction;
    }
    word(verdict, words)
}

/// The verdict in a sentence.
#[must_use]
pub fn verdict(flow: &Flow, words: &Words) -> String {
    let said = &words.verdict;
    let verdict = Verdict::of(flow);
    let only = flow.only_direction();
    let mut sentence = match (verdict, only) {
        (Verdict::NoAnswer, _) => no_answer(flow, words),
        (Verdict::Refused, _) => refused(flow, words),
        (Verdict::Unreachable(reason), _) => unreachable(flow, reason, words),
        (Verdict::HalfOpen, _) => half_open(flow, words),
        (Verdict::Open | Verdict::Midstream | Verdict::HalfClosed { .. }, Some(only)) => {
            let closed = flow.teardown.closer().is_some();
            let closed = if closed {
                said.closed_by
            } else {
                said.not_closed_by
            };
            said!(closed, words.sender(only))
        }
        (Verdict::Open, _) => open(flow, words).to_owned(),
        (Verdict::Stalled { by }, _) => stalled(flow, by, words),
        (Verdict::Vanished { silent }, _) => vanished(flow, silent, words),
        (Verdict::BlackHole { by }, _) => black_hole(flow, by, words),
        (Verdict::HalfClosed { by }, _) => {
            said!(said.half_closed_by, words.sender(by), words.receiver(by))
        }
        (Verdict::Closing, _) if flow.may_be_closed() => words.capture.last_fin_unknown.to_owned(),
        (Verdict::Closing, _) => said.last_fin_unacknowledged.to_owned(),
        (Verdict::Closed { .. } | Verdict::ClosedAtOnce, _) => closed(flow, words),
        (Verdict::Reset { by }, _) => reset(flow, by, words),
        (Verdict::AfterEnd, _) => said.more_after_end.to_owned(),
        (Verdict::Midstream, _) => said.began_before_still_open.to_owned(),
        (Verdict::Unknown(due), _) => unknown(flow, due, words),
    };
    if verdict.is_over() && flow.is_without_data() {
        sentence.push_str(said.without_data);
    }
    let tells_beginning = match verdict {
        Verdict::Midstream => only.is_none(),
        verdict => verdict == Verdict::AfterEnd,
    };
    let is_begun = flow.answers.is_some()
        || match only {
            None => flow.handshake.syn.is_some(),
            Some(_) => flow.handshake.syn.is_some() || flow.handshake.has_answer(),
        };
    if !is_begun && !tells_beginning {
        sentence.push_str(said.began_before);
    }
    if let Some(dir) = only {
        sentence.push_str(&said!(said.only_direction, words.sender(dir)));
    }
    sentence
}

/// The verdict in a sentence, and where something failed the frames that show
/// it.
#[must_use]
pub fn verdict_with_evidence(flow: &Flow, words: &Words) -> String {
    let found = Verdict::of(flow);
    let mut sentence = verdict(flow, words);
    if !found.is_normal() {
        sentence.push_str(&frames(found.evidence(flow), words));
    }
    sentence
}

fn unknown(flow: &Flow, due: Due, words: &Words) -> String {
    let said = &words.capture;
    let ends = || said!(said.and_ends, flow.silence());
    let ends = if flow.silence() < PATIENCE {
        ends()
    } else {
        String::new()
    };
    let why = match flow.blindness(due) {
        Some(Blind::OnlySyns) => said.only_syns.to_owned() + &ends,
        Some(Blind::NoDirection) => said.no_servers.to_owned() + &ends,
        Some(Blind::NoAcks) => said.no_acks.to_owned(),
        _ => said!(said.ended_soon, flow.silence()),
    };
    match due {
        Due::Window { by } => said!(said.unknown_window, words.sender(by), &why),
        Due::Sign { by } => said!(said.never_heard, words.sender(by)),
        Due::Ack => said!(said.unknown_ack, &why),
        _ => said!(said.unknown_answer, &why),
    }
}

fn open(flow: &Flow, words: &Words) -> &'static str {
    let said = &words.verdict;
    match () {
        () if flow.teardown.first_fin.is_some() => said.still_closing,
        () if flow.is_opened() => said.still_open,
        () => said.still_opening,
    }
}

fn unreachable(flow: &Flow, reason: Reason, words: &Words) -> String {
    let said = &words.verdict;
    let (Some(error), Some(syn)) = (flow.unreachable(), flow.handshake.syn) else {
        return said.unreachable.to_owned();
    };
    let reason = match reason {
        Reason::NetUnreachable => said.net_unreachable,
        Reason::HostUnreachable => said.host_unreachable,
        Reason::ProtocolUnreachable => said.protocol_unreachable,
        Reason::PortUnreachable => said.port_unreachable,
        Reason::Prohibited => said.prohibited,
        Reason::TimeExceeded => said.time_exceeded,
        Reason::TooBig | Reason::Other => said.otherwise_unreachable,
    };
    let after = error.time - syn.time;
    said!(
        said.unreachable_says,
        &error.from.to_string(),
        after,
        reason
    )
}

fn stalled(flow: &Flow, by: Dir, words: &Words) -> String {
    let since = flow
        .sender(by)
        .window_closed_by()
        .map_or(0, NonZeroU64::get);
    said!(words.verdict.stalled_since, words.sender(by), since)
}

fn vanished(flow: &Flow, silent: Dir, words: &Words) -> String {
    let said = &words.verdict;
    let other = flow.receiver(silent);
    said!(
        said.vanished_after,
        words.sender(silent),
        words.receiver(silent),
        other.unanswered(),
        flow.sender(silent).last_frame.map_or(0, NonZeroU64::get),
    ) + &path::explained(flow, silent.reverse(), words)
}

fn no_answer(flow: &Flow, words: &Words) -> String {
    let elsewhere = flow
        .answered_from
        .as_ref()
        .map_or("", |_| words.acceptance.but_elsewhere);
    no_answer_of_it(flow, words) + elsewhere
}

/// No answer from where it was asked.
fn no_answer_of_it(flow: &Flow, words: &Words) -> String {
    match flow.handshake.syn_again {
        0 => words.verdict.no_answer_to_syn.to_owned(),
        again => {
            let sent = u16::from(again) + 1;
            said!(words.verdict.no_answer_to_syns, sent) + &waits(&flow.handshake.syn_waits, words)
        }
    }
}

/// `, again after 1.024 s, 2 ms`, as finely as it is known; nothing where no
/// wait is.
#[must_use]
pub fn waits(waits: &Waits, words: &Words) -> String {
    let mut list: Vec<_> = waits
        .iter()
        .map(|wait| match wait.magnitude().as_millis() {
            milliseconds @ 0..1_000 => format!("{milliseconds} ms"),
            _ => shown(wait),
        })
        .collect();
    if list.is_empty() {
        return String::new();
    }
    if waits.has_more() {
        list.push("…".to_owned());
    }
    said!(words.verdict.again_after, &list.join(words.count.list))
}

fn refused(flow: &Flow, words: &Words) -> String {
    match (flow.handshake.syn, flow.teardown.reset) {
        (Some(syn), Some(reset)) if reset.time >= syn.time => {
            said!(words.verdict.refused_after, reset.time - syn.time)
        }
        (None, Some(_)) if flow.answers.is_some() => words.verdict.refused.to_owned(),
        (None, Some(reset)) => said!(words.capture.refused_unseen, words.sender(reset.dir)),
        _ => words.verdict.refused.to_owned(),
    }
}

/// What the client answered to the SYN-ACK, and the server did not take.
fn ack_not_taken(flow: &Flow, words: &Words) -> String {
    let said = &words.acceptance;
    let first = flow.client.not_taken().map(AllNotTaken::first);
    let first = first.and_then(<[NotTaken]>::first);
    first.map_or_else(String::new, |one| {
        said!(said.ack_not_taken, one.frame, said.why(one.why))
    })
}

/// The server repeats its SYN-ACK, whatever the client answers.
fn ack_ignored(flow: &Flow, ack: &Mark, words: &Words) -> String {
    let said = &words.acceptance;
    let times = u16::from(flow.handshake.syn_ack_again) + 1;
    let behind = match flow.client.octets - flow.client.octets_again {
        0 => said.ack_ignored_without_data.to_owned(),
        octets => said!(said.ack_ignored_with_data, octets),
    };
    said!(said.ack_ignored, times, ack.frame) + &behind
}

fn half_open(flow: &Flow, words: &Words) -> String {
    if let Some(ack) = flow.handshake.ack.filter(|_| flow.has_ignored_ack()) {
        return ack_ignored(flow, &ack, words);
    }
    let refused = ack_not_taken(flow, words);
    let sentence = match flow.handshake.syn_ack_again {
        0 => words.verdict.half_open_once.to_owned(),
        again => said!(words.verdict.half_open_times, u16::from(again) + 1),
    };
    sentence + &refused + &path::explained(flow, Dir::ToClient, words)
}

fn closed(flow: &Flow, words: &Words) -> String {
    match flow.teardown.closer() {
        Some(first) => said!(
            words.verdict.in_order_by,
            &closing_order(flow, first, words)
        ),
        None => words.verdict.in_order.to_owned(),
    }
}

/// Who closed first, and who holds TIME-WAIT.
#[must_use]
pub fn closing_order(flow: &Flow, first: Dir, words: &Words) -> String {
    let said = &words.verdict;
    let holds = |dir: Dir| flow.holds_time_wait(dir);
    if !flow.teardown.is_simultaneous {
        let order = if holds(first) {
            said.closed_first_and_holds
        } else {
            said.closed_first
        };
        return said!(order, words.sender(first));
    }
    let held = match (holds(first), holds(first.reverse())) {
        (true, true) => said.both_hold,
        (true, false) => said.first_holds,
        (false, true) => said.second_holds,
        (false, false) => "",
    };
    said.both_closed.to_owned() + held
}

fn reset(flow: &Flow, by: Dir, words: &Words) -> String {
    let sender = words.sender(by);
    let Some(reset) = flow.teardown.reset else {
        return said!(words.verdict.reset_by, sender);
    };
    let after = reset.time - flow.began;
    let cause_of = flow.reset_cause();
    let title = match cause_of {
        Some(ResetCause::Injected) => words.acceptance.reset_in_name_of,
        _ => words.verdict.reset_by_after,
    };
    let tells_ttl = matches!(
        cause_of,
        Some(ResetCause::Injected | ResetCause::StrangeTtl)
    );
    let ttl = flow.teardown.reset_ttl.filter(|_| tells_ttl);
    let ttl = ttl.map_or_else(String::new, |(ttl, others)| {
        said!(words.acceptance.odd_ttl, ttl, others)
    });
    said!(title, sender, after)
        + &reset_in(flow, &reset, words)
        + cause(flow, words)
        + &ttl
        + &path::explained(flow, by, words)
        + &lost_before(flow, words)
}

/// That large segments had been lost until then.
fn lost_before(flow: &Flow, words: &Words) -> String {
    let lost = flow.lost_in_black_hole();
    let lost = lost.map(|dir| black_hole(flow, dir, words));
    lost.map_or_else(String::new, |lost| words.count.semicolon.to_owned() + &lost)
}

fn black_hole(flow: &Flow, by: Dir, words: &Words) -> String {
    let found = mtu_black_hole::diagnose(flow, by);
    found.map_or_else(String::new, |found| diagnosis(&found, words))
}

/// Why, where there is more to say than when.
fn cause(flow: &Flow, words: &Words) -> &'static str {
    let said = &words.verdict;
    match flow.reset_cause() {
        Some(ResetCause::Injected) => words.acceptance.injected,
        Some(ResetCause::WrongSynAck) => words.acceptance.reset_of_wrong_syn_ack,
        Some(ResetCause::OldConnection) => words.acceptance.reset_of_old_connection,
        Some(ResetCause::AckOfUnsent) => words.acceptance.reset_of_ack_of_unsent,
        Some(ResetCause::HalfOpen) => words.acceptance.half_open_discovered,
        Some(ResetCause::StrangeNumber) => said.strange_number,
        Some(ResetCause::StrangeTtl) => said.strange_ttl,
        Some(ResetCause::KeepAliveFailed) => said.keep_alive_failed,
        Some(ResetCause::GaveUp) => said.gave_up,
        Some(ResetCause::DataAfterClose) => said.data_after_close,
        Some(ResetCause::UnknownConnection) => said.unknown_connection,
        Some(ResetCause::DataInFlight) => said.data_in_flight,
        Some(ResetCause::UnreadData) => said.unread_data,
        Some(ResetCause::Aborted) | None => "",
    }
}

/// Where in its life a connection was reset, unless it was open.
fn reset_in(flow: &Flow, reset: &Mark, words: &Words) -> String {
    let closing = flow
        .teardown
        .first_fin
        .filter(|fin| fin.frame < reset.frame);
    match closing {
        Some(fin) => said!(words.verdict.after_fin_of, words.sender(fin.dir)),
        None if flow.handshake.syn.is_some() && flow.handshake.ack.is_none() => {
            words.verdict.before_handshake_was_complete.to_owned()
        }
        None => String::new(),
    }
}
