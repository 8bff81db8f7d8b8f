//! How far a connection has come that is not over: open, half-open, or only asked for.

use crate::track::flow::Flow;

/// How far a connection has come that has not ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Openness {
    /// Nothing but SYNs of its client, or of both ends at once.
    AskedFor,
    /// The server answered, and its SYN-ACK is not acknowledged.
    HalfOpen,
    /// It opened, or was open before the capture began.
    Open,
}

/// How many connections there are of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OpenCounts {
    /// Connections that are [only asked for](Openness::AskedFor).
    pub asked_for: u64,
    /// Those that are [half-open](Openness::HalfOpen).
    pub half_open: u64,
    /// Those that are [open](Openness::Open).
    pub open: u64,
}

impl Openness {
    /// How far it has come; `None` where it has ended.
    #[must_use]
    pub fn of(flow: &Flow) -> Option<Self> {
        if flow.has_ended() {
            return None;
        }
        let handshake = &flow.handshake;
        Some(if flow.is_opened() {
            Self::Open
        } else if handshake.syn_ack.is_some() {
            Self::HalfOpen
        } else if handshake.syn.is_some() && !flow.client.syn_acked {
            Self::AskedFor
        } else {
            Self::Open
        })
    }
}

impl OpenCounts {
    /// Counts one more.
    pub fn take(&mut self, openness: Openness) {
        match openness {
            Openness::AskedFor => self.asked_for += 1,
            Openness::HalfOpen => self.half_open += 1,
            Openness::Open => self.open += 1,
        }
    }

    /// All of them.
    #[must_use]
    pub const fn all(self) -> u64 {
        self.asked_for + self.half_open + self.open
    }
}
