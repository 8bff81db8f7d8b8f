//! What a segment is, in a word.

use crate::flags::Flags;
use crate::segment::Segment;
use crate::track::acceptance::Reply;
use crate::track::asks::Asks;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::half::Half;
use crate::track::part::{Part, Role, Step};
use crate::track::state::State;

impl Flow {
    /// What a segment of direction `dir` is.
    pub(super) fn role(&self, dir: Dir, segment: &Segment<'_>) -> Role {
        let flow = self;
        Glance { flow, dir, segment }.role()
    }
}

/// A segment and the connection as it was before it.
struct Glance<'a> {
    flow: &'a Flow,
    dir: Dir,
    segment: &'a Segment<'a>,
}

impl Glance<'_> {
    fn role(&self) -> Role {
        if let Some(why) = self.flow.unacceptable(self.dir, self.segment) {
            return Role {
                unacceptable: Some(why),
                ..Role::of(self.part_not_taken())
            };
        }
        let role = self.part();
        if role.part.asks() {
            return role;
        }
        let (again, missing) = self.overlap();
        Role {
            again: role.again.max(again),
            missing,
            not_captured: missing > 0 && self.sender().una - self.segment.seq >= 0,
            acknowledges: self.acknowledges(),
            ..role
        }
    }

    fn sender(&self) -> &Half {
        self.flow.sender(self.dir)
    }

    fn receiver(&self) -> &Half {
        self.flow.receiver(self.dir)
    }

    fn part(&self) -> Role {
        let flags = self.segment.flags;
        let has = |bit| flags.has(bit);
        if has(Flags::SYN) && flags.any(Flags::FIN | Flags::RST) {
            return Role::of(Part::Nonsense);
        }
        match () {
            () if has(Flags::RST) => self.reset(),
            () if has(Flags::SYN) => self.syn(),
            () if has(Flags::FIN) => self.fin(),
            () if !has(Flags::ACK) && self.segment.payload_len == 0 => Role::of(Part::Nonsense),
            () if self.ends_handshake() => {
                let is_again = self.receiver().syn_acked || self.flow.handshake.ack.is_some();
                Role::at(Part::HandshakeAck, 3, 3).repeated(is_again)
            }
            () if self.acks_fin() => self.ack_of_fin(),
            () => match self.asks() {
                Some(part) => Role::of(part),
                None if self.segment.payload_len > 0 => Role::of(Part::Data),
                None => self.ack(),
            },
        }
    }

    /// What a segment would be that the receiver does not take.
    fn part_not_taken(&self) -> Part {
        let has = |bit| self.segment.flags.has(bit);
        match () {
            () if has(Flags::RST) => Part::Reset,
            () if has(Flags::SYN) && self.flow.is_open_for(self.dir.reverse()) => Part::StraySyn,
            () if has(Flags::SYN) && self.segment.is_ack() => Part::SynAck,
            () if has(Flags::SYN) => Part::StraySyn,
            () if has(Flags::FIN) => Part::Fin,
            () if self.segment.payload_len > 0 => Part::Data,
            () => Part::Ack,
        }
    }

    /// A RST answers a SYN where its receiver has sent one and heard nothing.
    fn reset(&self) -> Role {
        let receiver = self.receiver();
        let refuses = receiver.state == State::SynSent
            && !self.sender().has_syn()
            && receiver.heeds_reset(self.segment);
        Role::of(if refuses { Part::Refusal } else { Part::Reset })
    }

    fn syn(&self) -> Role {
        let (sender, receiver) = (self.sender(), self.receiver());
        let answers = self.segment.is_ack();
        let again = sender.has_syn();
        if self.flow.handshake.is_simultaneous || !answers && receiver.opened {
            let step = match (answers, again) {
                (false, false) => 2,
                (false, true) => 1,
                (true, _) if sender.state == State::SynSent && !sender.syn_acked => 3,
                (true, _) => 4,
            };
            let again = again && (!answers || sender.state != State::SynSent);
            let part = if answers { Part::SynAck } else { Part::Syn };
            return Role::at(part, step, 4).repeated(again);
        }
        if answers {
            // One that did not answer the SYN was none.
            let again = again && self.flow.handshake.syn_ack.is_some();
            return Role::at(Part::SynAck, 2, 3).repeated(again);
        }
        Role::at(Part::Syn, 1, 3).repeated(again)
    }

    /// The first segment that acknowledges the other end's SYN-ACK, or the
    /// answer to a SYN-ACK that was sent again.
    fn ends_handshake(&self) -> bool {
        let (sender, receiver) = (self.sender(), self.receiver());
        if !self.segment.is_ack() || self.flow.handshake.is_simultaneous {
            return false;
        }
        if !receiver.has_syn() {
            // The SYN-ACK was not captured; there is nothing else to answer.
            return sender.state == State::SynSent;
        }
        // An end that opened is answered by a SYN-ACK, not by an ACK.
        let covers = !receiver.opened && self.segment.ack - receiver.iss > 0;
        // A RST seemed to close it, and its sender waits on.
        let goes_on = sender.state == State::Closed && receiver.state == State::SynReceived;
        let is_first = !receiver.syn_acked
            && (goes_on || matches!(sender.state, State::SynSent | State::Unknown));
        let answers_again = receiver.asks_again
            && receiver.fin.is_none()
            && self.segment.payload_len == 0
            && self.segment.ack == receiver.nxt;
        covers && (is_first || answers_again)
    }

    fn fin(&self) -> Role {
        let (sender, receiver) = (self.sender(), self.receiver());
        let again = sender.fin.is_some();
        let closed_first = match self.flow.teardown.closer() {
            Some(closer) => closer == self.dir,
            None => true,
        };
        if closed_first {
            return Role::at(Part::Fin, 1, 4).repeated(again);
        }
        let is_combined = again && self.flow.teardown.is_combined();
        if is_combined || self.acks_fin() && !receiver.fin_acked {
            let step = Step {
                first: 2,
                last: 3,
                of: 4,
            };
            return Role {
                step: Some(step),
                ..Role::of(Part::FinAck)
            }
            .repeated(again);
        }
        let simultaneous = !receiver.fin_acked || self.flow.teardown.is_simultaneous;
        Role::at(Part::Fin, if simultaneous { 2 } else { 3 }, 4).repeated(again)
    }

    /// Whether the segment acknowledges the receiver's FIN: for the first time,
    /// or in answer to a FIN that was sent again.
    fn acks_fin(&self) -> bool {
        let receiver = self.receiver();
        let Some(end) = receiver.fin_end().filter(|_| self.segment.is_ack()) else {
            return false;
        };
        let covers = self.segment.ack - end >= 0;
        covers && (!receiver.fin_acked || receiver.asks_again && self.segment.payload_len == 0)
    }

    fn ack_of_fin(&self) -> Role {
        let teardown = &self.flow.teardown;
        let acks_first = teardown.closer() == Some(self.dir.reverse());
        let step = match (acks_first, teardown.is_simultaneous) {
            (true, false) => 2,
            (true, true) if teardown.second_ack.is_none() => 3,
            (false, true) if teardown.first_ack.is_none() => 3,
            _ => 4,
        };
        Role::at(Part::AckOfFin, step, 4).repeated(self.receiver().fin_acked)
    }

    /// RFC 9293 §3.8.4: one number back, at most one octet, all acknowledged.
    /// What is not can only wait for the other end's window, as does an octet behind
    /// it.
    fn asks(&self) -> Option<Part> {
        let sender = self.sender();
        if self.receiver().is_probed_by(self.segment) {
            return Some(Part::WindowProbe);
        }
        let is_question = sender.is_known()
            && self.segment.payload_len <= 1
            && self.segment.seq == sender.una.previous();
        let waits = self.receiver().window_closed_by().is_some();
        match is_question {
            true if waits => Some(Part::WindowProbe),
            true if sender.una == sender.nxt => Some(Part::KeepAlive),
            _ => None,
        }
    }

    fn ack(&self) -> Role {
        let (sender, receiver) = (self.sender(), self.receiver());
        let asks = receiver.asks;
        let acknowledges_more = self.segment.ack - receiver.una > 0 || !receiver.is_known();
        let has_window = sender.segments > 0 && self.segment.window != sender.window;
        let challenges = receiver
            .awaits_answer()
            .is_some_and(|one| matches!(one.due, Reply::Ack | Reply::ChallengeAck));
        Role::of(match () {
            () if acknowledges_more => Part::Ack,
            () if challenges => Part::ChallengeAck,
            () if sender.opens_window(self.segment, receiver) => Part::WindowUpdate,
            () if asks == Asks::WhetherOpen && self.segment.window == 0 => Part::WindowProbeAck,
            () if asks == Asks::WhetherAlive => Part::KeepAliveAck,
            // One with a SACK option tells what arrived, whatever its window.
            () if has_window && self.segment.sack_blocks().next().is_none() => Part::WindowUpdate,
            () => Part::AckAgain,
        })
    }

    /// Octets sent before, and octets left out, in front of SND.NXT.
    fn overlap(&self) -> (u32, u32) {
        let (segment, sender) = (self.segment, self.sender());
        if !sender.is_known() || segment.flags.any(Flags::SYN | Flags::RST) {
            return (0, 0);
        }
        let ahead = segment.seq - sender.nxt;
        let missing = if segment.seq_len() > 0 {
            ahead.max(0).cast_unsigned()
        } else {
            0
        };
        let again = if ahead >= 0 || self.flow.is_late(self.dir, segment) {
            0
        } else {
            sender.sent_between(segment.seq, segment.payload_len)
        };
        (again, missing)
    }

    /// Octets of data newly acknowledged: sequence numbers less SYN and FIN.
    fn acknowledges(&self) -> u32 {
        let receiver = self.receiver();
        if !self.segment.is_ack() || !receiver.is_known() {
            return 0;
        }
        let numbers = (self.segment.ack - receiver.una).max(0).cast_unsigned();
        let syn = u32::from(receiver.has_syn() && !receiver.syn_acked);
        let fin = u32::from(
            !receiver.fin_acked
                && receiver
                    .fin_end()
                    .is_some_and(|end| self.segment.ack - end >= 0),
        );
        numbers.saturating_sub(syn + fin)
    }
}
