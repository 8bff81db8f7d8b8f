//! A whole capture in short: what it is, what became of its connections, what they waited
//! for, and which servers are in trouble.
//!
//! Facts alone, in bounded memory, from each packet and each connection once.

mod extent;
mod time_waited;
mod trouble;
mod waiting;

use crate::segment::Packet;
use crate::time::Span;
use crate::track::connection::Connection;
use crate::track::diagnosis::Diagnosed;
use crate::track::distribution::{DistributionOfMany, Times};
use crate::track::observation::Observation;
use crate::track::position::Position;
use crate::track::servers::Servers;
use crate::track::time_spent::{TimeCause, Waited};
use crate::track::verdict::Verdict;
use crate::track::wants::Wants;

pub use extent::Extent;
pub use time_waited::TimeWaited;
pub use trouble::{Fared, Trouble};
pub use waiting::{MOST_WAITING, WaitingConnection};

use crate::track::summary::waiting::WaitedMost;

/// What is known of a capture as a whole.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// What it is.
    pub extent: Extent,
    /// The servers in it.
    pub servers: Servers,
    /// What its connections waited for.
    pub waited: TimeWaited,
    /// How many connections took time, so that there is something of them in `waited`.
    pub timed: u64,
    /// What is diagnosed of its connections.
    pub diagnosed: Diagnosed,
    verdicts: Vec<(Verdict, u64)>,
    positions: Vec<(Position, u64)>,
    waited_most: WaitedMost,
    first_bytes: DistributionOfMany,
}

impl Summary {
    /// What has to be known of connections.
    #[must_use]
    pub fn wants() -> Wants {
        Wants::TIMED | Wants::TIME_SPENT
    }

    /// Takes a packet, and what its segment means where it has one.
    #[inline]
    pub fn packet(&mut self, packet: &Packet<'_>, seen: Option<&Observation<'_>>) {
        self.extent.take(packet.frame);
        if let Some(seen) = seen {
            self.servers.observe(seen);
        }
    }

    /// Takes a connection that is at its end, or at the capture's.
    pub fn connection(&mut self, connection: &Connection) {
        let flow = &connection.flow;
        self.servers.connection(connection);
        count(&mut self.verdicts, Verdict::of(flow), |one, other| {
            one.code() == other.code()
        });
        let spent = connection.time_spent();
        let found: Vec<_> = connection.diagnoses_in(spent.as_ref()).collect();
        self.diagnosed.take(flow.id, &found);
        if let Some(position) = Position::of(&flow.handshake) {
            count(&mut self.positions, position, |one, other| one == other);
        }
        if let Some(spent) = &spent {
            let (waited, idle) = TimeWaited::of(connection, spent);
            self.waited.add(&waited);
            self.timed += u64::from(flow.duration().0 > 0);
            // Which of them were for news is not known.
            let has_news = waited.before_news.0 > 0;
            let is_waited = |wait: &&Waited| {
                Some(*wait) != idle && !(has_news && wait.cause == TimeCause::ServerApplication)
            };
            let waits = spent.longest.iter().filter(is_waited);
            self.waited_most.take(connection, &waited, waits);
        }
        if let Some(all) = connection.responses() {
            let by_client = all.to_client.unwrap_or(Span(0));
            self.first_bytes.take_later(&all.first_bytes, by_client);
        }
    }

    /// How many connections ended how, the most frequent first; of what a verdict says
    /// beside its [code](Verdict::code) it is the first connection's.
    #[must_use]
    pub fn verdicts(&self) -> Vec<(Verdict, u64)> {
        largest_first(&self.verdicts)
    }

    /// Where between their ends how many connections were captured, as far as is known.
    #[must_use]
    pub fn positions(&self) -> Vec<(Position, u64)> {
        largest_first(&self.positions)
    }

    /// The connections that [waited](TimeWaited::total) longest, the longest first: up to
    /// [`MOST_WAITING`], each a millisecond at least.
    #[must_use]
    pub fn waited_most(&self) -> &[WaitingConnection] {
        self.waited_most.list()
    }

    /// How long clients waited for the first octets of answers, over all connections: to
    /// one part in a hundred, see [`Server::first_byte`](crate::track::servers::Server::first_byte).
    #[must_use]
    pub fn first_byte(&self) -> Option<Times> {
        self.first_bytes.times()
    }

    /// How many answers that is of.
    #[must_use]
    pub fn answers(&self) -> u64 {
        self.first_bytes.count()
    }
}

/// Counts one more.
fn count<T>(counts: &mut Vec<(T, u64)>, one: T, is_same: fn(&T, &T) -> bool) {
    match counts.iter_mut().find(|(known, _)| is_same(known, &one)) {
        Some((_, count)) => *count += 1,
        None => counts.push((one, 1)),
    }
}

/// Those that came as often in the order in which they came first.
fn largest_first<T: Copy>(counts: &[(T, u64)]) -> Vec<(T, u64)> {
    let mut counts = counts.to_vec();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}
