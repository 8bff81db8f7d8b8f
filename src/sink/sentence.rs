//! What the tracker found out about a connection, in words.

use crate::sink::duration::shown;
use crate::totals::Totals;
use crate::track::flow::{Dir, Flow, Mark};
use crate::track::handshake::Waits;
use crate::track::state::State;
use crate::track::unproved::Unproved;
use crate::track::verdict::Verdict;

/// The verdict in a word or two, for a column.
#[must_use]
pub const fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::NoAnswer => "no answer",
        Verdict::Refused => "refused",
        Verdict::HalfOpen => "half-open",
        Verdict::Open => "open",
        Verdict::HalfClosed { .. } => "half-closed",
        Verdict::Closing => "closing",
        Verdict::Closed { .. } => "closed",
        Verdict::ClosedAtOnce => "closed at once",
        Verdict::Reset { .. } => "reset",
        Verdict::Midstream => "midstream",
    }
}

/// The verdict in a sentence.
#[must_use]
pub fn verdict(flow: &Flow) -> String {
    let mut sentence = match Verdict::of(flow) {
        Verdict::NoAnswer => no_answer(flow),
        Verdict::Refused => refused(flow),
        Verdict::HalfOpen => half_open(flow),
        Verdict::Open => "still open when the capture ended".to_owned(),
        Verdict::HalfClosed { by } => {
            let (closer, other) = (by.sender(), by.reverse().sender());
            format!("half-closed by the {closer}: no FIN of the {other}")
        }
        Verdict::Closing => "closing: the last FIN was not acknowledged".to_owned(),
        Verdict::Closed { .. } | Verdict::ClosedAtOnce => closed(flow),
        Verdict::Reset { by } => reset(flow, by),
        Verdict::Midstream => return "began before the capture, and open when it ended".to_owned(),
    };
    if flow.handshake.syn.is_none() {
        sentence.push_str("; began before the capture");
    }
    sentence
}

fn no_answer(flow: &Flow) -> String {
    match flow.handshake.syn_again {
        0 => "no answer to the SYN".to_owned(),
        again => format!(
            "no answer: {} SYN{}",
            u16::from(again) + 1,
            waits(&flow.handshake.syn_waits)
        ),
    }
}

/// `, again after 1.024 s, 2 ms`, as finely as it is known; nothing where no
/// wait is.
#[must_use]
pub fn waits(waits: &Waits) -> String {
    let mut list = String::new();
    for (nth, wait) in waits.iter().enumerate() {
        list.push_str(if nth == 0 { ", again after " } else { ", " });
        let words = match wait.magnitude().as_millis() {
            milliseconds @ 0..1_000 => format!("{milliseconds} ms"),
            _ => shown(wait),
        };
        list.push_str(&words);
    }
    list
}

fn refused(flow: &Flow) -> String {
    match (flow.handshake.syn, flow.teardown.reset) {
        (Some(syn), Some(reset)) => format!("refused: RST after {}", shown(reset.time - syn.time)),
        _ => "refused".to_owned(),
    }
}

fn half_open(flow: &Flow) -> String {
    match flow.handshake.syn_ack_again {
        0 => "half-open: SYN-ACK sent, never acknowledged".to_owned(),
        again => format!(
            "half-open: SYN-ACK sent {} times, never acknowledged",
            u16::from(again) + 1
        ),
    }
}

fn closed(flow: &Flow) -> String {
    match flow.teardown.closer() {
        Some(first) => format!("closed in order: {}", closing_order(flow, first)),
        None => "closed in order".to_owned(),
    }
}

/// Who closed first, and who holds TIME-WAIT.
#[must_use]
pub fn closing_order(flow: &Flow, first: Dir) -> String {
    let holds = |dir: Dir| flow.sender(dir).state == State::TimeWait;
    if !flow.teardown.is_simultaneous {
        let held = if holds(first) {
            " and holds TIME-WAIT"
        } else {
            ""
        };
        return format!("the {} closed first{held}", first.sender());
    }
    let held = match (holds(first), holds(first.reverse())) {
        (true, true) => ", both hold TIME-WAIT",
        (true, false) => ", the first holds TIME-WAIT",
        (false, true) => ", the second holds TIME-WAIT",
        (false, false) => "",
    };
    format!("both ends closed at once{held}")
}

fn reset(flow: &Flow, by: Dir) -> String {
    let sender = by.sender();
    let Some(reset) = flow.teardown.reset else {
        return format!("reset by the {sender}");
    };
    let after = shown(reset.time - flow.first);
    let stage = reset_in(flow, &reset);
    format!("reset by the {sender} after {after}{stage}")
}

/// Where in its life a connection was reset, unless it was open.
fn reset_in(flow: &Flow, reset: &Mark) -> String {
    let closing = flow
        .teardown
        .first_fin
        .filter(|fin| fin.frame < reset.frame);
    match closing {
        Some(fin) => format!(", after the FIN of the {}", fin.dir.sender()),
        None if flow.handshake.syn.is_some() && flow.handshake.ack.is_none() => {
            ", before the handshake was complete".to_owned()
        }
        None => String::new(),
    }
}

/// How many connections there were, and what the segments were.
#[must_use]
pub fn totals(totals: &Totals) -> String {
    let plural = if totals.connections == 1 { "" } else { "s" };
    format!("{} connection{plural}, {totals}", totals.connections)
}

/// What was caused and never proved.
#[must_use]
pub fn unproved(unproved: Unproved) -> String {
    match unproved {
        Unproved::Syn => "the SYN was never answered: whether it arrived, nothing shows".to_owned(),
        Unproved::SynAck { state } => {
            format!("the SYN-ACK was never acknowledged: if it arrived, the client is in {state}")
        }
        Unproved::Data { by, octets } => {
            let (sender, plural) = (by.sender(), if octets == 1 { " was" } else { "s were" });
            format!("{octets} byte{plural} sent by the {sender} and never acknowledged")
        }
        Unproved::Fin { by, state } => {
            let (sender, other) = (by.sender(), by.reverse().sender());
            format!(
                "the FIN of the {sender} was never acknowledged: if it arrived, the {other} is in {state}"
            )
        }
    }
}
