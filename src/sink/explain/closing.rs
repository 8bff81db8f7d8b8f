//! How a connection closes: what a FIN takes, which step it is, what a RST
//! answers.

use crate::flags::Flags;
use crate::sink::explain::{Situation, tell};
use crate::track::mark::Mark;
use crate::track::part::Part;

impl Situation<'_, '_> {
    pub(super) fn closing(&mut self) {
        match self.seen.role.part {
            Part::Fin | Part::FinAck => self.fin(),
            Part::AckOfFin => self.ack_of_fin(),
            Part::Refusal => self.refusal(),
            Part::Reset => self.reset(),
            _ => {}
        }
    }

    fn fin(&mut self) {
        let Some(fin) = self.seen.flow.sender(self.seen.dir).fin else {
            return;
        };
        let number = self.seq(fin);
        if self.seen.segment.flags.has(Flags::FIN) {
            let name = self.sender();
            tell!(self, fin_number, name, number, number.wrapping_add(1));
        }
        if self.seen.role.part == Part::FinAck {
            self.ack_of_fin();
        }
        let other = self.fin_of_receiver();
        let (step, name) = (self.seen.role.step, self.sender());
        match (step.map(|step| (step.first, step.last)), other) {
            (Some((1, _)), _) => tell!(self, closes_first, name),
            (Some((2, 2)), Some(fin)) => tell!(self, closes_at_once, name, fin.frame),
            (Some((2, _)), Some(fin)) => tell!(self, closes_in_one, name, fin.frame),
            (Some((3, _)), Some(fin)) => tell!(self, closes_second, name, fin.frame),
            _ => {}
        }
    }

    fn ack_of_fin(&mut self) {
        let receiver = self.seen.flow.receiver(self.seen.dir);
        let (Some(number), Some(fin)) = (receiver.fin, self.fin_of_receiver()) else {
            return;
        };
        let (ack, number) = (self.ack(self.seen.segment.ack), self.ack(number));
        if ack == number.wrapping_add(1) {
            tell!(self, ack_of_fin, self.receiver(), ack, number, fin.frame);
        }
    }

    /// The FIN of the other end.
    fn fin_of_receiver(&self) -> Option<Mark> {
        let teardown = &self.seen.flow.teardown;
        let fins = [teardown.first_fin, teardown.second_fin];
        let mut fins = fins.into_iter().flatten();
        fins.find(|fin| fin.dir != self.seen.dir)
    }

    fn refusal(&mut self) {
        let receiver = self.seen.flow.receiver(self.seen.dir);
        let Some(syn) = self.seen.flow.handshake.syn else {
            return;
        };
        let ack = self.seen.segment.ack;
        if self.seen.segment.is_ack() && ack == receiver.iss + 1 && self.seen.segment.seq.0 == 0 {
            tell!(self, refusal, self.sender(), syn.frame, ack, receiver.iss);
        }
    }

    fn reset(&mut self) {
        let sender = self.seen.flow.sender(self.seen.dir);
        // The first number that is seen of an end says nothing about itself.
        if !self.seen.flow.receiver(self.seen.dir).is_known() || sender.segments < 2 {
            return;
        }
        let (seq, name) = (self.seq(self.seen.segment.seq), self.sender());
        if !self.seen.segment.is_ack() && self.seen.segment.seq == sender.una {
            tell!(self, reset_from_ack, name, seq, self.receiver());
        } else if self.seen.segment.seq == sender.nxt {
            tell!(self, reset_at_next, name, seq);
        } else {
            tell!(self, reset_elsewhere, name, seq, self.seq(sender.nxt));
        }
    }
}
