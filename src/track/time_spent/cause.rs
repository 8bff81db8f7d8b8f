//! What a connection waits for.

use crate::track::dir::Dir;

/// To what an instant of a connection belongs. Those of a transfer are the root causes of Siekkinen and others (2005): application, receiver's
/// window, transport, bandwidth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum TimeCause {
    /// The connection is not open yet: from the first SYN to the SYN-ACK's arrival,
    /// repetitions included, or until the server takes the connection.
    Handshake,
    /// The client's application is at work: it has all that it needs for what it
    /// writes next.
    ClientApplication,
    /// The same of the server's.
    ServerApplication,
    /// The server has more to send, and the client's window no room for the next
    /// segment (RFC 9293 §3.8.6).
    ClientWindow,
    /// The client has more to send, and the server's window no room.
    ServerWindow,
    /// The client's application waits for room in its send buffer, while the network
    /// and the server would take more.
    ClientSendBuffer,
    /// The same of the server's.
    ServerSendBuffer,
    /// The next octets that an end needs were dropped on their way, and are not yet
    /// repaired.
    Loss,
    /// All that was sent has arrived, and what would let more be sent is an
    /// acknowledgment that the receiver delays (RFC 9293 §3.8.6.3).
    DelayedAck,
    /// Octets are on their way, or wait for the congestion window, pacing or a queue.
    Path,
    /// Neither end has anything more to say: FIN and its acknowledgment.
    Closing,
    /// It cannot be known from what was captured.
    Unknown,
}

/// How many causes there are.
pub(super) const CAUSES: usize = TimeCause::Unknown as usize + 1;

impl TimeCause {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; CAUSES] = [
        Self::Handshake,
        Self::ClientApplication,
        Self::ServerApplication,
        Self::ClientWindow,
        Self::ServerWindow,
        Self::ClientSendBuffer,
        Self::ServerSendBuffer,
        Self::Loss,
        Self::DelayedAck,
        Self::Path,
        Self::Closing,
        Self::Unknown,
    ];

    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Handshake => "handshake",
            Self::ClientApplication => "client_application",
            Self::ServerApplication => "server_application",
            Self::ClientWindow => "client_window",
            Self::ServerWindow => "server_window",
            Self::ClientSendBuffer => "client_send_buffer",
            Self::ServerSendBuffer => "server_send_buffer",
            Self::Loss => "loss",
            Self::DelayedAck => "delayed_ack",
            Self::Path => "path",
            Self::Closing => "closing",
            Self::Unknown => "unknown",
        }
    }

    /// Whether it is something to look into: neither a client that has nothing to ask,
    /// nor octets on their way, nor how connections open and close.
    #[must_use]
    pub const fn is_trouble(self) -> bool {
        !matches!(
            self,
            Self::Handshake | Self::ClientApplication | Self::Path | Self::Closing | Self::Unknown
        )
    }

    /// Whether a loss at the same time costs nothing.
    pub(super) const fn hides_loss(self) -> bool {
        matches!(
            self,
            Self::Handshake | Self::ClientApplication | Self::ServerApplication
        )
    }

    /// The application of the end that sends in direction `dir`.
    pub(in crate::track) const fn application(dir: Dir) -> Self {
        match dir {
            Dir::ToServer => Self::ClientApplication,
            Dir::ToClient => Self::ServerApplication,
        }
    }

    /// The window that stops what is sent in direction `dir`.
    pub(in crate::track) const fn window_against(dir: Dir) -> Self {
        match dir {
            Dir::ToServer => Self::ServerWindow,
            Dir::ToClient => Self::ClientWindow,
        }
    }

    /// The send buffer of the end that sends in direction `dir`.
    pub(super) const fn send_buffer(dir: Dir) -> Self {
        match dir {
            Dir::ToServer => Self::ClientSendBuffer,
            Dir::ToClient => Self::ServerSendBuffer,
        }
    }
}
