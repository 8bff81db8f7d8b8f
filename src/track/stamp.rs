//! A transmission, by what tells it from others of the same octets.

use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::time::Span;

/// A transmission, by what tells it from others of the same octets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Stamp {
    pub(super) identification: Option<u16>,
    pub(super) timestamp: Option<u32>,
    /// What it acknowledges: an end never takes that back.
    pub(super) ack: Option<SeqNum>,
    pub(super) at: Span,
}

impl Stamp {
    pub(super) fn of(segment: &Segment<'_>, at: Span) -> Self {
        Self {
            identification: segment.identification.filter(|&number| number != 0),
            timestamp: segment.options.timestamps().map(|(value, _)| value),
            ack: segment.is_ack().then_some(segment.ack),
            at,
        }
    }
}
