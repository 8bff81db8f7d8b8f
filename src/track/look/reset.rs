//! Why a connection was reset, as far as its segments tell.
//!
//! A RST carries no reason. Whether it acknowledges, which number it has and
//! what passed just before it narrow the reasons down (RFC 9293 §3.5.2 and
//! §3.10.7, RFC 1122 §4.2.2.13); what is said here is the likely one.

use crate::flags::Flags;
use crate::segment::Segment;
use crate::time::Span;
use crate::track::acceptance::Unacceptable;
use crate::track::asks::Asks;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::half::Half;
use crate::track::reset_cause::ResetCause;
use crate::track::state::State;
use crate::track::ttls::MOST_HOPS_APART;
use crate::track::verdict::PATIENCE;

/// For so long, in nanoseconds, a busy host may not have read what has come.
const BUSY: i64 = 10_000_000;
/// A round trip where none is known.
const LONG_ROUND_TRIP: Span = Span(200_000_000);

impl Flow {
    /// Why `reset`, of direction `dir`, ended the connection, which is as it was
    /// before it.
    pub(in crate::track) fn cause_of_reset(&self, dir: Dir, reset: &Segment<'_>) -> ResetCause {
        let sender = self.sender(dir);
        let answers = sender.answers_by(reset) || self.refuses(dir, reset);
        let is_expected = answers || sender.may_reset_at(reset) || self.overtakes_own(dir, reset);
        let answered = self.refusal_answered_by(dir, reset).map(|one| one.why);
        let holds = |cause: &ResetCause| match cause {
            // What comes after it will tell.
            ResetCause::Injected => false,
            ResetCause::WrongSynAck => answered == Some(Unacceptable::WrongSynAck),
            ResetCause::OldConnection => answered == Some(Unacceptable::OldConnection),
            ResetCause::AckOfUnsent => answered == Some(Unacceptable::AckOfUnsent),
            ResetCause::HalfOpen => {
                let asked_anew = sender.latest_not_taken().map(|one| one.why);
                answers && asked_anew == Some(Unacceptable::SynOnConnection)
            }
            ResetCause::StrangeNumber => {
                sender.is_heard() && !is_expected && !self.held.lacks_bare_acks()
            }
            ResetCause::StrangeTtl => {
                sender.is_heard() && sender.ttls.hops_to(reset.ttl) > MOST_HOPS_APART
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

    /// Whether a RST of direction `dir` that is not taken may all the same be its
    /// sender's own: an answer to what that had sent before.
    pub(in crate::track) fn may_be_own_reset(&self, dir: Dir, reset: &Segment<'_>) -> bool {
        let sender = self.sender(dir);
        let is_behind_first = sender.has_gone_far || reset.seq - sender.iss > 0;
        let is_of_numbers = is_behind_first && reset.seq - sender.highest() <= 0;
        sender.is_known()
            && is_of_numbers
            && sender.ttls.hops_to(reset.ttl) <= MOST_HOPS_APART
            && self.receiver(dir).state != State::SynSent
    }

    /// Whether a segment of direction `dir` that comes `now` shows that its sender is
    /// not closed, though a RST was sent by it, or to it.
    ///
    /// A RST is the last that an end sends: one that goes on from its number has not
    /// sent it. One that was sent to an end may cross what that had sent before; what
    /// comes two round trips later it has sent since. A RST that answers the ACK of a
    /// number never sent has that number, and so no end takes it that acknowledges the
    /// right one.
    pub(in crate::track) fn outlives_reset(
        &self,
        dir: Dir,
        segment: &Segment<'_>,
        now: Span,
    ) -> bool {
        let Some(reset) = self.teardown.reset else {
            return false;
        };
        let is_closed = self.sender(dir).state == State::Closed;
        if !is_closed || segment.flags.any(Flags::SYN | Flags::RST) {
            return false;
        }
        let round_trip = self.round_trip.after(segment, now).span();
        let round_trip = round_trip.unwrap_or(LONG_ROUND_TRIP);
        let since = segment.time - reset.time;
        if dir == reset.dir {
            // One with an ACK has the number behind all that its sender has sent, another
            // one that of what it answers.
            let goes_on = segment.seq_len() > 0 && segment.end() - reset.seq > 0;
            let tells_end = reset.is_ack() || self.teardown.reset_ttl.is_some();
            let is_later = since > round_trip && segment.seq - reset.seq >= 0;
            return goes_on && tells_end || is_later;
        }
        let acks_more = segment.is_ack() && segment.ack - self.teardown.sent_at_reset > 0;
        let is_awaited = self.receiver(dir).state == State::SynReceived
            && segment.is_ack()
            && self.receiver(dir).has_sent_up_to(segment.ack);
        acks_more || is_awaited || since.0 > round_trip.0.saturating_mul(2).max(BUSY)
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
        let window = i64::from(self.offered_by(dir.reverse()));
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
    /// has acknowledged to what this one has sent, or that of its FIN. Where nothing
    /// is known of its numbers they are not judged.
    fn may_reset_at(&self, reset: &Segment<'_>) -> bool {
        if !self.is_known() {
            return true;
        }
        let is_within = reset.seq - self.una >= 0 && reset.seq - self.highest() <= 0;
        is_within || self.fin == Some(reset.seq)
    }
}
