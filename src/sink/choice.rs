//! Which connections are shown, and when.

use std::net::SocketAddr;

use crate::time::Span;
use crate::track::connection::Connection;
use crate::track::flow::{Flow, FlowId};
use crate::track::long_wait::LongWait;
use crate::track::verdict::Verdict;
use crate::track::{Observation, Wants};

/// When a style that shows connections shows one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// As soon as it ends; those that do not, when the capture ends: for a
    /// live capture.
    ConnectionEnds,
    /// As soon as it ends, and those that have not ended each time that the run is shown
    /// as it [stands](crate::sink::standing::RunStanding).
    Repeatedly,
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
    /// Those that [waited](LongWait) longer for something.
    pub slower_than: Option<Span>,
    /// The one with this number, and no other.
    pub connection: Option<FlowId>,
    /// Those to this server, and no others.
    pub server: Option<SocketAddr>,
}

impl From<When> for Choice {
    fn from(when: When) -> Self {
        Self {
            when,
            failed: false,
            slower_than: None,
            connection: None,
            server: None,
        }
    }
}

impl Choice {
    /// Whether the connection of this segment is to be shown now.
    #[inline]
    pub(super) fn is_now(&self, seen: &Observation<'_>) -> bool {
        seen.ended && self.is_at_once() && self.takes(seen.connection)
    }

    /// Whether a connection that has left, or that the end of the capture brings,
    /// is to be shown then.
    pub(super) fn is_at_end(&self, connection: &Connection) -> bool {
        let was_shown = connection.flow.has_ended() && self.is_at_once();
        !was_shown && self.takes(connection)
    }

    /// Whether a connection is shown as soon as it ends.
    const fn is_at_once(&self) -> bool {
        matches!(self.when, When::ConnectionEnds | When::Repeatedly)
    }

    /// Whether a connection failed, or was slower than the choice asks for.
    pub(super) fn is_troubled(&self, connection: &Connection) -> bool {
        self.is_about(&connection.flow)
            && (has_failed(&connection.flow) || self.is_slow(connection))
    }

    /// Whether every connection is shown.
    pub(super) const fn takes_all(&self) -> bool {
        self.takes_all_kinds() && self.is_about_all()
    }

    /// What has to be known so that it can be chosen.
    pub(super) const fn wants(&self) -> Wants {
        Wants {
            turns: self.slower_than.is_some(),
            ..Wants::NOTHING
        }
    }

    pub(super) fn takes(&self, connection: &Connection) -> bool {
        let is_asked_for = self.failed && has_failed(&connection.flow);
        let is_of_kind = self.takes_all_kinds() || is_asked_for || self.is_slow(connection);
        is_of_kind && self.is_about(&connection.flow)
    }

    /// Whether connections are shown whatever became of them.
    pub(super) const fn takes_all_kinds(&self) -> bool {
        !self.failed && self.slower_than.is_none()
    }

    /// Whether no connection is left out by its number or its server.
    pub(super) const fn is_about_all(&self) -> bool {
        self.connection.is_none() && self.server.is_none()
    }

    pub(super) fn is_about(&self, flow: &Flow) -> bool {
        self.connection.is_none_or(|id| id == flow.id)
            && self
                .server
                .is_none_or(|server| server == flow.server_addr())
    }

    fn is_slow(&self, connection: &Connection) -> bool {
        let mut waits = self
            .slower_than
            .into_iter()
            .flat_map(|limit| LongWait::over(limit, connection));
        waits.next().is_some()
    }
}

fn has_failed(flow: &Flow) -> bool {
    !Verdict::of(flow).is_normal()
}
