//! Which SYN-ACK the ACK of a handshake answers, where it was sent again.
//!
//! Timestamps tell: an end that opens takes the value of the SYN-ACK that opens
//! it, and echoes it (RFC 7323 §4.3). Of a SYN they do not: Linux echoes the
//! first one's value, whichever it answers.

use std::num::NonZeroU64;

use crate::segment::Segment;
use crate::time::Timestamp;

/// The latest SYN-ACK sent again before an ACK came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// The only one that had been sent.
    Only,
    /// The first one is echoed. An ACK before may have been lost, and a later
    /// SYN-ACK have made the client send this one.
    First,
    /// The latest one is echoed: the client had none before.
    Latest,
}

impl Repeated {
    /// The latest one after `syn_ack` came, `first` being the timestamp of the
    /// first SYN-ACK and `before` what was the latest.
    pub(super) fn after(before: Option<Self>, first: Option<u32>, syn_ack: &Segment<'_>) -> Self {
        let value = syn_ack.options.timestamps().map(|(value, _)| value);
        Self {
            frame: syn_ack.frame,
            time: syn_ack.time,
            value,
            is_own: value != first && before.is_none_or(|before| before.value != value),
            first_is_own: value != first && before.is_none_or(|before| before.first_is_own),
        }
    }

    /// Which SYN-ACK is echoed by `echo`, `first` being the timestamp of the first.
    pub(super) fn answered_by(&self, first: Option<u32>, echo: Option<u32>) -> Option<Answered> {
        echo?;
        if self.first_is_own && first == echo {
            return Some(Answered::First);
        }
        (self.is_own && self.value == echo).then_some(Answered::Latest)
    }
}
