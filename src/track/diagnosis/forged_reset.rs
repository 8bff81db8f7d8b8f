//! A RST that another sent in the name of an end.

use crate::track::diagnosis::found::{Code, Description, Diagnosis, Measure, Outcome, Severity};
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::mark::Mark;
use crate::track::reset_cause::ResetCause;

pub(super) const ABOUT: Description = Description {
    code: Code::ForgedReset,
    name: "forged_reset",
    severity: Severity::Fails,
    means: "A RST bears the name of an end that did not send it: it came another way than that end's other \
        segments, as its TTL differs by more than two hops (`ttl` against `usual_ttl`), or the end went on after \
        it. A firewall, an intrusion prevention system or a censor ends connections like that. `reset`: the \
        connection ended; `ignored`: the other end did not take it.",
    unlike: "A RST of a load balancer that also answered the SYN has the TTL of the SYN-ACK. A route that changes \
        moves the TTL by a hop or two. A RST with a strange number may be late and not forged. Where a firewall \
        forges the TTL as well, and its RST is the last that is seen, nothing tells.",
    reference: "RFC 9293 §3.10.7.4, RFC 5961 §3, Weaver and others 2009 (Detecting Forged TCP Reset Packets)",
};

/// What is found of the end in whose name it was sent, which sends in direction `end`.
pub(super) fn diagnose(flow: &Flow, end: Dir) -> Option<Diagnosis> {
    let teardown = &flow.teardown;
    let is_forged = |cause: Option<ResetCause>| {
        matches!(cause, Some(ResetCause::Injected | ResetCause::StrangeTtl))
    };
    let is_of_end = |mark: &Mark| mark.dir == end;
    let reset = teardown.reset.filter(is_of_end);
    if let Some(reset) = reset.filter(|_| is_forged(flow.reset_cause())) {
        let ttls = teardown.reset_ttl.map(|(ttl, usual)| {
            [
                Measure::Ttl(u32::from(ttl)),
                Measure::UsualTtl(u32::from(usual)),
            ]
        });
        let measures = ttls.as_ref().map_or(&[][..], |ttls| ttls);
        let found = ABOUT.found(end, (reset.frame, &[]), measures);
        return Some(found.with_outcome(Outcome::Reset, Severity::Fails));
    }
    let ignored = teardown.ignored()?;
    let is_found = is_forged(ignored.cause) && is_of_end(&ignored.first);
    let found = is_found.then(|| ABOUT.found(end, (ignored.first.frame, &[]), &[]))?;
    Some(found.with_outcome(Outcome::Ignored, Severity::Harmless))
}
