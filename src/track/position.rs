//! Where between the two ends a connection was captured.

use crate::time::Span;
use crate::track::handshake::Handshake;

/// Where the capture stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// At the client, or so near that it does not matter.
    Client,
    /// At the server.
    Server,
    /// In the middle.
    Middle,
    /// Both ends are so near that it does not matter: one host, one rack.
    Everywhere,
}

/// A leg this short is no distance, nanoseconds.
const NEAR: i64 = 100_000;
/// An end is where its leg takes less than this part of the other one.
const PART: i64 = 10;

impl Position {
    /// The word for scripts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Server => "server",
            Self::Middle => "middle",
            Self::Everywhere => "everywhere",
        }
    }

    /// From the two legs of the round trip: an end's leg is the time from the
    /// capture to it and back, its own delay included. `None` where a leg was
    /// not captured or is ambiguous.
    #[must_use]
    pub fn of(handshake: &Handshake) -> Option<Self> {
        let is_ambiguous =
            handshake.is_server_leg_ambiguous() || handshake.is_client_leg_ambiguous();
        if is_ambiguous || handshake.is_simultaneous {
            return None;
        }
        let (Span(server), Span(client)) = (handshake.server_leg()?, handshake.client_leg()?);
        if server < 0 || client < 0 {
            return None;
        }
        Some(match () {
            () if server < NEAR && client < NEAR => Self::Everywhere,
            () if client < server / PART => Self::Client,
            () if server < client / PART => Self::Server,
            () => Self::Middle,
        })
    }
}
