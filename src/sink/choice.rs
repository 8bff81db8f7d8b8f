//! Which connections are shown, and when.

use crate::time::Span;
use crate::track::Observation;
use crate::track::flow::Flow;
use crate::track::verdict::Verdict;

/// When a style that shows connections shows one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// As soon as it ends; those that do not, when the capture ends: for a
    /// live capture.
    ConnectionEnds,
    /// When it [leaves](crate::track::Tracker::left), and the others when the
    /// capture ends, in the order of first segments: for files.
    CaptureEnds,
}

/// Which connections a style shows, and when.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// When.
    pub when: When,
    /// Those that did not open or close normally; with `slower_than` those of
    /// either kind.
    pub failed: bool,
    /// Those whose handshake took longer.
    pub slower_than: Option<Span>,
}

impl From<When> for Choice {
    fn from(when: When) -> Self {
        Self {
            when,
            failed: false,
            slower_than: None,
        }
    }
}

impl Choice {
    /// Whether the connection of this segment is to be shown now.
    #[inline]
    pub(super) fn is_now(&self, seen: &Observation<'_>) -> bool {
        seen.ended && self.when == When::ConnectionEnds && self.takes(seen.flow)
    }

    /// Whether a connection that has left, or that the end of the capture brings,
    /// is to be shown then.
    pub(super) fn is_at_end(&self, flow: &Flow) -> bool {
        let was_shown = flow.has_ended() && self.when == When::ConnectionEnds;
        !was_shown && self.takes(flow)
    }

    /// Whether a connection failed, or was slower than the choice asks for.
    pub(super) fn is_troubled(&self, flow: &Flow) -> bool {
        has_failed(flow) || self.is_slow(flow)
    }

    /// Whether every connection is shown.
    pub(super) const fn takes_all(&self) -> bool {
        !self.failed && self.slower_than.is_none()
    }

    fn takes(&self, flow: &Flow) -> bool {
        self.takes_all() || self.failed && has_failed(flow) || self.is_slow(flow)
    }

    fn is_slow(&self, flow: &Flow) -> bool {
        let took = flow.handshake.duration();
        self.slower_than.is_some_and(|limit| took > Some(limit))
    }
}

fn has_failed(flow: &Flow) -> bool {
    !Verdict::of(flow).is_normal()
}
