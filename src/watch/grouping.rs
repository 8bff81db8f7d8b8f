//! Connections by their server or by their process, summed up.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::net::SocketAddr;

use crate::watch::listed::{Listed, Progressed};
use crate::watch::tallies::Tallied;

/// What connections are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GroupedBy {
    /// Each stands for itself.
    #[default]
    Nothing,
    /// The server's address and port.
    Server,
    /// The process at either end; one of both ends counts in two groups.
    Process,
}

impl GroupedBy {
    /// The next one, and round.
    pub const fn next(self) -> Self {
        match self {
            Self::Nothing => Self::Server,
            Self::Server => Self::Process,
            Self::Process => Self::Nothing,
        }
    }
}

/// Which group it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum GroupOf {
    /// Those to a server.
    Server(SocketAddr),
    /// Those of a process, by its number and name.
    Process(u32, Box<str>),
    /// Those of nobody that is known.
    Nobody,
}

impl GroupOf {
    /// The filter that only its connections pass.
    pub fn narrowing(&self) -> String {
        match self {
            Self::Server(addr) => format!("server:{addr}"),
            Self::Process(pid, _) => format!("process:{pid}"),
            Self::Nobody => "-process:".to_owned(),
        }
    }
}

/// A group, summed up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupSums {
    /// Connections.
    pub connections: u64,
    /// How far they have come.
    pub tallied: Tallied,
    /// Octets a second of those that are not over, of the clients and of the servers.
    pub rates: [u64; 2],
    /// Segments sent again.
    pub retransmitted: u64,
    /// Those that wait for something that is not as it should be.
    pub troubled: u64,
}

/// A column of the table of groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupColumn {
    /// Which group it is.
    Name,
    Connections,
    Open,
    HalfOpen,
    AskedFor,
    Failed,
    RateToServer,
    RateToClient,
    Retransmitted,
    Over,
}

impl GroupColumn {
    /// All, in the order in which they stand; the last are not there where it is narrow.
    pub const ALL: [Self; 10] = [
        Self::Name,
        Self::Connections,
        Self::Open,
        Self::HalfOpen,
        Self::AskedFor,
        Self::Failed,
        Self::RateToServer,
        Self::RateToClient,
        Self::Retransmitted,
        Self::Over,
    ];

    /// A number of a group.
    pub const fn of(self, sums: &GroupSums) -> u64 {
        match self {
            Self::Name => 0,
            Self::Connections => sums.connections,
            Self::Open => sums.tallied.open.open,
            Self::HalfOpen => sums.tallied.open.half_open,
            Self::AskedFor => sums.tallied.open.asked_for,
            Self::Failed => sums.tallied.failed,
            Self::Over => sums.tallied.over,
            Self::RateToServer => sums.rates[0],
            Self::RateToClient => sums.rates[1],
            Self::Retransmitted => sums.retransmitted,
        }
    }
}

/// What groups are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupSorting {
    /// The column.
    pub column: GroupColumn,
    /// Whether the order is turned round: names fall, numbers rise.
    pub is_reversed: bool,
}

impl Default for GroupSorting {
    fn default() -> Self {
        Self {
            column: GroupColumn::Connections,
            is_reversed: false,
        }
    }
}

/// Groups, while connections are taken one after the other.
#[derive(Debug, Default)]
pub struct Gathering {
    groups: HashMap<GroupOf, GroupSums>,
}

impl Gathering {
    /// Takes a connection.
    pub fn take(&mut self, listed: &Listed, by: GroupedBy) {
        match by {
            GroupedBy::Nothing => {}
            GroupedBy::Server => self.add(GroupOf::Server(listed.row.server.addr), listed),
            GroupedBy::Process => {
                let [client, server] = listed.owners();
                let server = server.filter(|server| client.is_none_or(|one| one.pid != server.pid));
                if client.or(server).is_none() {
                    self.add(GroupOf::Nobody, listed);
                }
                for owner in client.into_iter().chain(server) {
                    let group = GroupOf::Process(owner.pid, owner.name.clone());
                    self.add(group, listed);
                }
            }
        }
    }

    fn add(&mut self, group: GroupOf, listed: &Listed) {
        let sums = self.groups.entry(group).or_default();
        sums.connections += 1;
        *sums.tallied.of(Progressed::of(&listed.row)) += 1;
        sums.retransmitted += listed.retransmitted();
        if !listed.row.is_over() {
            for (sum, rate) in sums.rates.iter_mut().zip(listed.latest_rates) {
                *sum = sum.saturating_add(rate);
            }
        }
        let is_troubled = listed.waits().is_some_and(|(cause, _)| cause.is_trouble());
        sums.troubled += u64::from(is_troubled);
    }

    /// The groups, in order.
    pub fn sorted(self, sorting: GroupSorting) -> Vec<(GroupOf, GroupSums)> {
        let mut groups: Vec<_> = self.groups.into_iter().collect();
        sort(&mut groups, sorting);
        groups
    }
}

/// Puts groups in order; of two that are alike, the one whose name is less stands first.
pub fn sort(groups: &mut [(GroupOf, GroupSums)], sorting: GroupSorting) {
    groups.sort_by(|(one, one_sums), (other, other_sums)| {
        let [one_value, other_value] = [one_sums, other_sums].map(|sums| sorting.column.of(sums));
        let by_value = Reverse(one_value).cmp(&Reverse(other_value));
        let by_name = one.cmp(other);
        match (sorting.column, sorting.is_reversed) {
            (GroupColumn::Name, true) => by_name.reverse(),
            (_, false) => by_value.then(by_name),
            (_, true) => by_value.reverse().then(by_name),
        }
    });
}
