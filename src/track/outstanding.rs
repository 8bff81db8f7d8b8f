//! What an end sent and the other has not yet acknowledged: which frame an
//! acknowledgment answers, and after how long.

use std::collections::VecDeque;

use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::time::{Span, Timestamp};

/// The most segments remembered, as in Wireshark.
const MAX_SEGMENTS: usize = 10_000;
/// The most pieces that [`Outstanding::octets_between`] puts together: bounds
/// what a hostile capture can make it search.
const MAX_PIECES: usize = 64;

/// The unacknowledged segments of one end, oldest first.
#[derive(Debug, Clone, Default)]
pub(super) struct Outstanding {
    segments: VecDeque<Sent>,
    /// Whether a segment stands behind one that ends later, so that an
    /// acknowledgment must look at all of them.
    is_disordered: bool,
    /// Whether some were not remembered, so that whatever is asked for may
    /// have been sent.
    is_incomplete: bool,
}

/// A segment that awaits its acknowledgment.
#[derive(Debug, Clone, Copy)]
struct Sent {
    frame: u64,
    time: Timestamp,
    start: SeqNum,
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
    /// Remembers a segment that occupies sequence space.
    pub(super) fn sent(&mut self, segment: &Segment<'_>) {
        if self.segments.len() >= MAX_SEGMENTS {
            self.is_incomplete = true;
            return;
        }
        let end = segment.end();
        if let Some(latest) = self.segments.back() {
            self.is_disordered |= end - latest.end < 0;
        }
        self.segments.push_back(Sent {
            frame: segment.frame,
            time: segment.time,
            start: segment.seq,
            end,
        });
    }

    /// How many of the numbers from `start` to `end` were sent and are not
    /// acknowledged, those in two segments counted once.
    pub(super) fn octets_between(&self, start: SeqNum, end: SeqNum) -> u32 {
        let whole = (end - start).max(0).cast_unsigned();
        if self.is_incomplete {
            return whole;
        }
        let (mut at, mut missing) = (start, 0);
        for _ in 0..MAX_PIECES {
            let behind = self.segments.iter().filter(|sent| sent.end - at > 0);
            let Some(next) = behind.min_by_key(|sent| sent.start - at) else {
                return whole - missing - (end - at).max(0).cast_unsigned();
            };
            missing += (next.start - at)
                .clamp(0, (end - at).max(0))
                .cast_unsigned();
            at = next.end;
            if end - at <= 0 {
                break;
            }
        }
        whole - missing
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
        *self = Self {
            is_incomplete: true,
            ..Self::default()
        };
    }
}
