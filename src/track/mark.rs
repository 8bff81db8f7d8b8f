//! A segment worth remembering by itself: one that opened or closed a
//! connection.

use std::num::NonZeroU64;

use crate::flags::Flags;
use crate::seq::SeqNum;
use crate::time::Timestamp;
use crate::track::dir::Dir;
use crate::track::state::State;

/// A segment worth remembering, and the states of both ends after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mark {
    /// The frame's number.
    pub frame: NonZeroU64,
    /// When it was captured.
    pub time: Timestamp,
    /// SEG.SEQ.
    pub seq: SeqNum,
    /// SEG.ACK.
    pub ack: SeqNum,
    /// The control bits.
    pub flags: Flags,
    /// Which way it went.
    pub dir: Dir,
    /// The client's state after it.
    pub client: State,
    /// The server's state after it.
    pub server: State,
}

impl Mark {
    /// Whether the ACK bit is set, so that `ack` means something.
    #[must_use]
    pub const fn is_ack(&self) -> bool {
        self.flags.has(Flags::ACK)
    }
}
