//! The connections that waited longest.

use std::net::SocketAddr;

use crate::time::Span;
use crate::track::connection::Connection;
use crate::track::flow_id::FlowId;
use crate::track::summary::time_waited::TimeWaited;
use crate::track::time_spent::Waited;
use crate::track::verdict::Verdict;

/// How many are kept.
pub const MOST_WAITING: usize = 10;

/// The shortest wait of a connection that is worth showing, nanoseconds.
const LEAST: i64 = 1_000_000;

/// A connection that waited.
#[derive(Debug, Clone)]
pub struct WaitingConnection {
    /// Its number.
    pub id: FlowId,
    /// The client's address and port.
    pub client: SocketAddr,
    /// The server's.
    pub server: SocketAddr,
    /// What became of it.
    pub verdict: Verdict,
    /// From its first segment to its last.
    pub lasted: Span,
    /// What it waited for.
    pub waited: TimeWaited,
    /// Its longest wait for the cause that took most, where one was long.
    pub longest: Option<Waited>,
    total: Span,
}

/// Those that waited longest, the longest first.
#[derive(Debug, Clone, Default)]
pub(super) struct WaitedMost {
    list: Vec<WaitingConnection>,
}

impl WaitedMost {
    /// Takes a connection, what it waited for, and its longest waits; of some that waited
    /// alike the first ones are kept.
    pub(super) fn take<'w>(
        &mut self,
        connection: &Connection,
        waited: &TimeWaited,
        mut waits: impl Iterator<Item = &'w Waited>,
    ) {
        let total = waited.total();
        let is_among = self.list.len() < MOST_WAITING
            || self.list.last().is_some_and(|last| last.total < total);
        if total.0 < LEAST || !is_among {
            return;
        }
        let flow = &connection.flow;
        let place = self.list.partition_point(|other| other.total >= total);
        let largest = waited.largest().first().map(|&(cause, _)| cause);
        self.list.truncate(MOST_WAITING - 1);
        self.list.insert(
            place,
            WaitingConnection {
                id: flow.id,
                client: flow.client_addr(),
                server: flow.server_addr(),
                verdict: Verdict::of(flow),
                lasted: flow.duration(),
                waited: *waited,
                longest: waits.find(|wait| Some(wait.cause) == largest).copied(),
                total,
            },
        );
    }

    pub(super) fn list(&self) -> &[WaitingConnection] {
        &self.list
    }
}

impl WaitingConnection {
    /// How long it waited for anything.
    #[must_use]
    pub const fn total(&self) -> Span {
        self.total
    }
}
