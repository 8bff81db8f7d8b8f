//! What the kernel says of a socket: its state, whose it is, what waits in its queues,
//! and its own figures (tcp(7), `TCP_INFO`; `sock_diag(7)`).

use std::net::SocketAddr;

use crate::time::{Span, Timestamp};

/// A state as the kernel has it. That of a request which is not yet a connection is
/// `SynReceived`, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "RFC 9293 figure 5 has them")]
pub enum KernelState {
    Established,
    SynSent,
    SynReceived,
    FinWait1,
    FinWait2,
    TimeWait,
    Closed,
    CloseWait,
    LastAck,
    Listen,
    Closing,
}

impl KernelState {
    /// The name as RFC 9293 §3.3.2 writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Established => "ESTABLISHED",
            Self::SynSent => "SYN-SENT",
            Self::SynReceived => "SYN-RECEIVED",
            Self::FinWait1 => "FIN-WAIT-1",
            Self::FinWait2 => "FIN-WAIT-2",
            Self::TimeWait => "TIME-WAIT",
            Self::Closed => "CLOSED",
            Self::CloseWait => "CLOSE-WAIT",
            Self::LastAck => "LAST-ACK",
            Self::Listen => "LISTEN",
            Self::Closing => "CLOSING",
        }
    }
}

/// A process that owns a socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The process; of several that share the socket, the one with the lowest number.
    pub pid: u32,
    /// What it is called (`/proc/PID/comm`). It may hold control characters.
    pub name: Box<str>,
    /// The name of its user, or the number where it has none.
    pub user: Box<str>,
    /// How many more processes share the socket.
    pub others: u32,
}

/// Who holds a socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// A program, which has it open.
    Program,
    /// The queue of a listener: no program has accepted the connection yet.
    AcceptQueue,
    /// Nobody: its program has closed it or is gone, and the kernel ends the connection.
    Kernel,
}

/// What `TCP_INFO` tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KernelFigures {
    /// The congestion window, segments.
    pub cwnd: u32,
    /// Where slow start ends, segments; `None` while it has no end.
    pub ssthresh: Option<u32>,
    /// The smoothed round trip.
    pub rtt: Span,
    /// How much it varies.
    pub rtt_var: Span,
    /// The retransmission timeout.
    pub rto: Span,
    /// Segments that were sent again, in all.
    pub retransmitted: u32,
    /// Segments that are sent and not acknowledged.
    pub unacked: u32,
    /// How long it had something to send. Linux tells this and the next two since 4.10.
    pub busy: Span,
    /// How much of that the window of the other end left it no room.
    pub window_limited: Span,
    /// How much of that its own send buffer was full.
    pub buffer_limited: Span,
}

/// A socket, as the kernel has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Socket {
    /// Its state.
    pub state: KernelState,
    /// Who holds it.
    pub holder: Holder,
    /// The process that holds it, or whose listener does; `None` where nobody does, and
    /// where that could not be found out.
    pub owner: Option<Owner>,
    /// Octets that arrived and were not read yet.
    pub receive_queue: u32,
    /// Octets that were written and are not acknowledged.
    pub send_queue: u32,
    /// Its figures; a request and a socket in TIME-WAIT have none.
    pub figures: Option<KernelFigures>,
}

/// One end of a connection, as its host sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SocketPair {
    /// That end.
    pub local: SocketAddr,
    /// The other one.
    pub remote: SocketAddr,
}

/// What the kernel answers about one end of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SocketWord {
    /// That end, and the other one.
    pub ends: SocketPair,
    /// When it was asked.
    pub at: Timestamp,
    /// The socket; `None` where there is none (any more).
    pub socket: Option<Socket>,
    /// Who listens at that end, where there is no socket of the connection.
    pub listener: Option<Owner>,
}

/// What the kernel said of the socket at one end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SocketRecord {
    /// The latest that it said, and when it was asked.
    pub latest: Option<(Timestamp, Socket)>,
    /// Whether the latest answer was that there is none (any more).
    pub is_gone: bool,
    /// The last owner known: a socket in TIME-WAIT has none. Of a connection that was
    /// gone before it was asked about, who listens at its end.
    pub owner: Option<Owner>,
    /// Whether the latest answer told of this owner, and those before of none or another.
    pub is_owner_new: bool,
    /// Whether the segments show another state than the kernel has, and have had the time
    /// to show it.
    pub differs: bool,
}

/// What the kernel said of the sockets at both ends.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sockets {
    /// Of the client's.
    pub client: SocketRecord,
    /// Of the server's.
    pub server: SocketRecord,
}

impl SocketRecord {
    /// Whether the kernel has said anything.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        self.latest.is_some() || self.owner.is_some()
    }

    /// The socket, where there is one.
    #[must_use]
    pub fn socket(&self) -> Option<&Socket> {
        let (_, socket) = self.latest.as_ref()?;
        (!self.is_gone).then_some(socket)
    }

    /// Takes an answer; whether the state or the owner is news.
    pub fn take(&mut self, word: &SocketWord) -> bool {
        self.is_owner_new = false;
        let Some(socket) = &word.socket else {
            let was_there = self.latest.is_some() && !self.is_gone;
            self.is_gone = true;
            if self.owner.is_none() {
                self.owner.clone_from(&word.listener);
            }
            return was_there;
        };
        let before = self.latest.as_ref().map(|(_, before)| before);
        let is_as_before = before
            .is_some_and(|before| before.state == socket.state && before.holder == socket.holder);
        let is_back = self.is_gone;
        if socket.owner.is_some() && self.owner != socket.owner {
            self.owner.clone_from(&socket.owner);
            self.is_owner_new = true;
        }
        self.is_gone = false;
        self.latest = Some((word.at, socket.clone()));
        is_back || !is_as_before || self.is_owner_new
    }
}
