//! What goes on between opening and closing: bytes, their acknowledgments,
//! windows.

use crate::flags::Flags;
use crate::icmp_error::IcmpError;
use crate::sink::explain::{Situation, tell};
use crate::track::agreement::Scaling;
use crate::track::judgement::{Judgement, Kind};
use crate::track::mark::Mark;
use crate::track::part::Part;
use crate::verification::Verification;

/// Relative numbers from here on lie before the ISN.
const HALF: u32 = 0x8000_0000;

impl Situation<'_, '_> {
    pub(super) fn exchange(&mut self) {
        if self.seen.role.part == Part::Nonsense {
            return;
        }
        if self.seen.segment.payload_len > 0 {
            self.data();
        }
        if let Some(judged) = self.seen.kind {
            self.kind(judged);
        }
        if let Some(notice) = self.seen.cut_smaller() {
            self.cut_smaller(&notice.error);
        }
        if self.seen.role.missing > 0 {
            self.missing();
        }
        match self.seen.role.part {
            Part::Ack | Part::Data => self.ack_of_data(),
            Part::AckAgain => self.ack_again(),
            Part::WindowUpdate => {
                tell!(
                    self,
                    window_update,
                    self.sender(),
                    self.ack(self.seen.segment.ack)
                );
            }
            Part::KeepAlive => self.keep_alive(),
            Part::KeepAliveAck => {
                tell!(
                    self,
                    keep_alive_ack,
                    self.sender(),
                    self.ack(self.seen.segment.ack)
                );
            }
            Part::WindowProbe => self.window_probe(),
            Part::WindowProbeAck => {
                tell!(
                    self,
                    window_probe_ack,
                    self.sender(),
                    self.ack(self.seen.segment.ack)
                );
            }
            _ => {}
        }
        if self.seen.segment.is_ack() {
            self.sack();
        }
        if !self.seen.segment.flags.any(Flags::SYN | Flags::RST) {
            self.window();
        }
    }

    pub(super) fn checksum(&mut self) {
        let hex = |checksum| format!("0x{checksum:04x}");
        let sent = hex(self.seen.segment.checksum);
        match self.verification {
            Verification::Begun => {
                let len = u32::from(self.seen.segment.header_len) + self.seen.segment.payload_len;
                tell!(self, checksum_begun, &sent, len);
            }
            Verification::Incorrect(right) => {
                let right = hex(right);
                tell!(self, checksum_wrong, &sent, &right);
            }
            _ => {}
        }
    }

    fn data(&mut self) {
        let sender = self.seen.flow.sender(self.seen.dir);
        let (first, len) = (
            self.seq(self.seen.segment.seq),
            self.seen.segment.payload_len,
        );
        // A SYN takes a number of its own, in front of what it carries.
        if self.asks() || self.seen.segment.flags.has(Flags::SYN) {
            return;
        }
        if !sender.has_syn() {
            tell!(self, numbers_guessed);
        } else if first > 1 {
            let (name, raw) = (self.sender(), self.seen.segment.seq);
            tell!(self, relative, name, first, raw, sender.iss);
        }
        if self.seen.is_again() {
            let (name, end, next) = (self.sender(), first.wrapping_add(len), self.seq(sender.nxt));
            tell!(self, data_again, name, first, end, next);
            return;
        }
        tell!(self, data_numbers, first, first.wrapping_add(len), len);
        let in_flight = sender.nxt - sender.una;
        if in_flight > 0 {
            let (next, acked) = (self.seq(sender.nxt), self.seq(sender.una));
            let name = self.sender();
            tell!(
                self,
                in_flight,
                name,
                in_flight.cast_unsigned(),
                next,
                acked
            );
        }
    }

    /// What a segment really was, and what shows it: each kind of evidence is a
    /// fact of its own.
    fn kind(&mut self, judged: Judgement) {
        let Some(why) = judged.why.filter(|_| !self.asks()) else {
            return;
        };
        let words = match judged.kind {
            Kind::New => return,
            Kind::OutOfOrder => self.words.overtaken,
            Kind::Retransmission => self.words.sent_again,
            Kind::Duplicate => self.words.copied,
            Kind::Conflicting => self.words.conflicting,
        };
        let evidence = self.names.whys.of(why);
        self.tell_about(evidence, words, &[evidence.into()]);
    }

    /// Why it is smaller than what carried its octets before.
    fn cut_smaller(&mut self, error: &IcmpError) {
        let (from, frame) = (error.from.to_string(), error.frame);
        if let Some(mtu) = error.mtu {
            tell!(self, path_mtu, &from, frame, self.sender(), mtu.get());
        } else {
            tell!(self, path_mtu_unknown, &from, frame, self.sender());
        }
    }

    /// Whether it repeats an octet on purpose.
    const fn asks(&self) -> bool {
        matches!(self.seen.role.part, Part::KeepAlive | Part::WindowProbe)
    }

    fn missing(&mut self) {
        let (seq, missing) = (self.seq(self.seen.segment.seq), self.seen.role.missing);
        let expected = seq.wrapping_sub(missing);
        tell!(self, missing, self.sender(), missing, seq, expected);
    }

    fn ack_of_data(&mut self) {
        let octets = self.seen.role.acknowledges;
        if octets == 0 {
            return;
        }
        let ack = self.ack(self.seen.segment.ack);
        let name = self.receiver();
        tell!(
            self,
            ack_of_data,
            name,
            ack,
            octets,
            ack.wrapping_sub(octets)
        );
        if let Some(acked) = self.seen.acked() {
            tell!(
                self,
                ack_time,
                acked.after,
                acked.frame.get(),
                self.sender()
            );
        }
    }

    fn ack_again(&mut self) {
        let receiver = self.seen.flow.receiver(self.seen.dir);
        let (ack, next) = (self.ack(self.seen.segment.ack), self.ack(receiver.nxt));
        match receiver.nxt - self.seen.segment.ack {
            0 => tell!(self, ack_again, self.receiver(), ack),
            behind @ 1.. => tell!(
                self,
                ack_again_behind,
                self.receiver(),
                ack,
                next,
                behind.cast_unsigned(),
            ),
            _ => {}
        }
    }

    /// What arrived twice, and the first block that lies behind the
    /// acknowledgment.
    fn sack(&mut self) {
        let (segment, ack) = (self.seen.segment, self.seen.segment.ack);
        let twice = segment.duplicate_sack();
        if let Some((left, right)) = twice {
            let (left, right, ack) = (self.ack(left), self.ack(right), self.ack(ack));
            tell!(self, sack_of_copy, left, right, ack, self.receiver());
        }
        let mut blocks = segment.sack_blocks().skip(usize::from(twice.is_some()));
        let Some((left, right)) = blocks.find(|&(left, _)| left - ack > 0) else {
            return;
        };
        let missing = (left - ack).cast_unsigned();
        let (left, right) = (self.ack(left), self.ack(right));
        tell!(self, sack_block, left, right, self.ack(ack), missing);
    }

    /// A keep-alive repeats the number before the next one.
    fn keep_alive(&mut self) {
        let sender = self.seen.flow.sender(self.seen.dir);
        let (seq, next) = (self.seq(self.seen.segment.seq), self.seq(sender.nxt));
        if seq < HALF {
            tell!(self, keep_alive, self.sender(), seq, next);
        }
    }

    /// A window probe repeats the number before what is not acknowledged.
    fn window_probe(&mut self) {
        let seq = self.seq(self.seen.segment.seq);
        if seq < HALF {
            tell!(self, window_probe, self.sender(), seq, seq + 1);
        }
    }

    fn window(&mut self) {
        let (flow, dir) = (self.seen.flow, self.seen.dir);
        let raw = self.seen.segment.window;
        if raw == 0 {
            tell!(self, zero_window, self.sender());
            return;
        }
        let shown = flow.window(dir, self.seen.segment);
        let name = self.sender();
        match (flow.scaling(dir), self.announced()) {
            (Scaling::By(scale), Some(mark)) => {
                tell!(self, window_scaled, name, shown, raw, scale, mark.frame);
            }
            (Scaling::By(_), None) => {}
            (Scaling::NotInForce, _) => tell!(self, window_unscaled, name, raw),
            (Scaling::Unknown, _) => tell!(self, window_of_unknown_scale, name, raw),
        }
    }

    /// The SYN of the sender, which announced its scale.
    fn announced(&self) -> Option<Mark> {
        let handshake = &self.seen.flow.handshake;
        let marks = [handshake.syn, handshake.second_syn(), handshake.syn_ack];
        let mut marks = marks.into_iter().flatten();
        marks.find(|mark| mark.dir == self.seen.dir)
    }
}
