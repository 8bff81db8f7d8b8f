//! Why a connection was reset, as far as its segments tell.
//!
//! A RST carries no reason. Whether it acknowledges, which number it has and
//! what passed just before it narrow the reasons down (RFC 9293 §3.5.2 and
//! §3.10.7, RFC 1122 §4.2.2.13); what is said here is the likely one.

use crate::segment::Segment;
use crate::track::asks::Asks;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::half::Half;
use crate::track::reset_cause::ResetCause;
use crate::track::verdict::PATIENCE;

/// Hops by which the TTL of a RST may differ from that of its sender's other
/// segments: a route may change, a third party stands elsewhere.
const MOST_HOPS_APART: u8 = 2;

impl Flow {
    /// Why `reset`, of direction `dir`, ended the connection, which is as it was
    /// before it.
    pub(in crate::track) fn cause_of_reset(&self, dir: Dir, reset: &Segment<'_>) -> ResetCause {
        let sender = self.sender(dir);
        let answers = sender.answers_by(reset) || self.refuses(dir, reset);
        let is_expected = answers || sender.may_reset_at(reset) || self.overtakes_own(dir, reset);
        let holds = |cause: &ResetCause| match cause {
            ResetCause::StrangeNumber => sender.is_heard() && !is_expected,
            ResetCause::StrangeTtl => {
                sender.is_heard() && sender.ttl.abs_diff(reset.ttl) > MOST_HOPS_APART
            }
            // An end that gives up acknowledges what it has.
            ResetCause::KeepAliveFailed => {
                !answers && sender.asks == Asks::WhetherAlive && self.was_in_vain(dir, reset)
            }
            ResetCause::GaveUp => !answers && sender.unanswered > 2,
            ResetCause::DataAfterClose => !reset.is_ack() && sender.fin.is_some(),
            ResetCause::UnknownConnection => answers,
            ResetCause::DataInFlight => sender.unacknowledged() > 0,
            ResetCause::UnreadData => self.last_data.is_some_and(|last| last.dir != dir),
            ResetCause::Aborted => true,
        };
        let found = ResetCause::ALL.into_iter().find(holds);
        found.unwrap_or(ResetCause::Aborted)
    }

    /// Whether what the sender of `reset` asked had no answer: several times, or
    /// once and for long enough, so that none was on its way.
    fn was_in_vain(&self, dir: Dir, reset: &Segment<'_>) -> bool {
        match self.sender(dir).unanswered {
            0 => false,
            1 => reset.time - self.last >= PATIENCE,
            _ => true,
        }
    }

    /// Whether `reset` answers a SYN, as one does that has no connection (RFC 9293
    /// §3.5.2, group 1), be it that it had sent a SYN-ACK before.
    fn refuses(&self, dir: Dir, reset: &Segment<'_>) -> bool {
        let (sender, receiver) = (self.sender(dir), self.receiver(dir));
        let asks = receiver.opened && !sender.syn_acked;
        asks && reset.is_ack() && reset.seq.0 == 0 && receiver.has_sent_up_to(reset.ack)
    }

    /// Whether `reset` seems to have overtaken segments of its sender: its
    /// number lies in the other end's window, and it acknowledges what only the
    /// two know.
    fn overtakes_own(&self, dir: Dir, reset: &Segment<'_>) -> bool {
        let (sender, other) = (self.sender(dir), self.receiver(dir));
        let scale = self.window_scale(dir.reverse()).unwrap_or(0);
        let window = i64::from(other.window) << scale;
        let is_ahead = (1..=window).contains(&i64::from(reset.seq - sender.nxt));
        let knows = reset.ack - other.una >= 0 && reset.ack - other.nxt <= 0;
        is_ahead && reset.is_ack() && other.is_known() && knows
    }

    /// Why it was reset, as far as what was captured tells: of one direction
    /// alone nobody knows what the other end had sent or acknowledged.
    #[must_use]
    pub fn reset_cause(&self) -> Option<ResetCause> {
        let is_whole = self.only_direction().is_none();
        let cause = self.teardown.reset_cause?;
        (is_whole || cause == ResetCause::StrangeTtl).then_some(cause)
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
