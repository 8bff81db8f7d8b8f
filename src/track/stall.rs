//! A window that is closed: how often, how long, and what asks whether it
//! still is (RFC 9293 §3.8.6.1).
//!
//! A window matters while the other end has something left to send, so none is
//! closed any more when that end's FIN is acknowledged. The usual segment
//! neither closes nor opens one: see `usual.rs`.

use serde::{Deserialize, Serialize};

use crate::flags::Flags;
use crate::segment::Segment;
use crate::time::{Span, Timestamp};
use crate::track::Observation;
use crate::track::flow::{Dir, Flow, Half};
use crate::track::role::Part;
use crate::track::verdict::Verdict;

/// How long a window is closed before that is said of the connection, where a
/// probe shows that the other end waits for it.
const PATIENCE: Span = Span(1_000_000_000);

/// What an end asks with its latest segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Asks {
    /// Nothing.
    Nothing,
    /// Whether the other end is there: a keep-alive.
    WhetherAlive,
    /// Whether the other end's window is open again: a window probe.
    WhetherOpen,
}

impl Asks {
    #[inline]
    pub(super) const fn by(part: Part) -> Self {
        match part {
            Part::KeepAlive => Self::WhetherAlive,
            Part::WindowProbe => Self::WhetherOpen,
            _ => Self::Nothing,
        }
    }
}

/// How often an end closed its window, and how long that lasted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
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
    /// The frame that ended that by opening the window; 0 where none did.
    opened_by: u64,
    /// When it closed the window that is closed now.
    since: Option<Timestamp>,
    /// Whether that was said of the connection.
    is_told: bool,
}

impl Stalls {
    /// How long the window was closed that `frame` opened.
    pub(super) fn ended_by(&self, frame: u64) -> Option<Span> {
        (self.opened_by > 0 && self.opened_by == frame).then_some(self.latest)
    }

    const fn begin(&mut self, at: Timestamp) {
        self.times = self.times.saturating_add(1);
        self.since = Some(at);
        self.is_told = false;
    }

    /// Notes how long the window was closed, if it was: up to `at`, when
    /// `opened_by` opened it; 0 where nothing did.
    fn end(&mut self, at: Timestamp, opened_by: u64) {
        let Some(since) = self.since.take() else {
            return;
        };
        self.opened_by = opened_by;
        // A capturing clock may step back.
        self.latest = (at - since).max(Span(0));
        self.total = Span(self.total.0.saturating_add(self.latest.0));
        self.longest = self.longest.max(self.latest);
    }
}

impl Half {
    /// Whether a segment that it sent to `other` tells its window: an older one
    /// that was overtaken does not (RFC 9293 §3.10.7.4).
    fn tells_window(segment: &Segment<'_>, other: &Self) -> bool {
        let is_older = other.is_known() && segment.ack - other.una < 0;
        segment.is_ack() && !segment.flags.any(Flags::SYN | Flags::RST) && !is_older
    }

    /// Whether a segment that it sent to `other` opens its closed window.
    pub(super) fn opens_window(&self, segment: &Segment<'_>, other: &Self) -> bool {
        self.closed_window > 0 && segment.window > 0 && Self::tells_window(segment, other)
    }

    /// Closes or opens its window, as a segment that it sent to `other` says.
    #[cold]
    pub(super) fn turn_window(&mut self, segment: &Segment<'_>, other: &Self) {
        if !Self::tells_window(segment, other) {
            return;
        }
        let is_done = other.fin_acked || self.state.is_over();
        if segment.window > 0 || is_done {
            if self.closed_window > 0 {
                let opens = segment.window > 0;
                let opened_by = if opens { segment.frame.get() } else { 0 };
                self.stalls_mut().end(segment.time, opened_by);
                self.closed_window = 0;
            }
        } else if self.closed_window == 0 && !segment.flags.has(Flags::FIN) {
            self.stalls_mut().begin(segment.time);
            self.closed_window = segment.frame.get();
        }
    }

    fn stalls_mut(&mut self) -> &mut Stalls {
        &mut self.troubles.get_or_insert_default().stalls
    }
}

impl Flow {
    /// Takes no window for closed any longer than `at`, when the connection
    /// ends, or the capture.
    pub(super) fn end_stalls(&mut self, at: Timestamp) {
        for half in [&mut self.client, &mut self.server] {
            if let Some(troubles) = &mut half.troubles {
                troubles.stalls.end(at, 0);
            }
        }
    }

    /// Whether a segment answers a probe of its sender's window: it is to be
    /// asked before the connection goes on by the segment.
    pub(super) fn answers_probe(&self, dir: Dir, segment: &Segment<'_>) -> bool {
        let receiver = self.receiver(dir);
        receiver.asks == Asks::WhetherOpen && Half::tells_window(segment, receiver)
    }

    /// Whether it is time to say that the window of direction `dir` stalls the
    /// connection, since a probe was answered `at` that time; once for each
    /// time that it closes.
    pub(super) fn settles_stall(&mut self, dir: Dir, at: Timestamp) -> bool {
        let is_stalled = Verdict::of(self) == Verdict::Stalled { by: dir };
        let Some(troubles) = &mut self.ends_mut(dir).0.troubles else {
            return false;
        };
        let stalls = &mut troubles.stalls;
        let lasts = stalls.since.is_some_and(|since| at - since >= PATIENCE);
        let is_due = is_stalled && lasts && !stalls.is_told;
        stalls.is_told |= is_due;
        is_due
    }
}

impl Observation<'_> {
    /// How long the window was closed that the segment opened again.
    #[must_use]
    pub fn window_closed_for(&self) -> Option<Span> {
        let sender = self.flow.sender(self.dir);
        let stalls = &sender.troubles()?.stalls;
        stalls.ended_by(sender.last_frame)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::num::NonZeroU64;

    use crate::options::TcpOptions;
    use crate::seq::SeqNum;
    use crate::track::Tracker;

    /// An acknowledgment from a port, at a second, with a window.
    fn ack(port: u16, second: i64, window: u16) -> Segment<'static> {
        Segment {
            frame: NonZeroU64::MIN,
            time: Timestamp::new(second, 0),
            src: ([10, 0, 0, 1], port).into(),
            dst: ([10, 0, 0, 2], 80).into(),
            ttl: 64,
            identification: None,
            seq: SeqNum(1),
            ack: SeqNum(1),
            flags: Flags::ACK,
            window,
            urgent: 0,
            checksum: 0,
            header_len: 20,
            options: TcpOptions {
                bytes: &[],
                missing: 0,
            },
            payload_len: 0,
            payload: &[],
            is_fragment: false,
        }
    }

    #[test]
    fn a_connection_that_is_given_up_was_stalled_up_to_its_latest_segment() {
        let mut tracker = Tracker::bounded(1);
        tracker.observe(&ack(1, 1, 0));
        tracker.observe(&ack(1, 4, 0));
        let given_up = (2..=u16::MAX).find_map(|port| {
            tracker.observe(&ack(port, 9, 500));
            tracker.overflow()
        });
        let given_up = given_up.unwrap();
        let stalls = given_up[0].client.troubles().unwrap().stalls;
        assert_eq!((stalls.times, stalls.total), (1, Span(3_000_000_000)));
    }
}
