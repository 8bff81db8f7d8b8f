//! Connections by the server they went to: how many came, how many got in, how
//! long it took, and whether somebody floods it.

mod series;

use std::net::{IpAddr, SocketAddr};

use hashbrown::{HashMap, HashSet};
use hdrhistogram::Histogram;

pub use series::{Interval, Series};

use crate::time::{Span, Timestamp};
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::moves::Chain;
use crate::track::observation::Observation;
use crate::track::part::Part;
use crate::track::state::State;
use crate::track::verdict::{Due, Verdict};

/// The most servers told apart, so that a scan of every port of many hosts
/// cannot take all memory.
const MOST_SERVERS: usize = 1 << 12;
/// The most addresses of clients told apart, over all servers.
const MOST_SOURCES: usize = 1 << 20;
/// Significant digits of handshake times: one part in a hundred, and at most
/// 15 KiB a server.
const DIGITS: u8 = 2;

/// Nanoseconds in a second.
const SECOND: i64 = 1_000_000_000;

/// What makes half-open connections a flood: as many as this, from half as many
/// addresses, more than were opened, and this many SYNs in one second.
const FLOOD: u64 = 100;
const FLOOD_RATE: u32 = 50;

/// The servers of a capture.
#[derive(Debug, Default)]
pub struct Servers {
    places: HashMap<SocketAddr, usize>,
    seen: Vec<Server>,
    sources: HashSet<(usize, IpAddr)>,
    /// Connections to servers that were too many to be told apart.
    left_out: u64,
}

/// One server, an address and a port.
#[derive(Debug)]
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
    /// Addresses of clients.
    pub sources: u64,
    /// The most SYNs in a second, counted from the first one on.
    pub most_syns: u32,
    /// The most connections that waited for the end of their handshake at a
    /// time.
    pub most_waiting: u32,
    /// Both over time.
    pub series: Series,
    handshakes: Option<Box<Histogram<u32>>>,
    shortest: Span,
    longest: Span,
    waiting: u32,
    second: i64,
    syns_in_second: u32,
}

/// Times of the handshakes of a server.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// The shortest.
    pub min: Span,
    /// Half took no longer.
    pub median: Span,
    /// 95 of 100 took no longer.
    pub p95: Span,
    /// 99 of 100 took no longer.
    pub p99: Span,
    /// The longest.
    pub max: Span,
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
    pub fn connection(&mut self, flow: &Flow) {
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
            _ => server.opened += 1,
        }
        if let Some(took) = handshake.duration() {
            server.handshake_took(took);
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
            sources: 0,
            most_syns: 0,
            most_waiting: 0,
            series: Series::default(),
            handshakes: None,
            shortest: Span(i64::MAX),
            longest: Span(0),
            waiting: 0,
            second: 0,
            syns_in_second: 0,
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

    fn handshake_took(&mut self, took: Span) {
        let nanoseconds = took.0.max(1).cast_unsigned();
        self.shortest = self.shortest.min(took);
        self.longest = self.longest.max(took);
        let times = &mut self.handshakes;
        if times.is_none() {
            // Fails only for more than five digits.
            *times = Histogram::new(DIGITS).ok().map(Box::new);
        }
        if let Some(times) = times {
            times.auto(true);
            // It grows as needed; what no machine can hold is left out.
            let _ = times.record(nanoseconds);
        }
    }

    /// How long its handshakes took; `None` where none was seen whole.
    #[must_use]
    pub fn times(&self) -> Option<Times> {
        let times = self.handshakes.as_ref().filter(|times| !times.is_empty())?;
        let at = |quantile| {
            let nanoseconds = times.value_at_quantile(quantile);
            // The histogram rounds up.
            Span(i64::try_from(nanoseconds).unwrap_or(i64::MAX)).min(self.longest)
        };
        Some(Times {
            min: self.shortest,
            median: at(0.5),
            p95: at(0.95),
            p99: at(0.99),
            max: self.longest,
        })
    }

    /// Connections that were asked for and neither opened nor refused.
    #[must_use]
    pub const fn unfinished(&self) -> u64 {
        self.half_open + self.unanswered
    }

    /// Whether it looks as if somebody floods it with SYNs: many unfinished
    /// handshakes, from many addresses, fast, and more of them than real ones.
    #[must_use]
    pub fn is_flooded(&self) -> bool {
        self.unfinished() >= FLOOD
            && self.sources >= FLOOD / 2
            && self.unfinished() > self.opened
            && self.most_syns >= FLOOD_RATE
    }
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
