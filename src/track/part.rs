//! What a segment is to its connection, in a word: the values, see
//! `look/` for how they are found.

use crate::phase::Phase;
use crate::track::acceptance::Unacceptable;

/// What a segment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Role {
    /// Its kind.
    pub part: Part,
    /// Its place among the segments that open or close a connection.
    pub step: Option<Step>,
    /// Octets of data in it that were sent before; for a segment without
    /// data, 1 where the whole segment was sent before.
    pub again: u32,
    /// Octets between what the sender had sent so far and this segment: they
    /// were not captured, not yet at least.
    pub missing: u32,
    /// Whether the missing octets were acknowledged before: they did arrive, and
    /// the capture lacks them.
    pub not_captured: bool,
    /// Octets of data that this segment is the first to acknowledge.
    pub acknowledges: u32,
    /// Why its receiver does not take it; then it moves nothing.
    pub unacceptable: Option<Unacceptable>,
}

/// The kinds of segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// SYN.
    Syn,
    /// SYN-ACK.
    SynAck,
    /// The ACK of a SYN-ACK.
    HandshakeAck,
    /// Data.
    Data,
    /// An acknowledgment of something new.
    Ack,
    /// An acknowledgment of nothing new, with another window and without SACK.
    WindowUpdate,
    /// An acknowledgment of nothing new.
    AckAgain,
    /// The same, due to what this end did not take (RFC 9293 §3.10.7.4, RFC 5961).
    ChallengeAck,
    /// At most one octet, and that one acknowledged (RFC 9293 §3.8.4).
    KeepAlive,
    /// The answer to a keep-alive.
    KeepAliveAck,
    /// The same as a keep-alive while the other end's window is closed, or with the
    /// octet behind that window: it asks for that (RFC 9293 §3.8.6.1).
    WindowProbe,
    /// The answer to a window probe: the window is still closed.
    WindowProbeAck,
    /// FIN.
    Fin,
    /// FIN that acknowledges the other end's FIN.
    FinAck,
    /// The ACK of a FIN.
    AckOfFin,
    /// RST in answer to a SYN.
    Refusal,
    /// RST at any other time.
    Reset,
    /// A combination of control bits that means nothing.
    Nonsense,
    /// A SYN on an open connection, which is none of it (RFC 5961 §4).
    StraySyn,
    /// No segment of its own: the capture shows one again that it has shown before.
    Copy,
}

/// A place in a sequence: `3/4`, or `2-3/4` for two steps in one segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The first step.
    pub first: u8,
    /// The last step, nearly always the first.
    pub last: u8,
    /// How many there are.
    pub of: u8,
}

impl Step {
    pub(in crate::track) const fn new(first: u8, of: u8) -> Self {
        Self {
            first,
            last: first,
            of,
        }
    }
}

impl Role {
    pub(in crate::track) const fn of(part: Part) -> Self {
        Self {
            part,
            step: None,
            again: 0,
            missing: 0,
            not_captured: false,
            acknowledges: 0,
            unacceptable: None,
        }
    }

    pub(in crate::track) const fn at(part: Part, step: u8, of: u8) -> Self {
        Self {
            step: Some(Step::new(step, of)),
            ..Self::of(part)
        }
    }

    pub(in crate::track) const fn repeated(self, again: bool) -> Self {
        Self {
            again: again as u32,
            ..self
        }
    }

    /// The phase that the segment is counted under.
    #[must_use]
    pub const fn phase(&self) -> Phase {
        self.part.phase()
    }
}

impl Part {
    /// The phase that such a segment is counted under.
    #[must_use]
    pub const fn phase(self) -> Phase {
        match self {
            Self::Syn | Self::SynAck | Self::HandshakeAck | Self::StraySyn => Phase::Handshake,
            Self::Data => Phase::Data,
            Self::Ack | Self::WindowUpdate | Self::AckAgain | Self::ChallengeAck => Phase::Ack,
            Self::KeepAlive | Self::KeepAliveAck => Phase::KeepAlive,
            Self::WindowProbe | Self::WindowProbeAck => Phase::WindowProbe,
            Self::Fin | Self::FinAck | Self::AckOfFin => Phase::Teardown,
            Self::Refusal | Self::Reset => Phase::Reset,
            Self::Nonsense => Phase::Nonsense,
            Self::Copy => Phase::Copy,
        }
    }

    /// Whether it only asks, for a window or a sign of life: it brings nothing, be it
    /// that it has an octet.
    #[must_use]
    pub const fn asks(self) -> bool {
        matches!(self, Self::KeepAlive | Self::WindowProbe)
    }
}
