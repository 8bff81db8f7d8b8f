//! Why a connection was reset, as far as its segments tell.
//!
//! A RST carries no reason. Whether it acknowledges, which number it has and
//! what passed just before it narrow the reasons down (RFC 9293 §3.5.2 and
//! §3.10.7, RFC 1122 §4.2.2.13); what is said here is the likely one.

use std::num::NonZeroU64;

use serde::{Deserialize, Serialize};

use crate::segment::Segment;
use crate::track::flow::{Dir, Flow, Half, Mark};
use crate::track::stall::Asks;

/// Hops by which the TTL of a RST may differ from that of its sender's other
/// segments: a route may change, a third party stands elsewhere.
const MOST_HOPS_APART: u8 = 2;

/// The likely reason of a RST.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum ResetCause {
    /// Its number is none that the other end expects, so that another than its
    /// sender may have sent it (RFC 5961 §3).
    StrangeNumber,
    /// It came another way than its sender's other segments, by the TTL.
    StrangeTtl,
    /// Its sender asked several times whether the other end was alive.
    KeepAliveFailed,
    /// Its sender sent the same several times without an answer.
    GaveUp,
    /// It answers data that came after its sender had closed (RFC 1122
    /// §4.2.2.13).
    DataAfterClose,
    /// It answers a segment of a connection that its sender does not know
    /// (RFC 9293 §3.5.2, group 1).
    UnknownConnection,
    /// Its sender closed with data of its own on the way.
    DataInFlight,
    /// Its sender closed with data that it had received and not read (RFC 1122
    /// §4.2.2.13).
    UnreadData,
    /// Its sender aborted, all data on both sides acknowledged.
    Aborted,
}

impl ResetCause {
    /// Every cause, in the order in which they are looked for.
    pub const ALL: [Self; 9] = [
        Self::StrangeNumber,
        Self::StrangeTtl,
        Self::KeepAliveFailed,
        Self::GaveUp,
        Self::DataAfterClose,
        Self::UnknownConnection,
        Self::DataInFlight,
        Self::UnreadData,
        Self::Aborted,
    ];

    /// The word for scripts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::StrangeNumber => "strange_number",
            Self::StrangeTtl => "strange_ttl",
            Self::KeepAliveFailed => "keep_alive_failed",
            Self::GaveUp => "gave_up",
            Self::DataAfterClose => "data_after_close",
            Self::UnknownConnection => "unknown_connection",
            Self::DataInFlight => "data_in_flight",
            Self::UnreadData => "unread_data",
            Self::Aborted => "aborted",
        }
    }

    /// Whether the RST was provoked by what the other end had sent just before.
    #[must_use]
    pub const fn is_answer(self) -> bool {
        matches!(
            self,
            Self::DataAfterClose | Self::UnknownConnection | Self::UnreadData
        )
    }

    /// Why `reset`, of direction `dir`, ended a connection that was as `flow`
    /// says before it.
    pub(super) fn of(flow: &Flow, dir: Dir, reset: &Segment<'_>) -> Self {
        let sender = flow.sender(dir);
        let answers = sender.answers_by(reset);
        let is_expected = answers
            || sender.may_reset_at(reset)
            || sender.overtakes_own(reset, flow.receiver(dir));
        let holds = |cause: &Self| match cause {
            Self::StrangeNumber => sender.is_heard() && !is_expected,
            Self::StrangeTtl => {
                sender.is_heard() && sender.ttl.abs_diff(reset.ttl) > MOST_HOPS_APART
            }
            // An end that gives up acknowledges what it has.
            Self::KeepAliveFailed => {
                !answers && sender.unanswered > 1 && sender.asks == Asks::WhetherAlive
            }
            Self::GaveUp => !answers && sender.unanswered > 2,
            Self::DataAfterClose => !reset.is_ack() && sender.fin.is_some(),
            Self::UnknownConnection => answers,
            Self::DataInFlight => sender.unacknowledged() > 0,
            Self::UnreadData => flow.last_data.is_some_and(|last| last.dir != dir),
            Self::Aborted => true,
        };
        let found = Self::ALL.into_iter().find(holds);
        found.unwrap_or(Self::Aborted)
    }
}

impl Flow {
    /// Keeps the RST of direction `dir` that ended the connection, and why it
    /// was sent; the other end may go on after it.
    pub(super) fn remember_reset(&mut self, dir: Dir, reset: &Segment<'_>, mark: Option<Mark>) {
        let cause = ResetCause::of(self, dir, reset);
        let provoked_by = match cause {
            ResetCause::UnreadData => self.last_data.map_or(0, |last| last.frame),
            _ if cause.is_answer() => self.receiver(dir).last_frame,
            _ => 0,
        };
        self.teardown.reset = mark;
        self.teardown.reset_cause = Some(cause);
        self.teardown.reset_provoked_by = NonZeroU64::new(provoked_by);
    }

    /// Why it was reset, as far as what was captured tells: of one direction
    /// alone nobody knows what the other end had sent or acknowledged.
    #[must_use]
    pub fn reset_cause(&self) -> Option<ResetCause> {
        let is_whole = self.only_direction().is_none();
        let cause = self.teardown.reset_cause?;
        (is_whole || cause == ResetCause::StrangeTtl).then_some(cause)
    }

    /// Takes a RST for one of an attempt, or of an older connection.
    pub(super) const fn forget_reset(&mut self) {
        self.teardown.reset = None;
        self.teardown.reset_cause = None;
        self.teardown.reset_provoked_by = None;
    }
}

impl Half {
    /// Whether it sent a segment before.
    const fn is_heard(&self) -> bool {
        self.segments > 0
    }

    /// Whether `reset` has the number that a segment of the other end
    /// acknowledged, as an answer to that one has (RFC 9293 §3.5.2, group 1);
    /// it may be an earlier one.
    fn answers_by(&self, reset: &Segment<'_>) -> bool {
        let is_acknowledged = reset.seq - self.iss > 0 && reset.seq - self.una <= 0;
        !reset.is_ack() && (is_acknowledged || reset.seq == self.una)
    }

    /// Whether `reset` seems to have overtaken segments of its sender: its
    /// number lies in the window of `other`, and it acknowledges what only the
    /// two know.
    fn overtakes_own(&self, reset: &Segment<'_>, other: &Self) -> bool {
        let window = i64::from(other.window) << other.trail.scale.shift();
        let is_ahead = (1..=window).contains(&i64::from(reset.seq - self.nxt));
        let knows = reset.ack - other.una >= 0 && reset.ack - other.nxt <= 0;
        is_ahead && reset.is_ack() && other.is_known() && knows
    }

    /// Whether a RST may have the number of `reset`: from what the other end
    /// has acknowledged to what this one has sent. Where nothing
    /// is known of its numbers they are not judged.
    fn may_reset_at(&self, reset: &Segment<'_>) -> bool {
        if !self.is_known() {
            return true;
        }
        reset.seq - self.una >= 0 && reset.seq - self.nxt <= 0
    }
}
