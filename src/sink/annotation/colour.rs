//! The colours of a terminal, where there are any.

use crate::phase::Phase;
use crate::sink::text::Text;

/// How a text stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sink) struct Colour(&'static str);

impl Colour {
    /// Not at all.
    pub(in crate::sink) const NONE: Self = Self("");
    /// What explains, and what only keeps things going.
    pub(in crate::sink) const DIM: Self = Self("\x1b[2m");
    /// What ended well.
    pub(in crate::sink) const BOLD: Self = Self("\x1b[1m");
    /// What did not.
    pub(in crate::sink) const BOLD_RED: Self = Self("\x1b[1;31m");

    /// The colour of each phase: opening green, data cyan, closing yellow,
    /// trouble red.
    pub(in crate::sink) const fn of(phase: Phase) -> Self {
        match phase {
            Phase::Handshake => Self("\x1b[32m"),
            Phase::Data => Self("\x1b[36m"),
            Phase::Ack | Phase::Copy => Self::DIM,
            Phase::KeepAlive | Phase::WindowProbe => Self("\x1b[34m"),
            Phase::Teardown => Self("\x1b[33m"),
            Phase::Reset => Self("\x1b[31m"),
            Phase::Nonsense => Self("\x1b[35m"),
        }
    }

    /// Writes what turns it on.
    pub(in crate::sink) fn begin(self, text: &mut Text) {
        text.str(self.0);
    }

    /// Writes what turns it off.
    pub(in crate::sink) fn end(self, text: &mut Text) {
        if self != Self::NONE {
            text.str("\x1b[0m");
        }
    }
}
