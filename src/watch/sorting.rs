//! In which order connections stand: a number for each, whatever the column.

use std::cmp::Reverse;
use std::net::{IpAddr, SocketAddr};

use tcptrace::socket::Owner;
use tcptrace::time::Span;
use tcptrace::track::flow_id::FlowId;
use tcptrace::track::openness::Openness;
use tcptrace::track::state::State;
use tcptrace::track::time_spent::TimeCause;

use crate::watch::column::Column;
use crate::watch::listed::{Listed, Progressed};

/// Where a connection stands: greater is later. Of two that are alike the one that began
/// later stands first, whichever way the others go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standpoint {
    major: u64,
    minor: u64,
    last: u32,
    id: Reverse<FlowId>,
}

impl Standpoint {
    /// The connection.
    pub const fn id(&self) -> FlowId {
        self.id.0
    }
}

/// What a table is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sorting {
    /// The column.
    pub column: Column,
    /// Whether the greatest stands first.
    pub is_falling: bool,
}

impl Default for Sorting {
    /// The newest first.
    fn default() -> Self {
        Self::by(Column::Number)
    }
}

impl Sorting {
    /// By a column, the way that shows first what one looks for.
    pub const fn by(column: Column) -> Self {
        let is_rising = matches!(
            column,
            Column::Client
                | Column::Server
                | Column::ClientState
                | Column::ServerState
                | Column::States
                | Column::Process
        );
        Self {
            column,
            is_falling: !is_rising,
        }
    }

    /// The same, the other way.
    pub const fn reversed(self) -> Self {
        Self {
            is_falling: !self.is_falling,
            ..self
        }
    }

    /// Whether the order changes as time goes by, without any news.
    pub const fn is_of_now(self) -> bool {
        matches!(
            self.column,
            Column::Age | Column::RateToServer | Column::RateToClient | Column::Rate
        )
    }

    /// Where a connection stands. What is not known stands last, either way.
    pub fn standpoint(self, listed: &Listed) -> Standpoint {
        let (major, minor, last) = match self.value(listed) {
            Some(value) if self.is_falling => (!value.0, !value.1, !value.2),
            Some(value) => value,
            None => (u64::MAX, u64::MAX, u32::MAX),
        };
        Standpoint {
            major,
            minor,
            last,
            id: Reverse(listed.row.id),
        }
    }

    /// What a connection is sorted by.
    fn value(self, listed: &Listed) -> Option<(u64, u64, u32)> {
        let row = &listed.row;
        let rates = || listed.rates();
        Some(match self.column {
            Column::Number => (row.id.0.into(), 0, 0),
            Column::Client => addr(row.client.addr),
            Column::Server => addr(row.server.addr),
            Column::States | Column::ClientState => {
                (state(row.client.state), state(row.server.state), 0)
            }
            Column::ServerState => (state(row.server.state), state(row.client.state), 0),
            Column::Verdict => verdict(listed),
            Column::Age => span(listed.age()),
            Column::RateToServer => (rates()?[0], 0, 0),
            Column::RateToClient => (rates()?[1], 0, 0),
            Column::Rate => (rates()?.into_iter().fold(0, u64::saturating_add), 0, 0),
            Column::RoundTrip => span(row.rtt?),
            Column::FirstByte => span(row.first_byte?),
            Column::Retransmitted => (listed.retransmitted(), 0, 0),
            Column::InFlight => (row.client.in_flight + row.server.in_flight, 0, 0),
            Column::LimitedBy => {
                let (limit, share) = listed.limited_by()?;
                (cause(limit), share.into(), 0)
            }
            Column::WaitsFor | Column::Why => {
                // The longest first; what troubles before what does not.
                let (of, waited) = listed.waits()?;
                (of.is_trouble().into(), span(waited).0, 0)
            }
            Column::Process => process(listed.owner()?),
        })
    }
}

fn addr(addr: SocketAddr) -> (u64, u64, u32) {
    let bits = match addr.ip() {
        // IPv4 before IPv6.
        IpAddr::V4(ip) => u32::from(ip).into(),
        IpAddr::V6(ip) => u128::from(ip),
    };
    #[expect(clippy::cast_possible_truncation, reason = "its halves")]
    let halves = ((bits >> 64) as u64, bits as u64);
    (halves.0, halves.1, addr.port().into())
}

const fn state(state: State) -> u64 {
    state as u64
}

const fn cause(cause: TimeCause) -> u64 {
    cause as u64
}

/// What failed above what is open and in trouble, that above what opens, that above the rest.
fn verdict(listed: &Listed) -> (u64, u64, u32) {
    let row = &listed.row;
    let rank = match Progressed::of(row) {
        Progressed::Over => 0,
        Progressed::On(Openness::Open) if row.verdict.is_normal() => 1,
        Progressed::On(Openness::AskedFor | Openness::HalfOpen) => 2,
        Progressed::On(Openness::Open) => 3,
        Progressed::Failed => 4,
    };
    let code = row.verdict.code();
    (rank, initials(code.as_bytes()), 0)
}

fn span(Span(nanoseconds): Span) -> (u64, u64, u32) {
    (nanoseconds.max(0).unsigned_abs(), 0, 0)
}

fn process(owner: &Owner) -> (u64, u64, u32) {
    let name = owner.name.as_bytes();
    let rest = name.get(8..).unwrap_or_default();
    (initials(name), initials(rest), owner.pid)
}

/// The first eight octets as a number that is greater the later they stand.
fn initials(text: &[u8]) -> u64 {
    let mut octets = [0; 8];
    for (place, octet) in octets.iter_mut().zip(text) {
        *place = *octet;
    }
    u64::from_be_bytes(octets)
}
