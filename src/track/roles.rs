//! Which end of a connection is the client, and how that is known.

use crate::flow_key::End;
use crate::track::dir::Dir;

/// How client and server were told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Roles {
    /// The client sent the SYN.
    BySyn,
    /// The server sent the SYN-ACK; the SYN was not captured.
    BySynAck,
    /// A guess: neither was captured.
    Guessed(GuessedBy),
}

/// What a guess at client and server goes by, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum GuessedBy {
    /// A SYN went to the server's address and port before, or a SYN-ACK came from
    /// there.
    KnownServer,
    /// Connections with other ends share the server's address and port.
    SeveralPeers,
    /// The server's [port](crate::ports::Standing) is the likelier one.
    Port,
    /// Nothing but who was seen first: that end is called the client.
    FirstSegment,
}

/// Who is who in a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cast {
    /// Which end of the key is the client.
    pub(super) client: End,
    /// How that is known.
    pub(super) roles: Roles,
    /// The end that sent the first segment.
    pub(super) first: End,
}

impl Roles {
    /// What they are guessed by, where they are.
    #[must_use]
    pub const fn guessed_by(self) -> Option<GuessedBy> {
        match self {
            Self::BySyn | Self::BySynAck => None,
            Self::Guessed(by) => Some(by),
        }
    }
}

impl Cast {
    /// Which way the end sends that a program takes for the client which guesses
    /// by nothing but the first segment.
    pub(super) fn originator(self) -> Dir {
        if self.roles.guessed_by().is_some() && self.first != self.client {
            Dir::ToClient
        } else {
            Dir::ToServer
        }
    }
}
