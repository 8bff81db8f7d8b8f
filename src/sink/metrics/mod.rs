//! Counts of a run for Prometheus, in its text format: what has happened, by server.
//!
//! Counters move as segments come and connections end, and so never fall; what stands is
//! looked at when it is asked for. `docs/metrics.md` has the names.

mod exposition;
mod histogram;
mod kernel;
mod open;
mod tally;

pub use kernel::KernelCounts;
pub use open::OpenConnections;

use std::collections::HashMap;
use std::net::SocketAddr;

use crate::sink::metrics::exposition::Exposition;
use crate::sink::metrics::tally::ServerTally;
use crate::totals::Totals;
use crate::track::connection::Connection;
use crate::track::flow::{Flow, FlowId};
use crate::track::mark::Mark;
use crate::track::part::Part;
use crate::track::{Observation, Tracker, Wants};

/// The most servers with a label of their own, and how many of them whatever became of
/// the first connection to them: the others have one since a connection to them opened,
/// so that a scan of many ports leaves room.
const MOST_SERVERS: usize = 100;
const MOST_UNOPENED: usize = 50;

/// What is counted of a run.
#[derive(Debug, Default)]
pub struct Metrics {
    places: HashMap<SocketAddr, usize>,
    servers: Vec<(SocketAddr, ServerTally)>,
    /// Of all other servers.
    others: ServerTally,
}

impl Metrics {
    /// What has to be known of connections.
    #[must_use]
    pub const fn wants() -> Wants {
        Wants::TIMED
    }

    /// Takes a segment.
    #[inline]
    pub fn segment(&mut self, seen: &Observation<'_>) {
        let is_of_handshake = matches!(
            seen.role.part,
            Part::Syn | Part::SynAck | Part::HandshakeAck
        );
        if is_of_handshake || seen.ended || is_here(seen.flow.handshake.ack.as_ref(), seen) {
            self.note(seen);
        }
    }

    #[cold]
    fn note(&mut self, seen: &Observation<'_>) {
        let (flow, handshake) = (seen.flow, &seen.flow.handshake);
        if seen.copy().is_none() {
            let first = handshake.syn.as_ref().or(handshake.syn_ack.as_ref());
            if is_here(first, seen) {
                self.of(flow, false).tried += 1;
            }
            if is_here(handshake.ack.as_ref(), seen) && flow.is_opened() {
                self.of(flow, true).opened(flow);
            }
        }
        if seen.ended {
            self.of(flow, false).ended(seen.connection);
        }
    }

    /// Takes a connection that has left: it may have been given up before its end.
    pub fn connection(&mut self, connection: &Connection) {
        if !connection.flow.has_ended() {
            self.of(&connection.flow, false).ended(connection);
        }
    }

    /// What is counted of a connection's server.
    fn of(&mut self, flow: &Flow, has_opened: bool) -> &mut ServerTally {
        let addr = flow.server_addr();
        let count = self.servers.len();
        let place = self.places.get(&addr).copied().or_else(|| {
            let has_room = count < MOST_UNOPENED || has_opened && count < MOST_SERVERS;
            has_room.then(|| {
                self.places.insert(addr, count);
                self.servers.push((addr, ServerTally::default()));
                count
            })
        });
        match place {
            Some(place) => &mut self.servers[place].1,
            None => &mut self.others,
        }
    }

    /// Looks at `most` connections more, and counts those of them that have not ended.
    pub fn count_open(&self, open: &mut OpenConnections, tracker: &Tracker, most: u32) {
        for id in open.next(&tracker.ids(), most) {
            if let Some(seen) = tracker.connection(FlowId(id)) {
                let place = self.places.get(&seen.flow.server_addr());
                open.take(place.copied(), &seen.flow);
            }
        }
    }

    /// All of it, with the connections that were counted, in Prometheus' text format 0.0.4.
    #[must_use]
    pub fn text(
        &self,
        open: &OpenConnections,
        totals: &Totals,
        kernel: Option<KernelCounts>,
    ) -> String {
        let present = open.by_server(self.servers.len());
        let names = self.servers.iter().map(|(addr, _)| addr.to_string());
        let names: Vec<_> = names.chain(["other".to_owned()]).collect();
        let tallies = self.servers.iter().map(|(_, tally)| tally);
        let tallies: Vec<_> = tallies.chain([&self.others]).collect();
        let mut text = Exposition::default();
        text.run(totals, kernel);
        text.servers(&names, &tallies, &present);
        text.into()
    }
}

/// Whether a mark is of this segment.
fn is_here(mark: Option<&Mark>, seen: &Observation<'_>) -> bool {
    mark.is_some_and(|mark| mark.frame == seen.segment.frame)
}
