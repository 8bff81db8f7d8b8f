//! What an end sent and the other has not yet acknowledged: which frame an
//! acknowledgment answers, and after how long.

use std::collections::VecDeque;

use crate::seq::SeqNum;
use crate::time::{Span, Timestamp};

/// The most segments remembered, as in Wireshark.
const MAX_SEGMENTS: usize = 10_000;

/// The unacknowledged segments of one end, oldest first.
#[derive(Debug, Clone, Default)]
pub(super) struct Outstanding {
    segments: VecDeque<Sent>,
    /// Whether a segment stands behind one that ends later, so that an
    /// acknowledgment must look at all of them.
    is_disordered: bool,
}

/// A segment that awaits its acknowledgment.
#[derive(Debug, Clone, Copy)]
struct Sent {
    frame: u64,
    time: Timestamp,
    end: SeqNum,
}

/// A segment that was acknowledged exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acked {
    /// Its frame.
    pub frame: u64,
    /// How long the acknowledgment took.
    pub after: Span,
}

impl Outstanding {
    /// Remembers a segment that occupies sequence space up to `end`.
    pub(super) fn sent(&mut self, frame: u64, time: Timestamp, end: SeqNum) {
        if self.segments.len() >= MAX_SEGMENTS {
            return;
        }
        if let Some(latest) = self.segments.back() {
            self.is_disordered |= end - latest.end < 0;
        }
        self.segments.push_back(Sent { frame, time, end });
    }

    /// Forgets what `ack` covers; the oldest segment that ends exactly there
    /// is the one it answers (Wireshark's `acks_frame` and `ack_rtt`).
    pub(super) fn acknowledge(&mut self, ack: SeqNum, now: Timestamp) -> Option<Acked> {
        let mut exact = None;
        let mut is_open = |sent: &Sent| {
            if sent.end == ack && exact.is_none() {
                exact = Some(Acked {
                    frame: sent.frame,
                    after: now - sent.time,
                });
            }
            sent.end - ack > 0
        };
        if self.is_disordered {
            self.segments.retain(is_open);
            self.is_disordered = !self.segments.is_empty();
        } else {
            while self.segments.front().is_some_and(|sent| !is_open(sent)) {
                self.segments.pop_front();
            }
        }
        exact
    }

    /// Gives the memory back, when the connection is over.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }
}
