//! The round trip of the handshake, as far as both legs passed.

use crate::flags::Flags;
use crate::segment::Segment;
use crate::time::Span;

/// The time between the latest SYN and the first acknowledgment without SYN: a
/// round trip wherever the capture stood, unless the SYN was sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct RoundTrip {
    /// When the latest SYN without ACK came, counted from the beginning of the
    /// connection.
    pub(super) syn_at: Option<Span>,
    /// 0 where it is unknown.
    span: Span,
}

impl RoundTrip {
    /// The time, where it is known and not 0.
    pub(super) fn span(self) -> Option<Span> {
        Some(self.span).filter(|span| *span != Span(0))
    }

    /// Whether no acknowledgment has anything to tell about it.
    #[inline]
    pub(super) fn is_settled(self) -> bool {
        self.span != Span(0) || self.syn_at.is_none()
    }

    /// What is known of it after a segment.
    #[must_use]
    pub(super) fn after(self, segment: &Segment<'_>, now: Span) -> Self {
        match (segment.flags.has(Flags::SYN), segment.is_ack()) {
            (true, false) => Self {
                syn_at: Some(now),
                ..self
            },
            (false, true) if self.span == Span(0) => Self {
                span: self
                    .syn_at
                    .map_or(Span(0), |syn_at| Span(now.0.saturating_sub(syn_at.0))),
                ..self
            },
            _ => self,
        }
    }
}
