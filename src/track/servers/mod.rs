//! Connections by the server they went to: how many came, how many got in, how
//! long it took, and whether somebody floods it.

mod series;
mod trouble;

use std::net::{IpAddr, SocketAddr};

use hashbrown::{HashMap, HashSet};

pub use series::{Interval, Series};

use crate::time::{Span, Timestamp};
use crate::track::connection::Connection;
use crate::track::dir::Dir;
use crate::track::distribution::{DistributionOfMany, Times};
use crate::track::moves::Chain;
use crate::track::observation::Observation;
use crate::track::part::Part;
use crate::track::state::State;
use crate::track::turns::Responses;
use crate::track::verdict::{Due, Verdict};

/// The most servers told apart, so that a scan of every port of many hosts
/// cannot take all memory.
const MOST_SERVERS: usize = 1 << 12;
/// The most addresses of clients told apart, over all servers.
const MOST_SOURCES: usize = 1 << 20;
/// Nanoseconds in a second.
const SECOND: i64 = 1_000_000_000;

/// What makes half-open connections a flood: as many as this, from half as many
/// addresses, more than were opened, and this many SYNs in one second.
const FLOOD: u64 = 100;
const FLOOD_RATE: u32 = 50;

/// The servers of a capture.
#[derive(Debug, Clone, Default)]
pub struct Servers {
    places: HashMap<SocketAddr, usize>,
    seen: Vec<Server>,
    sources: HashSet<(usize, IpAddr)>,
    /// Connections to servers that were too many to be told apart.
    left_out: u64,
}

/// One server, an address and a port.
#[derive(Debug, Clone)]
pub struct Server {
    /// Where it listens.
    pub addr: SocketAddr,
    /// Connections that were asked for: a SYN or its answer was captured.
    pub tried: u64,
    /// Those whose handshake succeeded.
    pub opened: u64,
    /// Those it refused with a RST.
    pub refused: u64,
    /// Those that nothing answered.
    pub unanswered: u64,
    /// Those that an ICMP error answered.
    pub unreachable: u64,
    /// Those whose SYN-ACK was never acknowledged.
    pub half_open: u64,
    /// Those of which the capture could not show whether they opened.
    pub unknown: u64,
    /// Of those that opened, those that a RST ended.
    pub reset: u64,
    /// Of those that opened, those in which an end stopped for good: stalled, vanished,
    /// or lost in an MTU black hole.
    pub stuck: u64,
    /// Addresses of clients.
    pub sources: u64,
    /// The most SYNs in a second, counted from the first one on.
    pub most_syns: u32,
    /// The most connections that waited for the end of their handshake at a
    /// time.
    pub most_waiting: u32,
    /// Both over time.
    pub series: Series,
    /// Turns: requests, answered or not.
    pub turns: u64,
    handshakes: DistributionOfMany,
    first_bytes: DistributionOfMany,
    own_first_bytes: DistributionOfMany,
    waiting: u32,
    second: i64,
    syns_in_second: u32,
}

impl Servers {
    /// Takes note of a segment.
    pub fn observe(&mut self, seen: &Observation<'_>) {
        let is_syn = seen.role.part == Part::Syn && seen.dir == Dir::ToServer;
        let waits = change_of_waiting(seen.moves.client);
        if !is_syn && waits == Waiting::Same {
            return;
        }
        let client = seen.flow.client_addr().ip();
        let Some(place) = self.place(seen.flow.server_addr()) else {
            return;
        };
        let time = seen.segment.time;
        let has_room = self.sources.len() < MOST_SOURCES;
        let is_new_source = is_syn && has_room && self.sources.insert((place, client));
        let server = &mut self.seen[place];
        server.sources += u64::from(is_new_source);
        if is_syn {
            server.syn(time);
        }
        match waits {
            Waiting::Begins => server.waiting += 1,
            Waiting::Ends => server.waiting = server.waiting.saturating_sub(1),
            Waiting::Same => {}
        }
        server.most_waiting = server.most_waiting.max(server.waiting);
        let interval = server.series.at(time);
        interval.syns += u32::from(is_syn);
        interval.backlog = interval.backlog.max(server.waiting);
    }

    /// Takes note of a connection that is at its end, or at the capture's.
    pub fn connection(&mut self, connection: &Connection) {
        let flow = &connection.flow;
        let handshake = &flow.handshake;
        if handshake.syn.is_none() && handshake.syn_ack.is_none() {
            return;
        }
        let Some(place) = self.place(flow.server_addr()) else {
            self.left_out += 1;
            return;
        };
        let server = &mut self.seen[place];
        server.tried += 1;
        match Verdict::of(flow) {
            Verdict::Refused => server.refused += 1,
            Verdict::NoAnswer => server.unanswered += 1,
            Verdict::Unreachable(_) => server.unreachable += 1,
            Verdict::HalfOpen => server.half_open += 1,
            // Given up by the client, or by the server, before it was open.
            Verdict::Reset { .. } if handshake.ack.is_none() => {
                if flow.blindness(Due::Ack).is_none() {
                    server.half_open += 1;
                } else {
                    server.unknown += 1;
                }
            }
            Verdict::Unknown(_) if !flow.is_opened() => server.unknown += 1,
            // Cut off before it was open.
            Verdict::Open if !flow.is_opened() => {}
            verdict => server.opened_and(verdict),
        }
        if let Some(took) = handshake.duration() {
            server.handshakes.take(took);
        }
        if let Some(responses) = connection.responses() {
            server.answered(&responses);
        }
    }

    fn place(&mut self, addr: SocketAddr) -> Option<usize> {
        if let Some(&place) = self.places.get(&addr) {
            return Some(place);
        }
        let place = self.seen.len();
        if place >= MOST_SERVERS {
            return None;
        }
        self.places.insert(addr, place);
        self.seen.push(Server::new(addr));
        Some(place)
    }

    /// The servers to which connections were tried, the busiest first.
    #[must_use]
    pub fn busiest(&self) -> Vec<&Server> {
        let mut servers: Vec<_> = self.seen.iter().filter(|one| one.tried > 0).collect();
        servers.sort_by_key(|server| std::cmp::Reverse(server.tried));
        servers
    }

    /// Connections to servers that were too many to be told apart.
    #[must_use]
    pub const fn left_out(&self) -> u64 {
        self.left_out
    }
}

impl Server {
    fn new(addr: SocketAddr) -> Self {
        Self {
            addr,
            tried: 0,
            opened: 0,
            refused: 0,
            unanswered: 0,
            unreachable: 0,
            half_open: 0,
            unknown: 0,
            reset: 0,
            stuck: 0,
            sources: 0,
            most_syns: 0,
            most_waiting: 0,
            series: Series::default(),
            turns: 0,
            handshakes: DistributionOfMany::default(),
            first_bytes: DistributionOfMany::default(),
            own_first_bytes: DistributionOfMany::default(),
            waiting: 0,
            second: 0,
            syns_in_second: 0,
        }
    }

    /// Counts one that opened, by what became of it.
    fn opened_and(&mut self, verdict: Verdict) {
        self.opened += 1;
        match verdict {
            Verdict::Reset { .. } => self.reset += 1,
            Verdict::Stalled { .. } | Verdict::Vanished { .. } | Verdict::BlackHole { .. } => {
                self.stuck += 1;
            }
            _ => {}
        }
    }

    fn syn(&mut self, time: Timestamp) {
        let start = self.series.start().unwrap_or(time);
        let second = (time - start).0 / SECOND;
        if self.second != second {
            self.second = second;
            self.syns_in_second = 0;
        }
        self.syns_in_second += 1;
        self.most_syns = self.most_syns.max(self.syns_in_second);
    }

    /// Takes how its requests were answered.
    fn answered(&mut self, all: &Responses) {
        self.turns += all.count;
        let by_client = all.to_client.unwrap_or(Span(0));
        self.first_bytes.take_later(&all.first_bytes, by_client);
        if let Some(to_server) = all.to_server {
            let own = Span(-to_server.0);
            self.own_first_bytes.take_later(all.since_arrival(), own);
        }
    }

    /// How long its handshakes took; `None` where none was seen whole.
    #[must_use]
    pub fn times(&self) -> Option<Times> {
        self.handshakes.times()
    }

    /// How long its clients waited for the first octets of an answer, as far as is known:
    /// where the client is too far from the capture for that, from when the request
    /// passed to when the answer did. Of more than sixteen to one part in a hundred, and in
    /// three of a connection with more than sixteen answers.
    #[must_use]
    pub fn first_byte(&self) -> Option<Times> {
        self.first_bytes.times()
    }

    /// The same as the server took for them, of the connections that tell it.
    #[must_use]
    pub fn first_byte_at_server(&self) -> Option<Times> {
        self.own_first_bytes.times()
    }

    /// How many answers [`first_byte`](Self::first_byte) is of.
    #[must_use]
    pub fn answers(&self) -> u64 {
        self.first_bytes.count()
    }

    /// Connections that were asked for and neither opened nor refused.
    #[must_use]
    pub const fn unfinished(&self) -> u64 {
        self.half_open + self.unanswered
    }

    /// Whether it looks as if somebody floods it with SYNs.
    #[must_use]
    pub const fn is_flooded(&self) -> bool {
        is_flood(self.unfinished(), self.opened, self.sources, self.most_syns)
    }
}

/// Whether connections to a server look as if somebody floods it with SYNs: many
/// unfinished handshakes, from many addresses, fast, and more of them than real ones.
#[must_use]
pub const fn is_flood(unfinished: u64, opened: u64, sources: u64, most_syns: u32) -> bool {
    unfinished >= FLOOD && sources >= FLOOD / 2 && unfinished > opened && most_syns >= FLOOD_RATE
}

/// What a segment does to the number of connections that wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Waiting {
    Begins,
    Ends,
    Same,
}

/// A client waits while it is in SYN-SENT.
fn change_of_waiting(client: Chain) -> Waiting {
    match client.states() {
        [State::SynSent, .., last] if *last != State::SynSent => Waiting::Ends,
        [first, .., State::SynSent] if *first != State::SynSent => Waiting::Begins,
        _ => Waiting::Same,
    }
}
