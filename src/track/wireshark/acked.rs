//! A segment that another one refers to.

use std::num::NonZeroU64;

use crate::time::Span;

/// A segment that was acknowledged exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acked {
    /// Its frame.
    pub frame: NonZeroU64,
    /// How long the acknowledgment took.
    pub after: Span,
}
