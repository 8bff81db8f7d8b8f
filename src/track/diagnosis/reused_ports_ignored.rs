//! SYNs that are ignored since their ports had a connection just before.

use std::num::NonZeroU64;

use crate::time::Span;
use crate::track::diagnosis::found::{Code, Description, Diagnosis, Measure, Outcome, Severity};
use crate::track::diagnosis::old_connection_answers::TimeWait;
use crate::track::dir::Dir;
use crate::track::flow::Flow;

pub(super) const ABOUT: Description = Description {
    code: Code::ReusedPortsIgnored,
    name: "reused_ports_ignored",
    severity: Severity::Fails,
    means: "A connection between the same addresses and ports had gone into TIME-WAIT (`since` so long ago, 4 min at \
        most), and the SYN for another was sent three times and ignored, while the server answered the same \
        client's SYN from another port: somebody on the way, or the server, still holds the old one, and drops \
        what does not fit it. `opened`: it was answered in the end, `wait` after the first; `never`: not as far as \
        was captured. It is doubtful, as a listening queue that is full drops SYNs as well. A client that takes \
        its ports one after the other comes back to one later.",
    unlike: "A server in TIME-WAIT answers with the old connection's ACK, or opens a new one: old_connection_answers. \
        Where it answers no other SYN at the same time it may be down.",
    reference: "RFC 9293 §3.6.1 (TIME-WAIT), RFC 6191, RFC 7857 §2 (NATs)",
};

/// The longest TIME-WAIT: 2 MSL (RFC 9293 §3.4.2).
const LONGEST: Span = Span(240_000_000_000);

/// What is found of the end that sends in direction `end`; in the meantime the server
/// `answered` another SYN.
pub(super) fn diagnose(
    flow: &Flow,
    before: Option<&TimeWait>,
    answered: Option<NonZeroU64>,
    end: Dir,
) -> Option<Diagnosis> {
    let handshake = &flow.handshake;
    let syn = handshake.syn.filter(|syn| syn.dir == end)?;
    let since = before?.since(syn.time);
    if since > LONGEST || flow.receiver(end).not_taken().is_some() {
        return None;
    }
    let opened = handshake.syn_ack;
    let until = opened.map_or(flow.last, |opened| opened.time);
    let measures = [
        Measure::Times(u32::from(handshake.syn_again) + 1),
        Measure::Wait(until - syn.time),
        Measure::Since(since),
    ];
    let found = ABOUT.found(end, (answered?, &[syn.frame]), &measures);
    let found = found.doubtful_if(true);
    Some(match opened {
        Some(_) => found.with_outcome(Outcome::Opened, Severity::Slows),
        None => found.with_outcome(Outcome::Never, Severity::Fails),
    })
}
