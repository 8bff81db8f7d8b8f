//! What is counted of the connections to a server.

use crate::sink::metrics::histogram::Histogram;
use crate::time::Span;
use crate::track::connection::Connection;
use crate::track::flow::Flow;
use crate::track::openness::{OpenCounts, Openness};
use crate::track::verdict::Verdict;

/// What has happened.
#[derive(Debug, Default)]
pub(super) struct ServerTally {
    /// Connections that were asked for.
    pub(super) tried: u64,
    /// Those whose handshake was complete.
    pub(super) opened: u64,
    /// Those that have ended, by their verdicts.
    pub(super) ended: Verdicts,
    /// Of those that have ended, segments that were sent again.
    pub(super) retransmitted: u64,
    /// Octets of data that their clients sent, and their servers, once each.
    pub(super) octets: [u64; 2],
    pub(super) handshakes: Histogram,
    /// The median round trip of each that has ended.
    pub(super) round_trips: Histogram,
    /// The first octets of answers, of those that have ended.
    pub(super) first_bytes: Histogram,
}

/// How many connections have which verdict.
#[derive(Debug, Clone, Default)]
pub(super) struct Verdicts(Vec<(&'static str, u64)>);

/// The connections that have not ended.
#[derive(Debug, Clone, Default)]
pub(super) struct StillOpen {
    pub(super) counts: OpenCounts,
    /// Those that fail so far.
    pub(super) failing: Verdicts,
}

impl ServerTally {
    /// Takes a connection whose handshake is complete.
    pub(super) fn opened(&mut self, flow: &Flow) {
        self.opened += 1;
        if let Some(took) = flow.handshake.duration() {
            self.handshakes.take(took, 1);
        }
    }

    /// Takes a connection that has ended, or was given up.
    pub(super) fn ended(&mut self, connection: &Connection) {
        let flow = &connection.flow;
        self.ended.take(Verdict::of(flow));
        self.retransmitted += flow.segments_again();
        let ends = [&flow.client, &flow.server];
        for (sum, half) in self.octets.iter_mut().zip(ends) {
            *sum += half.octets_once();
        }
        if let Some(leg) = connection.legs().whole() {
            self.round_trips.take(leg.median, 1);
        }
        if let Some(all) = connection.responses() {
            let by_client = all.to_client.unwrap_or(Span(0));
            for (time, count) in all.first_bytes.each() {
                let waited = Span(time.0.saturating_add(by_client.0));
                self.first_bytes.take(waited, count);
            }
        }
    }
}

impl StillOpen {
    /// Takes a connection, whether or not it has ended.
    pub(super) fn take(&mut self, flow: &Flow) {
        if let Some(openness) = Openness::of(flow) {
            self.counts.take(openness);
            let verdict = Verdict::of(flow);
            if !verdict.is_normal() {
                self.failing.take(verdict);
            }
        }
    }
}

impl Verdicts {
    fn take(&mut self, verdict: Verdict) {
        let code = verdict.code();
        match self.0.iter_mut().find(|(known, _)| *known == code) {
            Some((_, count)) => *count += 1,
            None => self.0.push((code, 1)),
        }
    }

    /// Each and how often it came, in the order in which they came.
    pub(super) fn each(&self) -> impl Iterator<Item = (&'static str, u64)> {
        self.0.iter().copied()
    }
}
