//! A transmission, by what tells it from others of the same octets.

use crate::segment::Segment;
use crate::time::Span;

/// A transmission, by what tells it from others of the same octets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Stamp {
    pub(super) identification: Option<u16>,
    pub(super) timestamp: Option<u32>,
    pub(super) at: Span,
}

impl Stamp {
    pub(super) fn of(segment: &Segment<'_>, at: Span) -> Self {
        Self {
            identification: segment.identification.filter(|&number| number != 0),
            timestamp: segment.options.timestamps().map(|(value, _)| value),
            at,
        }
    }
}
