//! Timestamps that do not go by what both SYNs say: somebody on the way took them out.

use crate::track::diagnosis::found::{Code, Description, Diagnosis, Measure, Outcome, Severity};
use crate::track::dir::Dir;
use crate::track::flow::Flow;

pub(super) const ABOUT: Description = Description {
    code: Code::TimestampsVanish,
    name: "timestamps_vanish",
    severity: Severity::Harmless,
    means: "Both SYNs put timestamps in force, and the data of an end has none (`missing`): somebody took the option \
        out of its segments, or out of the SYN that it was sent. Or the data of a server has timestamps, which the SYN \
        offered, and its SYN-ACK has none (`unannounced`): somebody took them out of that. A receiver may drop what lacks them (RFC 7323 §3.2); \
        else what is lost is the round trips that they measure and the protection of old duplicates. It takes \
        three segments with data, some of which the other end took. `times` is how many there were.",
    unlike: "One segment that differs from all others may be forged. A client that goes by a SYN-ACK with timestamps, \
        which it had not offered, is wrong about that by itself. An end that does not offer timestamps, and \
        sends none, is only old. Where the option is taken out of both SYNs nobody sends it, and nothing shows it; \
        the same goes for SACK-permitted.",
    reference: "RFC 7323 §3.2",
};

/// How many segments with data it takes.
const ENOUGH: u64 = 3;

/// What is found of the end that sends in direction `end`.
pub(super) fn diagnose(flow: &Flow, end: Dir) -> Option<Diagnosis> {
    let handshake = Some(&flow.handshake).filter(|all| !all.is_simultaneous)?;
    let (syn, answer) = (handshake.syn?, handshake.syn_ack?);
    let (own, others, syn) = match end {
        Dir::ToServer => (handshake.offered, handshake.answered, syn),
        Dir::ToClient => (handshake.answered, handshake.offered, answer),
    };
    let sender = flow.sender(end);
    let is_taken = sender.una - (sender.iss + 1) > 0;
    // What is sent again is the same segment.
    let new = sender.octets.saturating_sub(sender.octets_again);
    let has_several = new > u64::from(sender.largest.len) * (ENOUGH - 1);
    let has_enough = sender.data_segments >= ENOUGH && has_several && is_taken;
    if !has_enough || own.is_cut || others.is_cut || others.timestamps.is_none() {
        return None;
    }
    let mut latest = sender.transmissions.iter();
    let shown_by = latest.clone().next()?.frame;
    let outcome = if own.timestamps.is_some() {
        latest
            .all(|sent| !sent.has_timestamp)
            .then_some(Outcome::Missing)?
    } else {
        let is_of_server = end == Dir::ToClient && latest.all(|sent| sent.has_timestamp);
        is_of_server.then_some(Outcome::Unannounced)?
    };
    let times = u32::try_from(sender.data_segments).unwrap_or(u32::MAX);
    let found = ABOUT.found(end, (shown_by, &[syn.frame]), &[Measure::Times(times)]);
    Some(found.with_outcome(outcome, Severity::Harmless))
}
