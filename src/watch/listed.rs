//! A connection as it is listed: its row, and what the time makes of it.

use tcptrace::socket::Owner;
use tcptrace::time::{Span, Timestamp};
use tcptrace::track::state::State;
use tcptrace::track::time_spent::TimeCause;
use tcptrace::track::verdict::Verdict;

use crate::watch::meter::per_second;
use crate::watch::row::WatchRow;

/// How far a connection has come, in four words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progressed {
    /// Its handshake has begun and is not over.
    HalfOpen,
    /// It is open, or closes.
    Open,
    /// It failed.
    Failed,
    /// It is over, and nothing failed.
    Over,
}

impl Progressed {
    /// How far the connection of a row has come.
    pub fn of(row: &WatchRow) -> Self {
        let opens = |state| matches!(state, State::SynSent | State::SynReceived);
        match () {
            () if !row.is_over && (opens(row.client.state) || opens(row.server.state)) => {
                Self::HalfOpen
            }
            () if !row.verdict.is_normal() => Self::Failed,
            () if row.is_over => Self::Over,
            () => Self::Open,
        }
    }

    /// Whether its handshake succeeded.
    pub const fn has_opened(self, verdict: Verdict) -> bool {
        match self {
            Self::HalfOpen => false,
            Self::Open | Self::Over => true,
            Self::Failed => !matches!(
                verdict,
                Verdict::NoAnswer | Verdict::Refused | Verdict::Unreachable(_) | Verdict::HalfOpen
            ),
        }
    }
}

/// A connection at a time.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its row.
    pub row: WatchRow,
    /// What time it is in the capture.
    pub now: Timestamp,
    /// Octets a second over the last seconds, of the client and of the server.
    pub latest_rates: [u64; 2],
}

impl Listed {
    /// How long it has gone on, or lasted.
    pub fn age(&self) -> Span {
        let end = if self.row.is_over {
            self.row.last
        } else {
            self.now.max(self.row.last)
        };
        end - self.row.began
    }

    /// Octets a second, of the client and of the server; of a connection that is over
    /// those of its life, where it took any time.
    pub fn rates(&self) -> Option<[u64; 2]> {
        let row = &self.row;
        if !row.is_over {
            return Some(self.latest_rates);
        }
        let Span(took) = row.last - row.began;
        let octets = [row.client.octets, row.server.octets];
        (took > 0).then(|| octets.map(|octets| per_second(octets, took)))
    }

    /// What it waits for now, and for how long.
    pub fn waits(&self) -> Option<(TimeCause, Span)> {
        let (cause, since) = self.row.waiting.filter(|_| !self.row.is_over)?;
        Some((cause, Span((self.now - since).0.max(0))))
    }

    /// Segments that were sent again, by either end.
    pub const fn retransmitted(&self) -> u64 {
        self.row.client.retransmitted + self.row.server.retransmitted
    }

    /// The process that tells most: the server's, where the client's is another machine's.
    pub fn owner(&self) -> Option<&Owner> {
        let [client, server] = self.owners();
        client.or(server)
    }

    /// The processes at both ends.
    pub fn owners(&self) -> [Option<&Owner>; 2] {
        [&self.row.client, &self.row.server].map(|end| end.owner.as_ref())
    }
}
