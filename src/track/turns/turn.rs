//! One request and its answer.

use std::num::NonZeroU64;

use crate::segment::Segment;
use crate::time::Span;

/// What an end sent until the other one spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Speech {
    /// The frame with its first octets.
    pub frame: NonZeroU64,
    /// The frame with its latest octets.
    pub last_frame: NonZeroU64,
    /// When the first came, counted from the beginning of the connection.
    pub at: Span,
    /// When the latest came.
    pub last_at: Span,
    /// New octets.
    pub octets: u64,
}

/// A request that was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// The request. Its latest frame may be a FIN that the answer acknowledges: then that
    /// ended it.
    pub request: Speech,
    /// When the request was sent for the last time before it was acknowledged: later than
    /// its end where it was lost behind the capture.
    pub sent_again_at: Span,
    /// The answer.
    pub answer: Speech,
    /// Whether the answer may have gone on: the next request came before its end, or the
    /// capture lacks the rest.
    pub is_open: bool,
}

impl Speech {
    pub(super) fn of(segment: &Segment<'_>, now: Span, octets: u32) -> Self {
        Self {
            frame: segment.frame,
            last_frame: segment.frame,
            at: now,
            last_at: now,
            octets: octets.into(),
        }
    }

    pub(super) fn go_on(&mut self, segment: &Segment<'_>, now: Span, octets: u32) {
        self.last_frame = segment.frame;
        self.last_at = now;
        self.octets += u64::from(octets);
    }

    /// From the first octets to the last.
    #[must_use]
    pub fn took(&self) -> Span {
        between(self.at, self.last_at)
    }
}

impl Turn {
    /// From the end of the request to the first octets of the answer, both as they
    /// passed the capture.
    #[must_use]
    pub fn first_byte(&self) -> Span {
        between(self.request.last_at, self.answer.at)
    }

    /// The same from when the request was sent for the last time.
    #[must_use]
    pub fn since_sent_again(&self) -> Span {
        between(self.sent_again_at, self.answer.at)
    }
}

pub(super) fn between(from: Span, to: Span) -> Span {
    Span(to.0.saturating_sub(from.0))
}
