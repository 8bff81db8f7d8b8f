//! A SYN that was answered with a cookie: the server keeps nothing of it.

use std::num::NonZeroU64;

use crate::segment::Segment;
use crate::time::Span;
use crate::track::diagnosis::found::{Code, Description, Diagnosis, Measure, Severity};
use crate::track::diagnosis::moment::Moment;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::position::Position;

pub(super) const ABOUT: Description = Description {
    code: Code::SynCookies,
    name: "syn_cookies",
    severity: Severity::Harmless,
    means: "The server answered the SYN with a cookie, as Linux does where its queue of half-open \
        connections is full, in a flood of SYNs or without one: it keeps nothing of the SYN but what the \
        client returns. What does not fit into a cookie is lost: without timestamps window scale and SACK, \
        and the MSS is rounded down. Linux puts the options of the SYN into the last six bits of the \
        timestamp of its SYN-ACK, so that this is up to 63 ms older than its clock. It is recognised at \
        the server, where its next segment has a timestamp that is 8 to 64 ms more ahead than the time \
        that passed. `behind` is by how many ticks.",
    unlike: "Captured at the client, a SYN-ACK that was underway for longer than what follows looks the \
        same, and nothing is said. A cookie that happens to be less than 8 ms old is not recognised, nor \
        is one without timestamps.",
    reference: "RFC 4987 §3.6, Linux net/ipv4/syncookies.c",
};

/// Ticks of a millisecond that the options take, and how many of them are no jitter.
const MOST: i64 = 64;
const LEAST: i64 = 8;
/// For so long two clocks go alike.
const SOON: Span = Span(5_000_000_000);
/// Nanoseconds in a tick.
const TICK: i64 = 1_000_000;

/// A SYN-ACK whose timestamp is older than it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cookie {
    syn_ack: NonZeroU64,
    shown_by: NonZeroU64,
    behind: u32,
}

impl Flow {
    /// Whether the first segment behind a SYN-ACK comes late, by what was sent in vain or by
    /// its timestamp: it has to be looked at.
    #[inline(never)]
    pub(in crate::track) fn may_be_late(&self, segment: &Segment<'_>) -> bool {
        let value = segment.options.timestamps().map(|(value, _)| value);
        let ticks = value.zip(self.handshake.answered.timestamps);
        let is_ahead = ticks.is_some_and(|(value, answered)| {
            let ticks = value.wrapping_sub(answered).cast_signed();
            let syn_ack = self.handshake.syn_ack;
            let passed = syn_ack.map_or(0, |syn_ack| (segment.time - syn_ack.time).0 / TICK);
            i64::from(ticks) - passed >= LEAST
        });
        is_ahead || self.client.octets_again > 0
    }
}

impl Cookie {
    /// The one that the first segment of the server behind it shows.
    pub(super) fn of(moment: &Moment<'_>) -> Option<Self> {
        let handshake = &moment.flow.handshake;
        if moment.dir != Dir::ToClient || moment.sender().segments != 1 || handshake.is_simultaneous
        {
            return None;
        }
        let syn_ack = handshake.syn_ack.filter(|_| handshake.syn_ack_again == 0)?;
        let (value, _) = moment.segment.options.timestamps()?;
        let ticks = value
            .wrapping_sub(handshake.answered.timestamps?)
            .cast_signed();
        let passed = moment.segment.time - syn_ack.time;
        let behind = i64::from(ticks) - passed.0 / TICK;
        let position = Position::of(handshake)?;
        let is_at_server = matches!(position, Position::Server | Position::Everywhere);
        let is_timely = passed >= Span(0) && passed <= SOON;
        let is_cookie = is_at_server && is_timely && (LEAST..=MOST).contains(&behind);
        is_cookie.then(|| Self {
            syn_ack: syn_ack.frame,
            shown_by: moment.segment.frame,
            behind: u32::try_from(behind).unwrap_or(0),
        })
    }

    /// What is found of the end that sends in direction `end`.
    pub(super) fn diagnose(&self, end: Dir) -> Option<Diagnosis> {
        let frames = (self.shown_by, &[self.syn_ack][..]);
        let measures = [Measure::Behind(self.behind)];
        (end == Dir::ToClient).then(|| ABOUT.found(end, frames, &measures))
    }
}
