//! What an end asks with a segment that brings nothing new.

use crate::track::part::Part;

/// What an end asks with its latest segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::track) enum Asks {
    /// Nothing.
    Nothing,
    /// Whether the other end is there: a keep-alive.
    WhetherAlive,
    /// Whether the other end's window is open again: a window probe.
    WhetherOpen,
}

impl Asks {
    #[inline]
    pub(in crate::track) const fn by(part: Part) -> Self {
        match part {
            Part::KeepAlive => Self::WhetherAlive,
            Part::WindowProbe => Self::WhetherOpen,
            _ => Self::Nothing,
        }
    }
}
