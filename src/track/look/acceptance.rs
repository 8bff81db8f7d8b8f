//! Whether the receiver of a segment takes it (RFC 9293 §3.10.7, RFC 5961).
//!
//! The capture lacks what it lacks, so only that is said not to be taken of which no
//! loss by the capture would make an ordinary segment. Where two segments of an end
//! in a row agree, it is the capture that lacks what was before them.

use crate::flags::Flags;
use crate::segment::Segment;
use crate::time::Span;
use crate::track::acceptance::{NotTaken, Reply, Unacceptable};
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::half::Half;
use crate::track::state::State;
use crate::track::timeouts::FIRST_TIMEOUT;
use crate::track::ttls::MOST_HOPS_APART;

/// Octets in a nanosecond on the fastest network.
const FASTEST: i64 = 50;

/// Later than that no SYN comes that was sent before the connection was open.
const LATE: Span = Span(200_000_000);

/// The largest window (RFC 7323 §2.3).
const MOST_WINDOW: i64 = 1 << 30;

/// How far behind the window a number may lie where ACKs may be missing: as far as
/// the largest window without scaling.
const SLACK: i64 = 65_535;

impl Flow {
    /// Why the receiver of a segment of direction `dir` does not take it; `None`
    /// where it does, or nobody knows.
    pub(super) fn unacceptable(&self, dir: Dir, segment: &Segment<'_>) -> Option<Unacceptable> {
        let arrival = Arrival {
            flow: self,
            sender: self.sender(dir),
            receiver: self.receiver(dir),
            segment,
            dir,
        };
        let has = |bit| segment.flags.has(bit);
        match () {
            () if has(Flags::SYN) && segment.flags.any(Flags::FIN | Flags::RST) => None,
            () if has(Flags::RST) => arrival.reset(),
            () if has(Flags::SYN) && segment.is_ack() => arrival.syn_ack(),
            () if has(Flags::SYN) => arrival.syn(),
            () => arrival.other(),
        }
    }

    /// What the receiver has to answer to a segment of direction `dir` that it does
    /// not take.
    pub(in crate::track) fn due(&self, dir: Dir, why: Unacceptable) -> Reply {
        let receiver = self.receiver(dir);
        match why {
            Unacceptable::AckOfUnsent | Unacceptable::AckBelowInitial
                if matches!(receiver.state, State::SynReceived | State::SynSent) =>
            {
                Reply::Reset
            }
            Unacceptable::OldConnection | Unacceptable::WrongSynAck => Reply::Reset,
            Unacceptable::AckOfUnsent
            | Unacceptable::OutsideWindow
            | Unacceptable::BelowInitial => Reply::Ack,
            Unacceptable::AckBelowInitial
            | Unacceptable::SynOnConnection
            | Unacceptable::ResetNotExpected => Reply::ChallengeAck,
            Unacceptable::WithoutAck
            | Unacceptable::ResetOutsideWindow
            | Unacceptable::ResetOfNoSyn => Reply::Nothing,
        }
    }
}

impl Flow {
    /// Whether a segment of direction `dir` does not look as its sender's others: it
    /// comes from elsewhere, or lacks the timestamps that both agreed upon (RFC 7323
    /// §3.2).
    pub(in crate::track) fn is_foreign(&self, dir: Dir, segment: &Segment<'_>) -> bool {
        let sender = self.sender(dir);
        let lacks_timestamps = self.handshake.timestamps()
            && segment.options.timestamps().is_none()
            && segment.options.missing == 0;
        sender.ttls.hops_to(segment.ttl) > MOST_HOPS_APART || lacks_timestamps
    }

    /// What a RST of direction `dir` answers, where that is something that its sender
    /// did not take: it has the number that this acknowledged (RFC 9293 §3.5.2).
    pub(in crate::track) fn refusal_answered_by(
        &self,
        dir: Dir,
        reset: &Segment<'_>,
    ) -> Option<&NotTaken> {
        let one = self.receiver(dir).awaits_answer()?;
        let is_due = one.due == Reply::Reset && !reset.is_ack() && reset.seq == one.ack;
        is_due.then_some(one)
    }
}

/// A segment, and both ends as they were before it.
struct Arrival<'a> {
    flow: &'a Flow,
    sender: &'a Half,
    receiver: &'a Half,
    segment: &'a Segment<'a>,
    dir: Dir,
}

impl Arrival<'_> {
    /// Where it opens nothing any more, an end answers it with what it expects.
    fn syn(&self) -> Option<Unacceptable> {
        let is_other = self.sender.is_known() && self.segment.seq != self.sender.iss;
        let is_on =
            is_other && self.flow.is_answered_for(self.dir) || !is_other && self.comes_late();
        is_on.then_some(Unacceptable::SynOnConnection)
    }

    /// Whether it is the SYN again, so long after the connection was open that its sender
    /// cannot have sent it before.
    fn comes_late(&self) -> bool {
        let handshake = &self.flow.handshake;
        let leg = handshake.server_leg().unwrap_or_default();
        let is_open = self.flow.is_open_for(self.dir);
        is_open
            && handshake
                .ack
                .is_some_and(|ack| self.segment.time - ack.time > leg.max(LATE))
    }

    fn syn_ack(&self) -> Option<Unacceptable> {
        if self.receiver.state == State::SynSent && self.receiver.has_syn() {
            let is_wrong = !self.receiver.has_sent_up_to(self.segment.ack);
            return is_wrong.then_some(Unacceptable::WrongSynAck);
        }
        let is_other = self.sender.has_syn() && self.segment.seq != self.sender.iss;
        (is_other && self.flow.is_open_for(self.dir.reverse()))
            .then_some(Unacceptable::SynOnConnection)
    }

    /// Neither SYN nor RST.
    fn other(&self) -> Option<Unacceptable> {
        let (sender, receiver) = (self.sender, self.receiver);
        if !self.segment.is_ack() {
            let is_known = sender.has_syn() && receiver.has_syn() && self.segment.seq_len() > 0;
            return is_known.then_some(Unacceptable::WithoutAck);
        }
        let before = sender.latest_not_taken();
        let has_answered_other = self.flow.handshake.syn_ack.is_none()
            && before.is_some_and(|one| one.why == Unacceptable::WrongSynAck);
        let is_unanswered = !sender.has_syn() || has_answered_other;
        if receiver.opened && receiver.state == State::SynSent && is_unanswered {
            let is_wrong = receiver.has_syn() && !receiver.has_sent_up_to(self.segment.ack);
            // The capture may lack both the SYN-ACK and what it acknowledges: then there
            // is room for that.
            let beyond = i64::from(self.segment.ack - receiver.iss);
            let fits = (1..=i64::from(sender.window) + SLACK).contains(&beyond);
            let is_first = sender.segments == 0;
            let is_answer = is_first && self.segment.payload_len == 0 && !fits
                || before.is_some_and(|one| one.ack == self.segment.ack);
            return (is_wrong && is_answer).then_some(Unacceptable::OldConnection);
        }
        if receiver.state == State::SynReceived && !receiver.syn_acked && sender.opened {
            return self.third_step();
        }
        if sender.is_below(self.segment.seq) {
            return Some(Unacceptable::BelowInitial);
        }
        let acknowledges_below = receiver.is_below(self.segment.ack.previous());
        if receiver.syn_acked && acknowledges_below {
            return Some(Unacceptable::AckBelowInitial);
        }
        match () {
            () if self.is_far_ahead() => Some(Unacceptable::OutsideWindow),
            () if self.acknowledges_far_ahead() => Some(Unacceptable::AckOfUnsent),
            () => None,
        }
    }

    /// What comes to an end in SYN-RECEIVED. It has sent no more than its SYN-ACK, so
    /// that the numbers are known; but for an end that goes on.
    fn third_step(&self) -> Option<Unacceptable> {
        let (sender, receiver) = (self.sender, self.receiver);
        let ahead = i64::from(self.segment.seq - (sender.iss + 1));
        let is_outside = ahead < 0 || ahead > i64::from(receiver.window) + SLACK;
        let before = sender.latest_not_taken();
        let goes_on = |why| before.filter(|one| one.why == why);
        let may_lack = ahead > 0 && before.is_none() && self.may_lack_data();
        if is_outside && may_lack && !self.flow.is_foreign(self.dir, self.segment) {
            return None;
        }
        if is_outside {
            let is_next = goes_on(Unacceptable::OutsideWindow)
                .is_some_and(|one| ahead > 0 && self.segment.seq - one.seq > 0);
            return (!is_next).then_some(Unacceptable::OutsideWindow);
        }
        if !receiver.has_syn() || receiver.has_sent_up_to(self.segment.ack) {
            return None;
        }
        if self.segment.ack - receiver.iss <= 0 {
            return Some(Unacceptable::AckBelowInitial);
        }
        let is_next =
            goes_on(Unacceptable::AckOfUnsent).is_some_and(|one| self.segment.ack - one.ack > 0);
        let is_alone = before.is_none() && self.may_lack_data();
        (!is_next && !is_alone).then_some(Unacceptable::AckOfUnsent)
    }

    /// Whether a segment that would be the third step may come later, and the capture
    /// lack what was between: it closes, comes after a silence, or brings data where bare
    /// ACKs were filtered out.
    fn may_lack_data(&self) -> bool {
        let waited = self.segment.time - self.flow.last;
        let is_next = self.segment.seq == self.sender.iss + 1;
        let brings = self.segment.payload_len > 0 && !is_next;
        let closes = self.segment.flags.has(Flags::FIN);
        closes || waited >= FIRST_TIMEOUT || brings && self.flow.held.lacks_bare_acks()
    }

    /// Whether its number lies behind all that the receiver has offered. Where ACKs are
    /// missing in the capture an ordinary one seems to lie there, too.
    fn is_far_ahead(&self) -> bool {
        let (sender, receiver) = (self.sender, self.receiver);
        let is_known = receiver.shift.is_some() && sender.has_syn() && receiver.segments > 0;
        is_known
            && self.segment.seq - sender.highest() > 0
            && self.segment.seq - receiver.edge > 0
            && (self.flow.is_foreign(self.dir, self.segment) || self.skips_by_itself())
    }

    /// Whether its sender has skipped numbers, and the capture lacks none of its
    /// segments: no network is so fast, or its identification is the next one.
    fn skips_by_itself(&self) -> bool {
        let sender = self.sender;
        let passed = (self.segment.time - self.flow.last).0;
        let skipped = i64::from(self.segment.seq.relative_to(sender.highest()));
        let is_too_fast = passed > 0 && skipped / FASTEST > passed;
        let lacks_none = !self.flow.held.lacks_bare_acks() && sender.sending.is_next(self.segment);
        is_too_fast || lacks_none
    }

    /// Whether it acknowledges what lies behind all that was captured. Where data is
    /// missing in the capture an ordinary one seems to do so, too.
    fn acknowledges_far_ahead(&self) -> bool {
        let receiver = self.receiver;
        receiver.has_syn()
            && self.segment.ack - receiver.highest() > 0
            && self.flow.is_foreign(self.dir, self.segment)
    }

    /// Only one with the number that its receiver expects next ends a connection (RFC
    /// 5961 §3.2). How far the receiver has got is known up to what is underway.
    fn reset(&self) -> Option<Unacceptable> {
        let (sender, receiver) = (self.sender, self.receiver);
        if self
            .flow
            .refusal_answered_by(self.dir, self.segment)
            .is_some()
        {
            return None;
        }
        match receiver.state {
            // Without bare ACKs in the capture nobody knows how far it has got.
            _ if self.flow.held.lacks_bare_acks() && sender.has_syn() => return None,
            State::SynSent if self.flow.handshake.syn_ack.is_none() => {
                let heeds = receiver.heeds_reset(self.segment);
                return (!heeds).then_some(Unacceptable::ResetOfNoSyn);
            }
            State::Closed | State::Listen => return None,
            _ if !sender.is_known() || sender.segments == 0 || receiver.segments == 0 => {
                return None;
            }
            _ => {}
        }
        let (seq, expected) = (self.segment.seq, sender.una);
        let is_expected = seq - expected >= 0 && seq - sender.highest() <= 0;
        // What lies behind its FIN may be acknowledged already, and is taken all the
        // same.
        if is_expected || sender.fin == Some(seq) {
            return None;
        }
        let window = match receiver.shift {
            Some(_) => i64::from(self.flow.offered_by(self.dir.reverse())),
            // Nobody knows how far it goes.
            None => MOST_WINDOW,
        };
        let ahead = i64::from(seq - expected);
        Some(if (0..window.max(1)).contains(&ahead) {
            Unacceptable::ResetNotExpected
        } else {
            Unacceptable::ResetOutsideWindow
        })
    }
}
