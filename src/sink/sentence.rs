//! What the tracker found out about a connection, in words.

use std::collections::BTreeMap;

use crate::phase::Phase;
use crate::sink::duration::shown;
use crate::sink::words::Words;
use crate::sink::words::fill::said;
use crate::totals::Totals;
use crate::track::flow::{Dir, Flow, Mark};
use crate::track::handshake::Waits;
use crate::track::state::State;
use crate::track::unproved::Unproved;
use crate::track::verdict::Verdict;

/// The verdict in a word or two, for a column.
#[must_use]
pub const fn word(verdict: Verdict, words: &Words) -> &'static str {
    let words = &words.verdict;
    match verdict {
        Verdict::NoAnswer => words.no_answer,
        Verdict::Refused => words.refused,
        Verdict::HalfOpen => words.half_open,
        Verdict::Open => words.open,
        Verdict::HalfClosed { .. } => words.half_closed,
        Verdict::Closing => words.closing,
        Verdict::Closed { .. } => words.closed,
        Verdict::ClosedAtOnce => words.closed_at_once,
        Verdict::Reset { .. } => words.reset,
        Verdict::Midstream => words.midstream,
    }
}

/// The verdict in a sentence.
#[must_use]
pub fn verdict(flow: &Flow, words: &Words) -> String {
    let said = &words.verdict;
    let mut sentence = match Verdict::of(flow) {
        Verdict::NoAnswer => no_answer(flow, words),
        Verdict::Refused => refused(flow, words),
        Verdict::HalfOpen => half_open(flow, words),
        Verdict::Open => said.still_open.to_owned(),
        Verdict::HalfClosed { by } => {
            said!(said.half_closed_by, words.sender(by), words.receiver(by))
        }
        Verdict::Closing => said.last_fin_unacknowledged.to_owned(),
        Verdict::Closed { .. } | Verdict::ClosedAtOnce => closed(flow, words),
        Verdict::Reset { by } => reset(flow, by, words),
        Verdict::Midstream => return said.began_before_still_open.to_owned(),
    };
    if flow.handshake.syn.is_none() {
        sentence.push_str(said.began_before);
    }
    sentence
}

fn no_answer(flow: &Flow, words: &Words) -> String {
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
    let list: Vec<_> = waits
        .iter()
        .map(|wait| match wait.magnitude().as_millis() {
            milliseconds @ 0..1_000 => format!("{milliseconds} ms"),
            _ => shown(wait),
        })
        .collect();
    if list.is_empty() {
        return String::new();
    }
    said!(words.verdict.again_after, &list.join(words.count.comma))
}

fn refused(flow: &Flow, words: &Words) -> String {
    match (flow.handshake.syn, flow.teardown.reset) {
        (Some(syn), Some(reset)) => said!(words.verdict.refused_after, reset.time - syn.time),
        _ => words.verdict.refused.to_owned(),
    }
}

fn half_open(flow: &Flow, words: &Words) -> String {
    match flow.handshake.syn_ack_again {
        0 => words.verdict.half_open_once.to_owned(),
        again => said!(words.verdict.half_open_times, u16::from(again) + 1),
    }
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
    let holds = |dir: Dir| flow.sender(dir).state == State::TimeWait;
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
    let after = reset.time - flow.first;
    said!(words.verdict.reset_by_after, sender, after) + &reset_in(flow, &reset, words)
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

/// How many connections there were, and what the segments were.
#[must_use]
pub fn totals(totals: &Totals, words: &Words) -> String {
    let connections = said!(words.count.connections, totals.connections);
    connections + words.count.comma + &segments(totals, words)
}

/// The count in words: `9 segments: 3 handshake, 1 data, 1 ack, 4 teardown`,
/// with what was skipped after it.
#[must_use]
pub fn segments(totals: &Totals, words: &Words) -> String {
    let mut sentence = said!(words.count.segments, totals.segments);
    let phases = Phase::ALL.map(|phase| (words.phase(phase), totals.of(phase)));
    sentence.push_str(&counted(phases, words));
    let mut skips = BTreeMap::new();
    for (skip, count) in totals.skipped() {
        *skips.entry(words.skip(skip)).or_insert(0) += count;
    }
    let skipped: u64 = skips.values().sum();
    if skipped > 0 {
        sentence.push_str(words.count.semicolon);
        sentence.push_str(&said!(words.count.other_frames, skipped));
        sentence.push_str(&counted(skips, words));
    }
    sentence
}

/// `: 3 handshake, 1 data`; nothing where nothing was counted.
fn counted<'w>(kinds: impl IntoIterator<Item = (&'w str, u64)>, words: &Words) -> String {
    let mut sentence = String::new();
    let seen = kinds.into_iter().filter(|(_, count)| *count > 0);
    for (nth, (kind, count)) in seen.enumerate() {
        let separators = [words.count.colon, words.count.comma];
        sentence.push_str(separators[nth.min(1)]);
        sentence.push_str(&said!(words.count.counted, count, kind));
    }
    sentence
}

/// What was caused and never proved.
#[must_use]
pub fn unproved(unproved: Unproved, words: &Words) -> String {
    let said = &words.verdict;
    match unproved {
        Unproved::Syn => said.syn_unanswered.to_owned(),
        Unproved::SynAck { state } => said!(said.syn_ack_unacknowledged, state.name()),
        Unproved::Data { by, octets } => {
            said!(said.data_unacknowledged, octets, words.sender(by))
        }
        Unproved::Fin { by, state } => said!(
            said.fin_unacknowledged,
            words.sender(by),
            words.receiver(by),
            state.name(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::words::Lang;
    use crate::skip::Skip;

    #[test]
    fn the_count_reads_as_a_sentence() {
        let mut totals = Totals::default();
        let said = |totals: &Totals| segments(totals, Lang::En.words());
        assert_eq!(said(&totals), "0 segments");
        totals.segment(Phase::Teardown);
        totals.segment(Phase::Data);
        totals.segment(Phase::Data);
        assert_eq!(said(&totals), "3 segments: 2 data, 1 teardown");
        totals.skip(Skip::NotTcp);
        assert_eq!(
            said(&totals),
            "3 segments: 2 data, 1 teardown; 1 other frame: 1 not TCP"
        );
        totals.skip(Skip::ShortOffset);
        totals.skip(Skip::LongOffset);
        assert_eq!(
            segments(&totals, Lang::Zh.words()),
            "3 个报文段：数据 2，挥手 1；另有 3 帧：不是 TCP 1，数据偏移有误 2"
        );
    }
}
