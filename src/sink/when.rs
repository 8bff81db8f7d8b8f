//! When a connection is shown.

use crate::track::Observation;
use crate::track::flow::Flow;

/// When a style that shows connections shows one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// As soon as it ends; those that do not, when the capture ends: for a
    /// live capture.
    ConnectionEnds,
    /// When the capture ends, in the order of first segments: for files.
    CaptureEnds,
}

impl When {
    /// Whether the connection of this segment is to be shown now.
    #[must_use]
    #[inline]
    pub fn is_now(self, seen: &Observation<'_>) -> bool {
        seen.ended && self == Self::ConnectionEnds
    }

    /// Whether a connection that the capture brought has been shown before.
    #[must_use]
    pub fn is_past(self, flow: &Flow) -> bool {
        flow.has_ended() && self == Self::ConnectionEnds
    }
}
