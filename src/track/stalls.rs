//! The times that a window was closed (RFC 9293 §3.8.6.1): how often, how long.
//!
//! A window matters while the other end has something left to send, so none is
//! closed any more when that end's FIN is acknowledged.

use std::num::NonZeroU64;

use crate::time::{Span, Timestamp};

/// How long a window is closed before that is said of the connection, where a
/// probe shows that the other end waits for it.
const PATIENCE: Span = Span(1_000_000_000);

/// How often an end closed its window, and how long that lasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stalls {
    /// How often it closed the window, not in how many segments it was closed.
    pub times: u32,
    /// How long the window was closed in all, up to the latest time that it
    /// opened, or that the connection or the capture ended.
    pub total: Span,
    /// The longest of these times.
    pub longest: Span,
    /// The latest of them.
    latest: Span,
    /// The frame that ended that by opening the window, where one did.
    opened_by: Option<NonZeroU64>,
    /// When it closed the window that is closed now.
    since: Option<Timestamp>,
    /// Whether that was said of the connection, and whether its time is counted.
    is_told: bool,
    is_counted: bool,
}

impl Stalls {
    /// How long the window was closed that `frame` opened.
    pub(super) fn ended_by(&self, frame: NonZeroU64) -> Option<Span> {
        (self.opened_by == Some(frame)).then_some(self.latest)
    }

    /// When it closed the window that is closed now.
    pub(super) const fn since(&self) -> Option<Timestamp> {
        self.since
    }

    pub(super) const fn begin(&mut self, at: Timestamp) {
        self.times = self.times.saturating_add(1);
        self.since = Some(at);
        self.is_told = false;
        self.is_counted = false;
    }

    /// Notes how long the window was closed, if it was: up to `at`, when
    /// `opened_by` opened it, where something did.
    pub(super) fn end(&mut self, at: Timestamp, opened_by: Option<NonZeroU64>) {
        self.count(at);
        if self.since.take().is_some() {
            self.opened_by = opened_by;
        }
    }

    /// Notes how long the window was closed up to `at`, where the connection ends or the
    /// capture; it stays closed.
    pub(super) fn count(&mut self, at: Timestamp) {
        let Some(since) = self.since.filter(|_| !self.is_counted) else {
            return;
        };
        self.is_counted = true;
        // A capturing clock may step back.
        self.latest = (at - since).max(Span(0));
        self.total = Span(self.total.0.saturating_add(self.latest.0));
        self.longest = self.longest.max(self.latest);
    }

    /// Whether it is time to say that the window that is closed `at` a time
    /// stalls the connection; once for each time that it closes.
    pub(super) fn become_due(&mut self, at: Timestamp) -> bool {
        let lasts = self.since.is_some_and(|since| at - since >= PATIENCE);
        let is_due = lasts && !self.is_told;
        self.is_told |= is_due;
        is_due
    }
}
