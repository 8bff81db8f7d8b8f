//! SYNs that are ignored since their timestamps run backwards, as the hosts behind one
//! address have clocks of their own.

use std::num::NonZeroU64;

use crate::track::diagnosis::found::{Code, Description, Diagnosis, Measure, Outcome, Severity};
use crate::track::dir::Dir;
use crate::track::flow::Flow;

pub(super) const ABOUT: Description = Description {
    code: Code::TimestampsBackwards,
    name: "timestamps_backwards",
    severity: Severity::Fails,
    means: "SYNs were ignored, three times or more each, whose timestamp is lower than that of another SYN \
        which the same server took from the same address in the minute before: several hosts with clocks \
        of their own stand behind that address, and the server takes what comes with a lower timestamp for \
        old duplicates (PAWS for each address: net.ipv4.tcp_tw_recycle of Linux before 4.12). It takes two \
        connections that were ignored, while two others whose timestamps belong to one clock were taken, \
        and none otherwise; each of them tells it, the earlier one once the later one has shown it. `times` is how often the SYN was sent, `behind` by how many ticks it is lower. \
        `opened`: it was answered in the end. Without timestamps at the hosts, or without tcp_tw_recycle at \
        the server, it does not happen.",
    unlike: "Where SYNs with higher timestamps are ignored as well, or one with a lower timestamp is \
        answered, something else drops them. A host may give each connection a timestamp at random (RFC \
        7323 §7.1): these belong to no clock.",
    reference: "RFC 7323 §5 (PAWS), RFC 7323 appendix B.2, RFC 6191",
};

/// A SYN that is ignored, and by how much its timestamp is lower.
#[derive(Debug, Clone, Copy)]
pub(in crate::track) struct Backwards {
    /// By how many ticks.
    pub(in crate::track) behind: u32,
    /// The SYN-ACK to the SYN with the higher timestamp.
    pub(in crate::track) answered: NonZeroU64,
}

/// What is found of a connection.
pub(super) fn diagnose(flow: &Flow, known: &Backwards, end: Dir) -> Option<Diagnosis> {
    let syn = flow.handshake.syn.filter(|syn| syn.dir == end)?;
    let times = u32::from(flow.handshake.syn_again) + 1;
    let measures = [Measure::Times(times), Measure::Behind(known.behind)];
    let found = ABOUT.found(end, (known.answered, &[syn.frame]), &measures);
    Some(match flow.handshake.syn_ack {
        Some(_) => found.with_outcome(Outcome::Opened, Severity::Slows),
        None => found.with_outcome(Outcome::Never, Severity::Fails),
    })
}
