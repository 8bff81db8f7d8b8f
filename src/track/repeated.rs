//! Which SYN-ACK the ACK of a handshake answers, where it was sent again.
//!
//! Timestamps tell: an end that opens takes the value of the SYN-ACK that opens
//! it, and echoes it (RFC 7323 §4.3). Of a SYN they do not: Linux echoes the
//! first one's value, whichever it answers.

use std::num::NonZeroU64;

use serde::{Deserialize, Serialize};

use crate::segment::Segment;
use crate::time::Timestamp;
use crate::track::flow::Mark;
use crate::track::handshake::Handshake;

/// The latest SYN-ACK sent again before an ACK came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeated {
    /// Its frame.
    pub frame: NonZeroU64,
    /// When it was captured.
    pub time: Timestamp,
    /// Its timestamp.
    value: Option<u32>,
    /// Whether no SYN-ACK before it had that timestamp.
    is_own: bool,
    /// Whether no SYN-ACK had the timestamp of the first one.
    first_is_own: bool,
}

/// The SYN-ACK that was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answered {
    /// The only one that had been sent.
    Only,
    /// The first one is echoed. An ACK before may have been lost, and a later
    /// SYN-ACK have made the client send this one.
    First,
    /// The latest one is echoed: the client had none before.
    Latest,
}

impl Handshake {
    /// Takes note of a SYN-ACK sent again.
    pub(super) fn repeat(&mut self, syn_ack: &Segment<'_>, frame: NonZeroU64) {
        if self.ack.is_some() || self.is_simultaneous {
            return;
        }
        let value = syn_ack.options.timestamps().map(|(value, _)| value);
        let first = self.answered.timestamps;
        let before = self.repeated;
        self.repeated = Some(Repeated {
            frame,
            time: syn_ack.time,
            value,
            is_own: value != first && before.is_none_or(|before| before.value != value),
            first_is_own: value != first && before.is_none_or(|before| before.first_is_own),
        });
    }

    /// Ends with `ack`, and finds the SYN-ACK that it answers.
    pub(super) fn end_with(&mut self, ack: &Segment<'_>, mark: Option<Mark>) {
        self.ack = mark;
        let echo = ack.options.timestamps().map(|(_, echo)| echo);
        self.acknowledged = match self.repeated {
            None => Some(Answered::Only),
            Some(_) if echo.is_none() => None,
            Some(latest) if latest.first_is_own && self.answered.timestamps == echo => {
                Some(Answered::First)
            }
            Some(latest) if latest.is_own && latest.value == echo => Some(Answered::Latest),
            Some(_) => None,
        };
    }

    /// The frame of the SYN-ACK that was answered, as far as is known, and when
    /// it was captured.
    #[must_use]
    pub fn answered_syn_ack(&self) -> Option<(NonZeroU64, Timestamp)> {
        match self.acknowledged? {
            Answered::Only | Answered::First => self.syn_ack.map(|first| (first.frame, first.time)),
            Answered::Latest => self.repeated.map(|latest| (latest.frame, latest.time)),
        }
    }

    /// The frame of the SYN-ACK that was answered, where it is not the first.
    #[must_use]
    pub fn later_syn_ack(&self) -> Option<NonZeroU64> {
        let latest = self.repeated?;
        (self.acknowledged == Some(Answered::Latest)).then_some(latest.frame)
    }

    /// Whether the SYN-ACK was sent again, and the time to the ACK may be no
    /// round trip (Karn's rule, RFC 6298 §3).
    #[must_use]
    pub fn is_client_leg_ambiguous(&self) -> bool {
        let is_known = matches!(self.acknowledged, Some(Answered::Only | Answered::Latest));
        self.syn_ack_again > 0 && !is_known && self.client_leg().is_some()
    }
}
