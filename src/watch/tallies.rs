//! Connections counted: by how far they have come, and by server where many open at once.

use std::collections::{HashMap, HashSet};
use std::net::{IpAddr, SocketAddr};

use tcptrace::time::{Span, Timestamp};
use tcptrace::track::openness::{OpenCounts, Openness};
use tcptrace::track::servers::is_flood;
use tcptrace::track::verdict::Verdict;

use crate::watch::listed::Progressed;
use crate::watch::row::WatchRow;

/// The most servers told apart, and addresses of clients over all of them: a scan of
/// every port cannot take all memory.
const MOST_SERVERS: usize = 1 << 14;
const MOST_SOURCES: usize = 1 << 20;
/// From so many connections on that open at once a server is spoken of.
const MANY: u64 = 20;
/// After so long without a SYN it is no longer.
const LASTS: Span = Span(30_000_000_000);
/// A second.
const SECOND: i64 = 1_000_000_000;

/// How many connections have come how far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tallied {
    /// Those that go on, by how far they have come.
    pub open: OpenCounts,
    /// They failed.
    pub failed: u64,
    /// They are over.
    pub over: u64,
}

impl Tallied {
    /// The count of those that have come so far.
    pub const fn of(&mut self, progressed: Progressed) -> &mut u64 {
        match progressed {
            Progressed::On(Openness::AskedFor) => &mut self.open.asked_for,
            Progressed::On(Openness::HalfOpen) => &mut self.open.half_open,
            Progressed::On(Openness::Open) => &mut self.open.open,
            Progressed::Failed => &mut self.failed,
            Progressed::Over => &mut self.over,
        }
    }

    /// All of them.
    pub const fn all(&self) -> u64 {
        self.open.all() + self.failed + self.over
    }
}

/// A server, as far as it shows whether somebody floods it.
#[derive(Debug, Clone)]
pub struct ServerRows {
    /// Where it listens.
    pub addr: SocketAddr,
    /// Connections that were begun.
    pub tried: u64,
    /// Those whose handshake succeeded.
    pub opened: u64,
    /// Those whose handshake goes on.
    pub opening: u64,
    /// Those whose handshake goes on or failed without an answer.
    pub unfinished: u64,
    /// Addresses of clients.
    pub sources: u64,
    /// The most connections begun in a second.
    pub most_syns: u32,
    latest: Timestamp,
    second: i64,
    syns_in_second: u32,
}

impl ServerRows {
    /// Whether it is flooded.
    pub const fn is_flooded(&self) -> bool {
        is_flood(self.unfinished, self.opened, self.sources, self.most_syns)
    }
}

/// What a row counted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct CountedAs {
    progressed: Progressed,
    has_opened: bool,
    is_unfinished: bool,
}

impl CountedAs {
    fn of(row: &WatchRow) -> Self {
        let progressed = Progressed::of(row);
        let is_unanswered = matches!(row.verdict, Verdict::NoAnswer | Verdict::HalfOpen);
        Self {
            progressed,
            has_opened: progressed.has_opened(row.verdict),
            is_unfinished: progressed.opens() || is_unanswered,
        }
    }
}

/// All counts.
#[derive(Debug, Default)]
pub struct Tallies {
    /// Of all connections.
    pub all: Tallied,
    servers: Vec<ServerRows>,
    places: HashMap<SocketAddr, usize>,
    sources: HashSet<(usize, IpAddr)>,
}

impl Tallies {
    /// Counts a connection that is new, or anew as it has changed from `before`.
    pub fn take(&mut self, row: &WatchRow, before: Option<&WatchRow>) {
        let counted = CountedAs::of(row);
        let earlier = before.map(CountedAs::of);
        if earlier == Some(counted) {
            return;
        }
        if let Some(earlier) = earlier {
            *self.all.of(earlier.progressed) -= 1;
        }
        *self.all.of(counted.progressed) += 1;
        let Some(place) = self.place(row.server.addr) else {
            return;
        };
        if earlier.is_none() {
            self.begin(place, row);
        }
        let server = &mut self.servers[place];
        let change = |count: &mut u64, of: fn(CountedAs) -> bool| {
            let (was, is) = (earlier.is_some_and(of), of(counted));
            *count = count.saturating_add(is.into()).saturating_sub(was.into());
        };
        change(&mut server.opened, |one| one.has_opened);
        change(&mut server.unfinished, |one| one.is_unfinished);
        change(&mut server.opening, |one| one.progressed.opens());
    }

    fn place(&mut self, addr: SocketAddr) -> Option<usize> {
        if let Some(&place) = self.places.get(&addr) {
            return Some(place);
        }
        let place = self.servers.len();
        if place >= MOST_SERVERS {
            return None;
        }
        self.places.insert(addr, place);
        self.servers.push(ServerRows {
            addr,
            tried: 0,
            opened: 0,
            opening: 0,
            unfinished: 0,
            sources: 0,
            most_syns: 0,
            latest: Timestamp::new(0, 0),
            second: 0,
            syns_in_second: 0,
        });
        Some(place)
    }

    /// Takes note of a connection that begins.
    fn begin(&mut self, place: usize, row: &WatchRow) {
        let source = (place, row.client.addr.ip());
        let has_room = self.sources.len() < MOST_SOURCES;
        let is_new = has_room && self.sources.insert(source);
        let server = &mut self.servers[place];
        server.tried += 1;
        server.sources += u64::from(is_new);
        server.latest = server.latest.max(row.began);
        let second = (row.began - Timestamp::new(0, 0)).0 / SECOND;
        if server.second != second {
            server.second = second;
            server.syns_in_second = 0;
        }
        server.syns_in_second += 1;
        server.most_syns = server.most_syns.max(server.syns_in_second);
    }

    /// The servers that are flooded or have many that open now, the worst
    /// first.
    pub fn beset(&self, now: Timestamp) -> Vec<&ServerRows> {
        let lasts = |one: &&ServerRows| now - one.latest <= LASTS;
        let is_beset = |one: &&ServerRows| one.opening >= MANY || one.is_flooded();
        let mut found: Vec<_> = self.servers.iter().filter(is_beset).filter(lasts).collect();
        found.sort_by_key(|one| std::cmp::Reverse((one.is_flooded(), one.opening)));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch::trial::{self, TrialRows};

    #[test]
    fn a_flood_is_asked_for_and_seen_as_it_grows() {
        let mut tallies = Tallies::default();
        let mut now = Timestamp::default();
        for (nth, row) in (1..).zip(trial::flood(30)) {
            tallies.take(&row, None);
            now = row.last;
            let opening = tallies.beset(now).first().map(|server| server.opening);
            assert_eq!(opening, (nth >= MANY).then_some(nth));
        }
        let open = tallies.all.open;
        assert_eq!((open.asked_for, open.half_open, open.open), (30, 0, 0));
        // Each that is answered is half-open, and unfinished still.
        for before in trial::flood(10) {
            let openness = Some(Openness::HalfOpen);
            let row = WatchRow {
                openness,
                ..before.clone()
            };
            tallies.take(&row, Some(&before));
        }
        let open = tallies.all.open;
        assert_eq!((open.asked_for, open.half_open), (20, 10));
        let beset = tallies.beset(now);
        assert_eq!((beset[0].opening, beset[0].unfinished), (30, 30));
    }

    #[test]
    fn what_goes_on_has_not_failed_and_what_has_ended_so_has() {
        let count = |row: &WatchRow| {
            let mut tallies = Tallies::default();
            tallies.take(row, None);
            let Tallied { open, failed, over } = tallies.all;
            [open.open, open.asked_for, failed, over]
        };
        let stalled = TrialRows::of(&["captures/stalled.pcap"], Some(12)).rows;
        let mut row = stalled[0].clone();
        assert_eq!(row.verdict.code(), "stalled");
        assert_eq!(count(&row), [1, 0, 0, 0]);
        // The run is over, and the window did not open.
        row.is_final = true;
        assert_eq!(count(&row), [0, 0, 1, 0]);

        let mut row = trial::flood(1).remove(0);
        row.verdict = Verdict::NoAnswer;
        assert_eq!(count(&row), [0, 1, 0, 0]);
        // Let go, or the run is over.
        for (openness, is_final) in [(None, false), (Some(Openness::AskedFor), true)] {
            (row.openness, row.is_final) = (openness, is_final);
            assert_eq!(count(&row), [0, 0, 1, 0]);
        }
        let closed = trial::rows("captures/hello.pcap");
        assert_eq!(count(&closed[0]), [0, 0, 0, 1]);
    }
}
