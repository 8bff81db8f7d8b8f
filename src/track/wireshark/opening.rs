//! How a connection was opened, as Wireshark takes it: the round trip of that.

use crate::segment::Segment;
use crate::time::{Span, Timestamp};
use crate::track::round_trip::RoundTrip;

/// Wireshark takes the epoch for no time.
const EPOCH: Timestamp = Timestamp::new(0, 0);

/// When a connection began, and the round trip of its handshake.
#[derive(Debug, Clone, Default)]
pub(super) struct Opening {
    first: Timestamp,
    round_trip: RoundTrip,
}

impl Opening {
    /// Of a connection whose first segment was captured at a time.
    pub(super) fn begin(first: Timestamp) -> Self {
        Self {
            first,
            ..Self::default()
        }
    }

    /// When a segment was captured, counted from the beginning.
    #[inline]
    pub(super) fn now(&self, segment: &Segment<'_>) -> Span {
        segment.time - self.first
    }

    /// Whether no acknowledgment has more to tell.
    #[inline]
    pub(super) fn is_settled(&self) -> bool {
        self.round_trip.is_settled()
    }

    /// Takes what a segment tells, that was captured `now`.
    pub(super) fn take(&mut self, segment: &Segment<'_>, now: Span) {
        self.round_trip = self.round_trip.after(segment, now);
    }

    /// From the latest SYN to the first segment that acknowledges without being a
    /// SYN: `tcp.analysis.initial_rtt`.
    pub(super) fn initial_rtt(&self) -> Option<Span> {
        let syn_at = self.round_trip.syn_at?;
        let is_of_epoch = EPOCH - self.first == syn_at;
        self.round_trip.span().filter(|_| !is_of_epoch)
    }
}
