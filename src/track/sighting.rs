//! What a segment is to those that the capture had shown before.

use std::num::NonZeroU64;

use crate::time::Span;
use crate::vantage::Vantage;

/// Another sight of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenAgain {
    /// The frame that showed it first.
    pub of: NonZeroU64,
    /// How long after that.
    pub after: Span,
    /// Where it was seen first.
    pub first_at: Vantage,
    /// Whether it was seen somewhere else: on another interface, in another tunnel
    /// or VLAN, behind a router.
    pub is_elsewhere: bool,
}

/// What a segment is to those that were seen before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sighting {
    /// None of them.
    First,
    /// One that the network copied, or that was sent again.
    Twin,
    /// Another sight of one.
    Again(SeenAgain),
}

/// The same in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Glimpse {
    First,
    Twin,
    Copy,
    CopyElsewhere,
}

impl From<Sighting> for Glimpse {
    fn from(sight: Sighting) -> Self {
        match sight {
            Sighting::First => Self::First,
            Sighting::Twin => Self::Twin,
            Sighting::Again(copy) if copy.is_elsewhere => Self::CopyElsewhere,
            Sighting::Again(_) => Self::Copy,
        }
    }
}

impl Glimpse {
    /// What it was, as far as that moves anything, of the segment of a frame.
    pub(super) const fn of(self, frame: NonZeroU64) -> Sighting {
        let is_elsewhere = matches!(self, Self::CopyElsewhere);
        match self {
            Self::First => Sighting::First,
            Self::Twin => Sighting::Twin,
            Self::Copy | Self::CopyElsewhere => Sighting::Again(SeenAgain {
                of: frame,
                after: Span(0),
                first_at: Vantage::UNKNOWN,
                is_elsewhere,
            }),
        }
    }
}
