//! What became of a connection, in one word and a sentence.

use crate::track::flow::{Dir, Flow};
use crate::track::state::State;

/// How a connection ended, or how far it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// SYN, and nothing that acknowledges it.
    NoAnswer,
    /// SYN, and a RST came back.
    Refused,
    /// SYN-ACK, never acknowledged, or a SYN from either end.
    HalfOpen,
    /// Opened and not closed when the capture ended.
    Open,
    /// One end sent a FIN, the other did not.
    HalfClosed {
        /// The end that closed, by the direction of its FIN.
        by: Dir,
    },
    /// Both ends sent a FIN, the last one was not acknowledged.
    Closing,
    /// Closed in order.
    Closed {
        /// The end that closed first.
        by: Dir,
    },
    /// Both ends closed at once, in order.
    ClosedAtOnce,
    /// Ended by a RST.
    Reset {
        /// The end that sent it.
        by: Dir,
    },
    /// Opened before the capture began, and not closed when it ended.
    Midstream,
}

impl Verdict {
    /// The verdict on a connection, as far as it has come.
    #[must_use]
    pub fn of(flow: &Flow) -> Self {
        let (handshake, teardown) = (&flow.handshake, &flow.teardown);
        match (teardown.reset, teardown.closer()) {
            (Some(reset), None) if reset.dir == Dir::ToClient && is_attempt(flow) => Self::Refused,
            (Some(reset), _) if !teardown.is_complete() => Self::Reset { by: reset.dir },
            (_, Some(_)) if teardown.is_complete() && teardown.is_simultaneous => {
                Self::ClosedAtOnce
            }
            (_, Some(by)) if teardown.is_complete() => Self::Closed { by },
            (_, Some(_)) if teardown.second_fin.is_some() => Self::Closing,
            (_, Some(by)) => Self::HalfClosed { by },
            _ if handshake.ack.is_some() => Self::Open,
            _ if handshake.syn_ack.is_some() && flow.client.state == State::Established => {
                Self::Open
            }
            _ if handshake.has_answer() => Self::HalfOpen,
            _ if handshake.syn.is_some() && !flow.client.syn_acked => Self::NoAnswer,
            _ if handshake.syn.is_some() => Self::Open,
            _ => Self::Midstream,
        }
    }

    /// The word for scripts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoAnswer => "no_answer",
            Self::Refused => "refused",
            Self::HalfOpen => "half_open",
            Self::Open => "open",
            Self::HalfClosed { .. } => "half_closed",
            Self::Closing => "closing",
            Self::Closed { .. } => "closed",
            Self::ClosedAtOnce => "closed_at_once",
            Self::Reset { .. } => "reset",
            Self::Midstream => "midstream",
        }
    }
}

/// Whether all that is known of the server is that it answered a SYN.
fn is_attempt(flow: &Flow) -> bool {
    flow.handshake.syn.is_some() && !flow.server.has_syn() && flow.server.data_segments == 0
}
