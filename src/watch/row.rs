//! A connection in the table: what its row says and is sorted by.

use std::net::SocketAddr;

use tcptrace::socket::{KernelState, Owner, SocketRecord};
use tcptrace::time::{Span, Timestamp};
use tcptrace::track::connection::Connection;
use tcptrace::track::dir::Dir;
use tcptrace::track::flow::StreamId;
use tcptrace::track::flow_id::FlowId;
use tcptrace::track::openness::Openness;
use tcptrace::track::state::State;
use tcptrace::track::time_spent::TimeCause;
use tcptrace::track::verdict::Verdict;

/// A connection in the table.
#[derive(Debug, Clone)]
pub struct WatchRow {
    /// Its number.
    pub id: FlowId,
    /// Wireshark's number of it.
    pub stream: StreamId,
    /// The end that opened.
    pub client: RowEnd,
    /// The end that was opened to.
    pub server: RowEnd,
    /// What has become of it so far.
    pub verdict: Verdict,
    /// How far it has come; `None` where it is over at both ends, or was let go.
    pub openness: Option<Openness>,
    /// Whether the run was over before it: what it shows is all there is.
    pub is_final: bool,
    /// Its first segment.
    pub began: Timestamp,
    /// Its latest segment.
    pub last: Timestamp,
    /// The round trip: the median where data told it, or else that of the handshake.
    pub rtt: Option<Span>,
    /// How long the client waited for the first octet of an answer: the median.
    pub first_byte: Option<Span>,
    /// What it waited for most, and the share of its time in per mille.
    pub limited_by: Option<(TimeCause, u16)>,
    /// What it waits for now, and since when, where its segments tell.
    pub waiting: Option<(TimeCause, Timestamp)>,
}

/// One end of a connection in the table.
#[derive(Debug, Clone)]
pub struct RowEnd {
    /// Its address and port.
    pub addr: SocketAddr,
    /// Its state, as its segments tell.
    pub state: State,
    /// The kernel's state of its socket, where it was asked.
    pub kernel: Option<KernelState>,
    /// Whose socket it is.
    pub owner: Option<Owner>,
    /// Octets of data that it sent, once each.
    pub octets: u64,
    /// Segments that it sent.
    pub segments: u64,
    /// Those of them that it sent again.
    pub retransmitted: u64,
    /// Octets that it sent and that are not acknowledged.
    pub in_flight: u64,
    /// The window that it may send into, where its scale is known.
    pub window: Option<u64>,
}

impl WatchRow {
    /// The row of a connection as it stands. The times that are
    /// [wanted](tcptrace::track::Wants) of it are in it, where they are.
    #[must_use]
    pub fn of(connection: &Connection) -> Self {
        let flow = &connection.flow;
        let round_trip = connection.legs().whole().map(|leg| leg.median);
        let answers = connection.responses().and_then(|all| all.waited());
        Self {
            id: flow.id,
            stream: flow.stream,
            client: RowEnd::of(connection, Dir::ToServer),
            server: RowEnd::of(connection, Dir::ToClient),
            verdict: Verdict::of(flow),
            openness: Openness::of(flow),
            is_final: false,
            began: flow.began,
            last: flow.last,
            rtt: round_trip.or_else(|| flow.handshake.duration()),
            first_byte: answers.map(|times| times.median),
            limited_by: limited_by(connection),
            waiting: connection.waits_for(),
        }
    }

    /// Whether it is over at both ends, or was let go.
    pub const fn is_over(&self) -> bool {
        self.openness.is_none()
    }
}

impl RowEnd {
    /// The end that sends in direction `dir`.
    fn of(connection: &Connection, dir: Dir) -> Self {
        let flow = &connection.flow;
        let half = flow.sender(dir);
        let record = connection.socket_of(dir);
        let socket = record.and_then(SocketRecord::socket);
        Self {
            addr: match dir {
                Dir::ToServer => flow.client_addr(),
                Dir::ToClient => flow.server_addr(),
            },
            state: half.state,
            kernel: socket.map(|socket| socket.state),
            owner: record.and_then(|record| record.owner.clone()),
            octets: half.octets_once(),
            segments: half.segments,
            retransmitted: flow.segments_again_by(dir),
            in_flight: half.unacknowledged().into(),
            window: flow.window_for(dir).map(u64::from),
        }
    }
}

/// What a connection waited for most, and which share of its time, in per mille.
fn limited_by(connection: &Connection) -> Option<(TimeCause, u16)> {
    let spent = connection.time_spent()?;
    let cause = spent.limited_by()?;
    let all = spent.sums.iter().map(|(_, span)| i128::from(span.0)).sum();
    let share = i128::from(spent.of(cause).0) * 1000 / i128::max(all, 1);
    Some((cause, u16::try_from(share).unwrap_or(1000)))
}
