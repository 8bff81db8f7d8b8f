//! How a connection opens: ISNs, what a SYN takes, what both ends agree on.

use crate::flags::Flags;
use crate::options::TcpOption;
use crate::sink::explain::{Situation, tell};
use crate::track::mark::Mark;
use crate::track::part::Part;

/// Octets of a TCP header, and of an IPv4 and an IPv6 header, without options.
const TCP_HEADER: u32 = 20;
const IPV4_HEADER: u32 = 20;
const IPV6_HEADER: u32 = 40;
/// Octets of the timestamps option and the two no-operations in front of it.
const TIMESTAMPS: u16 = 12;

impl Situation<'_, '_> {
    pub(super) fn opening(&mut self) {
        let handshake = &self.seen.flow.handshake;
        match self.seen.role.part {
            Part::Syn if self.seen.role.again > 0 => {
                self.again("SYN", handshake.syn_again, handshake.syn_waits);
            }
            Part::SynAck if self.seen.role.again > 0 => {
                self.again("SYN-ACK", handshake.syn_ack_again, handshake.syn_ack_waits);
            }
            Part::Syn => self.syn(),
            Part::SynAck => self.syn_ack(),
            Part::HandshakeAck if self.seen.role.again == 0 => self.handshake_ack(),
            _ => {}
        }
    }

    fn syn(&mut self) {
        tell!(self, isn, self.sender(), self.seen.segment.seq);
        self.offers();
        if self.seen.segment.flags.has(Flags::ECE) && self.seen.segment.flags.has(Flags::CWR) {
            tell!(self, asks_for_ecn, self.sender());
        }
    }

    /// What stands in a SYN beside its number.
    fn offers(&mut self) {
        tell!(self, window_of_syn, self.sender(), self.seen.segment.window);
        let mut options = self.seen.segment.options.iter();
        if let Some(mss) = options.find_map(TcpOption::mss) {
            let ip = if self.seen.segment.src.is_ipv6() {
                IPV6_HEADER
            } else {
                IPV4_HEADER
            };
            let packet = u32::from(mss) + TCP_HEADER + ip;
            tell!(self, mss, self.sender(), mss, packet, ip);
        }
    }

    fn syn_ack(&mut self) {
        tell!(self, isn, self.sender(), self.seen.segment.seq);
        self.ack_of_syn();
        let handshake = &self.seen.flow.handshake;
        if let (true, Some(first), Some(second)) = (
            handshake.is_simultaneous,
            handshake.syn,
            handshake.second_syn(),
        ) {
            tell!(self, opened_at_once, first.frame, second.frame);
        } else if let Some(syn) = handshake.syn {
            tell!(self, step_two, syn.frame);
        }
        self.offers();
        self.agreement();
        self.echo();
        let (ece, cwr) = (Flags::ECE, Flags::CWR);
        if self.seen.segment.flags.has(ece) && !self.seen.segment.flags.has(cwr) {
            tell!(self, accepts_ecn);
        }
    }

    fn ack_of_syn(&mut self) {
        let (receiver, ack) = (
            self.seen.flow.receiver(self.seen.dir),
            self.seen.segment.ack,
        );
        if !receiver.has_syn() || !self.seen.segment.is_ack() {
            return;
        }
        match self.ack(ack) {
            1 => tell!(self, ack_of_syn, self.receiver(), ack, receiver.iss),
            more @ 2..0x8000_0000 => tell!(
                self,
                ack_of_syn_and_data,
                self.receiver(),
                ack,
                receiver.iss,
                more - 1,
            ),
            _ => {}
        }
    }

    /// What both SYNs together put in force.
    fn agreement(&mut self) {
        let handshake = &self.seen.flow.handshake;
        if handshake.syn.is_none() || !handshake.has_answer() {
            return;
        }
        if let Some((client, server)) = handshake.scales() {
            tell!(self, scales, client, server);
        } else {
            tell!(self, no_scales);
        }
        if handshake.sack() {
            tell!(self, sack_permitted);
        }
    }

    /// The SYN-ACK echoes the SYN's timestamp.
    fn echo(&mut self) {
        let handshake = &self.seen.flow.handshake;
        let echoed = self.seen.segment.options.timestamps().map(|(_, echo)| echo);
        let (Some(echoed), Some(syn)) = (echoed, handshake.syn) else {
            return;
        };
        // What is offered is that of the SYN that was answered, as far as is known.
        let answered = handshake.later_syn().map_or(syn.frame, |later| later.frame);
        if handshake.offered.timestamps == Some(echoed) && syn.dir != self.seen.dir {
            tell!(self, echo_of_syn, echoed, answered);
        }
    }

    fn handshake_ack(&mut self) {
        let handshake = &self.seen.flow.handshake;
        let sender = self.seen.flow.sender(self.seen.dir);
        if sender.has_syn() && self.seq(self.seen.segment.seq) == 1 {
            let name = self.sender();
            tell!(self, seq_after_syn, name, self.seen.segment.seq, sender.iss);
        }
        self.ack_of_syn();
        let answered = handshake.answered_syn_ack().map(|(frame, _)| frame);
        let first = handshake.syn_ack.map(|first| first.frame);
        if let Some(frame) = answered.or(first) {
            tell!(self, step_three, frame);
        }
        let marks = (handshake.syn, handshake.syn_ack, handshake.ack);
        if let (Some(syn), Some(answer), Some(ack)) = marks {
            self.handshake_time(&syn, &answer, &ack);
        }
        let asked = handshake.answered.mss.filter(|_| handshake.timestamps());
        if let Some(mss) = asked.filter(|&mss| mss > TIMESTAMPS) {
            let name = self.receiver();
            tell!(self, room_for_timestamps, name, mss - TIMESTAMPS, mss);
        }
    }

    fn handshake_time(&mut self, syn: &Mark, answer: &Mark, ack: &Mark) {
        let handshake = &self.seen.flow.handshake;
        let waited = handshake.syn_again > 0 || handshake.syn_ack_again > 0;
        let words = if waited {
            self.words.handshake_time_with_waits
        } else {
            self.words.handshake_time
        };
        let values = [
            (ack.time - syn.time).into(),
            (answer.time - syn.time).into(),
            syn.frame.into(),
            answer.frame.into(),
            (ack.time - answer.time).into(),
            ack.frame.into(),
        ];
        self.tell(words, &values);
    }
}
