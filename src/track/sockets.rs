//! What the kernel says of the sockets of a connection, beside what its segments show.

use crate::socket::{KernelState, SocketRecord, SocketWord};
use crate::time::Span;
use crate::track::connection::Connection;
use crate::track::dir::Dir;
use crate::track::state::State;

/// How long a connection has to be silent until what the kernel says and what the segments
/// show are of the same moment: the kernel delivers frames late, several at once.
const SETTLED: Span = Span(300_000_000);

impl From<KernelState> for State {
    fn from(state: KernelState) -> Self {
        match state {
            KernelState::Established => Self::Established,
            KernelState::SynSent => Self::SynSent,
            KernelState::SynReceived => Self::SynReceived,
            KernelState::FinWait1 => Self::FinWait1,
            KernelState::FinWait2 => Self::FinWait2,
            KernelState::TimeWait => Self::TimeWait,
            KernelState::Closed => Self::Closed,
            KernelState::CloseWait => Self::CloseWait,
            KernelState::LastAck => Self::LastAck,
            KernelState::Listen => Self::Listen,
            KernelState::Closing => Self::Closing,
        }
    }
}

impl Connection {
    /// What the kernel said of the socket of the end that sends in direction `dir`, where
    /// it said anything.
    #[must_use]
    pub fn socket_of(&self, dir: Dir) -> Option<&SocketRecord> {
        let sockets = self.signs.as_ref()?.sockets.as_deref()?;
        let record = match dir {
            Dir::ToServer => &sockets.client,
            Dir::ToClient => &sockets.server,
        };
        record.is_known().then_some(record)
    }

    /// Forgets of what differed once what the segments show since.
    pub(super) fn agree_with_sockets(&mut self) {
        let states = [self.flow.client.state, self.flow.server.state];
        let Some(sockets) = self.signs.as_mut().and_then(|signs| signs.sockets.as_mut()) else {
            return;
        };
        for (record, shown) in [&mut sockets.client, &mut sockets.server]
            .into_iter()
            .zip(states)
        {
            record.differs &= !agree(record, shown);
        }
    }

    /// Takes what the kernel says of the socket of the end that sends in direction
    /// `dir`; whether that is news: another state or owner, or that the state is not what
    /// the segments show.
    pub(super) fn take_socket(&mut self, dir: Dir, word: &SocketWord) -> bool {
        let shown = self.flow.sender(dir).state;
        let is_settled = word.at - self.flow.last >= SETTLED;
        // Beside the signs, which most connections have none of either.
        let signs = self.signs.get_or_insert_default();
        let sockets = signs.sockets.get_or_insert_default();
        let record = match dir {
            Dir::ToServer => &mut sockets.client,
            Dir::ToClient => &mut sockets.server,
        };
        let is_news = record.take(word);
        let differs = is_settled && record.latest.is_some() && !agree(record, shown);
        let is_difference = differs && !record.differs;
        record.differs = differs;
        is_news || is_difference
    }
}

/// Whether the kernel has the state that the segments show. A connection that is over may
/// be forgotten, and nothing is against a state that they do not show.
fn agree(record: &SocketRecord, shown: State) -> bool {
    let kernels = record.socket().map(|socket| State::from(socket.state));
    match kernels {
        None => shown.is_over() || shown == State::Unknown,
        Some(state) => shown == state || shown == State::Unknown,
    }
}
