//! The columns of the table: what stands over each, and how wide it may be.

use tcptrace::sink::words::Words;

use crate::watch::words::ScreenWords;

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The number of the connection.
    Number,
    Client,
    Server,
    ClientState,
    ServerState,
    /// Both states in one column.
    States,
    Verdict,
    Age,
    RateToServer,
    RateToClient,
    /// Both rates in one.
    Rate,
    RoundTrip,
    FirstByte,
    Retransmitted,
    /// Octets in flight against the window, both ways.
    InFlight,
    LimitedBy,
    /// What it waits for now.
    WaitsFor,
    /// Both in one: what it waits for now, or else what it was limited by.
    Why,
    Process,
}

/// How many columns there are.
pub const COLUMNS: usize = Column::Process as usize + 1;

impl Column {
    /// All, in the order in which they stand.
    pub const ALL: [Self; COLUMNS] = [
        Self::Number,
        Self::Client,
        Self::Server,
        Self::ClientState,
        Self::ServerState,
        Self::States,
        Self::Verdict,
        Self::Age,
        Self::RateToServer,
        Self::RateToClient,
        Self::Rate,
        Self::RoundTrip,
        Self::FirstByte,
        Self::Retransmitted,
        Self::InFlight,
        Self::LimitedBy,
        Self::WaitsFor,
        Self::Why,
        Self::Process,
    ];

    /// Those that a table can be sorted by from one to the next: all but what only stands
    /// for two others where it is narrow.
    pub const SORTED: [Self; COLUMNS - 3] = [
        Self::Number,
        Self::Client,
        Self::Server,
        Self::ClientState,
        Self::ServerState,
        Self::Verdict,
        Self::Age,
        Self::RateToServer,
        Self::RateToClient,
        Self::RoundTrip,
        Self::FirstByte,
        Self::Retransmitted,
        Self::InFlight,
        Self::LimitedBy,
        Self::WaitsFor,
        Self::Process,
    ];

    /// What stands over it.
    pub const fn heading(self, words: &Words, own: &ScreenWords) -> &'static str {
        match self {
            Self::Number => "#",
            Self::Client => words.count.client,
            Self::Server => words.count.server,
            Self::ClientState => words.report.client_state,
            Self::ServerState => words.report.server_state,
            Self::States => own.states,
            Self::Verdict => words.report.verdict,
            Self::Age => own.age,
            Self::RateToServer => words.timing.rate_to_server,
            Self::RateToClient => words.timing.rate_to_client,
            Self::Rate => own.rate,
            Self::RoundTrip => words.timing.rtt,
            Self::FirstByte => words.timing.first_byte_column,
            Self::Retransmitted => words.report.again,
            Self::InFlight => own.in_flight,
            Self::LimitedBy => words.time_spent.column,
            Self::WaitsFor => own.waits_for,
            Self::Why => own.held_by,
            Self::Process => own.process,
        }
    }

    /// Whether its texts end at its right edge, as numbers do.
    pub const fn is_right(self) -> bool {
        matches!(
            self,
            Self::Number
                | Self::Age
                | Self::RateToServer
                | Self::RateToClient
                | Self::Rate
                | Self::RoundTrip
                | Self::FirstByte
                | Self::Retransmitted
        )
    }

    /// Whether it is of an address, of which the end is worth more than the beginning.
    pub const fn is_address(self) -> bool {
        matches!(self, Self::Client | Self::Server)
    }

    /// How wide it is at least, so that it does not grow with every row, and at most.
    pub const fn bounds(self) -> (u16, u16) {
        match self {
            Self::Number => (3, 10),
            Self::Client | Self::Server => (15, 47),
            Self::ClientState | Self::ServerState => (12, 12),
            Self::States => (11, 21),
            Self::Verdict => (8, 18),
            Self::RateToServer | Self::RateToClient | Self::Rate => (6, 6),
            Self::Age | Self::RoundTrip | Self::FirstByte => (6, 8),
            Self::Retransmitted => (4, 8),
            Self::InFlight => (11, 30),
            Self::LimitedBy => (11, 22),
            Self::WaitsFor => (17, 32),
            Self::Why => (11, 28),
            Self::Process => (7, 24),
        }
    }

    /// The columns that a narrow terminal goes without, the first of them first, and
    /// the one that stands for them then.
    pub const GONE_WITHOUT: [(&[Self], Option<Self>); 13] = [
        (&[Self::Number], None),
        (&[Self::FirstByte], None),
        (&[Self::InFlight], None),
        (&[Self::ClientState, Self::ServerState], Some(Self::States)),
        (&[Self::LimitedBy, Self::WaitsFor], Some(Self::Why)),
        (&[Self::RoundTrip], None),
        (&[Self::Retransmitted], None),
        (&[Self::RateToServer, Self::RateToClient], Some(Self::Rate)),
        (&[Self::Process], None),
        (&[Self::Age], None),
        (&[Self::Rate], None),
        (&[Self::Why], None),
        (&[Self::States], None),
    ];

    /// Before so many of these, the last ones, are gone without, addresses and states are
    /// cut.
    pub const VITAL: usize = 5;

    /// The column that shows its order where it stands for two in one.
    pub const fn stand_in(self) -> Option<Self> {
        match self {
            Self::ClientState => Some(Self::States),
            Self::WaitsFor => Some(Self::Why),
            _ => None,
        }
    }

    /// The column whose order it shows.
    pub const fn stands_for(self) -> Self {
        match self {
            Self::States => Self::ClientState,
            Self::Why => Self::WaitsFor,
            Self::Rate => Self::RateToServer,
            own => own,
        }
    }

    /// Whether it gives of its width where there is too little, down to its least.
    pub const fn gives(self) -> bool {
        matches!(
            self,
            Self::Client | Self::Server | Self::States | Self::Process
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_stands_once_and_at_its_place() {
        for (place, column) in Column::ALL.into_iter().enumerate() {
            assert_eq!(column as usize, place, "{column:?}");
        }
    }
}
