//! The states that a segment moves.
//!
//! When a state changes is decided here. A transition is shown on the segment
//! that proves it; one that no later segment will prove is shown on the segment
//! that causes it. So what an end *sends* tells what it has received, and only
//! the acknowledgment of a SYN or FIN, and a RST, move the end they go to.

use crate::flags::Flags;
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::half::{Half, Known};
use crate::track::moves::{Chain, Moves};
use crate::track::part::{Part, Role};
use crate::track::state::{Signal, State};

impl Flow {
    /// Finds the bases of the relative numbers, as Wireshark does: the SYN, or
    /// one before the first number seen.
    pub(super) fn learn_numbers(&mut self, dir: Dir, segment: &Segment<'_>, role: Role) {
        let (sender, receiver) = self.ends_mut(dir);
        let is_syn = segment.flags.has(Flags::SYN);
        if is_syn && matches!(role.part, Part::Nonsense | Part::StraySyn) {
            if !sender.is_known() {
                sender.begin_at(segment.seq, Known::Guess);
            } else if segment.is_ack() {
                // Wireshark counts from it, as from a SYN-ACK.
                sender.iss = segment.seq;
            }
        } else if is_syn {
            let is_acked = receiver.segments > 0 && receiver.ack - segment.seq > 0;
            if sender.knows == Known::Guess && sender.iss == segment.seq && is_acked {
                // Its acknowledgment stood before it in the capture.
                sender.knows = Known::Syn;
                sender.syn_acked = true;
            } else if !sender.has_syn() || sender.iss != segment.seq {
                sender.begin_at(segment.seq, Known::Syn);
            }
        } else if !sender.is_known() {
            sender.begin_at(segment.seq.previous(), Known::Guess);
        }
        if segment.is_ack() && !receiver.is_known() {
            receiver.begin_at(segment.ack.previous(), Known::Guess);
        }
    }

    pub(super) fn move_states(&mut self, dir: Dir, segment: &Segment<'_>) -> Moves {
        let mut moves = Moves::default();
        if self.shows_ack_in_vain(dir, segment) {
            let (sender_chain, _) = moves.ends_mut(dir);
            let vain = self.handshake.acks_in_vain.saturating_add(1);
            self.handshake.acks_in_vain = vain;
            self.ends_mut(dir)
                .0
                .move_to(State::SynReceived, sender_chain);
            return moves;
        }
        let acks = Acks::of(segment, self.sender(dir), self.receiver(dir));
        self.settle_start(dir, segment);
        let may_be_lost = self.handshake.acks_in_vain == 1;
        let (sender, receiver) = self.ends_mut(dir);
        let (sender_chain, receiver_chain) = moves.ends_mut(dir);
        for signal in sent_signals(sender, receiver, segment, acks) {
            sender.signal(signal, sender_chain);
        }
        if acks.syn {
            receiver.syn_acked = true;
            receiver.signal(Signal::GotAckOfSyn, receiver_chain);
        } else if may_be_lost && segment.is_ack() {
            // After a second one only what it sends shows that it has taken it.
            receiver.signal(Signal::GotAckOfSyn, receiver_chain);
        }
        if segment.flags.has(Flags::FIN)
            && !sender.fin_acked
            && sender.una - segment.end() >= 0
            && sender.is_known()
        {
            // Its acknowledgment stood before it in the capture.
            sender.fin_acked = true;
            sender.signal(Signal::GotAckOfFin, sender_chain);
            receiver.signal(Signal::GotFin, receiver_chain);
        }
        if acks.fin {
            receiver.fin_acked = true;
            // Closing from both sides at once: the receiver has the FIN before
            // this acknowledgment, and will prove it when it answers.
            if !(receiver.state == State::FinWait1 && sender.fin.is_some()) {
                receiver.signal(Signal::GotAckOfFin, receiver_chain);
            }
        }
        moves
    }

    /// Whether a SYN-ACK that is sent again shows that its sender has not taken
    /// the acknowledgment, which moved it to ESTABLISHED: it was lost on the way,
    /// or there is no room for the connection. Of a sender that has sent anything
    /// else it is a copy that comes late.
    fn shows_ack_in_vain(&self, dir: Dir, segment: &Segment<'_>) -> bool {
        let sender = self.sender(dir);
        let answers = 1 + u64::from(self.handshake.syn_ack_again);
        sender.state == State::Established
            && !sender.opened
            && segment.flags.has(Flags::SYN)
            && sender.segments == answers
    }

    /// A SYN proves that its sender was CLOSED, a SYN-ACK that it was in
    /// LISTEN, be it that it had refused before; neither is a move.
    fn settle_start(&mut self, dir: Dir, segment: &Segment<'_>) {
        let (sender, _) = self.ends_mut(dir);
        let may_listen = sender.state == State::Closed && segment.is_ack();
        let is_start = segment.flags.has(Flags::SYN);
        if !is_start || sender.state != State::Unknown && !may_listen {
            return;
        }
        sender.state = if segment.is_ack() {
            State::Listen
        } else {
            State::Closed
        };
        let state = sender.state;
        self.correct_syn_mark(dir, state);
    }

    pub(super) fn reset(&mut self, dir: Dir, segment: &Segment<'_>, role: Role) -> Moves {
        let mut moves = Moves::default();
        if role.part == Part::Refusal {
            // Nobody listens there, and nobody did.
            self.ends_mut(dir).0.state = State::Closed;
            self.correct_syn_mark(dir, State::Closed);
        }
        let (sender, receiver) = self.ends_mut(dir);
        let (sender_chain, receiver_chain) = moves.ends_mut(dir);
        if !receiver.heeds_reset(segment) {
            return moves;
        }
        // In SYN-SENT an end answers what cannot be with a RST, and asks on
        // (RFC 9293 §3.5.2).
        if sender.state != State::SynSent || sender.has_sent_up_to(segment.seq) {
            sender.signal(Signal::SentRst, sender_chain);
        }
        if !receiver.is_unheard() {
            receiver.signal(Signal::GotRst, receiver_chain);
        }
        if receiver.opened && receiver.state == State::Listen {
            // Only a passive opener listens on.
            receiver.state = State::Closed;
            *receiver_chain = Chain::default();
            receiver_chain.push(State::SynReceived);
            receiver_chain.push(State::Closed);
        }
        moves
    }

    /// The state that the answer to a SYN proves for the time of the SYN.
    fn correct_syn_mark(&mut self, dir: Dir, state: State) {
        if let Some(syn) = &mut self.handshake.syn {
            match dir {
                Dir::ToServer => syn.client = state,
                Dir::ToClient => syn.server = state,
            }
        }
    }
}

/// What a segment acknowledges for the first time.
#[derive(Clone, Copy)]
struct Acks {
    syn: bool,
    fin: bool,
}

impl Acks {
    fn of(segment: &Segment<'_>, sender: &Half, receiver: &Half) -> Self {
        if !segment.is_ack() {
            return Self {
                syn: false,
                fin: false,
            };
        }
        let covers = |number: SeqNum| segment.ack - number > 0;
        // An ACK from an end that has sent a SYN answers a SYN-ACK, be it that
        // the capture missed it.
        let unseen_syn = !receiver.has_syn() && sender.state == State::SynSent;
        Self {
            syn: !receiver.syn_acked && (unseen_syn || receiver.has_syn() && covers(receiver.iss)),
            fin: !receiver.fin_acked && receiver.fin.is_some_and(covers),
        }
    }
}

/// What the segment proves about its sender, in order; an array, since there
/// are never more than these.
fn sent_signals(
    sender: &Half,
    receiver: &Half,
    segment: &Segment<'_>,
    acks: Acks,
) -> impl Iterator<Item = Signal> + use<> {
    let is_syn = segment.flags.has(Flags::SYN);
    let opening = match (is_syn, segment.is_ack()) {
        (true, true) => Some(Signal::SentSynAck),
        (true, false) => Some(Signal::SentSyn),
        (false, _) if acks.syn && receiver.state == State::SynSent => Some(Signal::GotSyn),
        (false, _) if acks.syn => Some(Signal::GotSynAck),
        (false, _) => None,
    };
    // What it sends in SYN-RECEIVED, its SYN acknowledged before, shows that it
    // has taken that.
    let has_taken = sender.state == State::SynReceived && !is_syn;
    let both_open = segment.is_ack() && sender.syn_acked && (is_syn || has_taken);
    let closing = acks.fin && sender.fin_acked;
    [
        opening,
        both_open.then_some(Signal::GotAckOfSyn),
        acks.fin.then_some(Signal::GotFin),
        // From CLOSING on; FIN-WAIT-2 has its arrow on the FIN.
        closing.then_some(Signal::GotAckOfFin),
        (segment.flags.has(Flags::FIN) && sender.fin.is_none()).then_some(Signal::SentFin),
    ]
    .into_iter()
    .flatten()
}

impl Half {
    fn begin_at(&mut self, iss: SeqNum, knows: Known) {
        let first = if knows == Known::Syn { iss } else { iss + 1 };
        self.knows = knows;
        self.iss = iss;
        self.una = first;
        self.nxt = first;
        self.syn_acked = false;
        self.holes = None;
    }

    fn signal(&mut self, signal: Signal, chain: &mut Chain) {
        if let Some(next) = self.state.after(signal).filter(|&next| next != self.state) {
            self.move_to(next, chain);
        }
    }

    fn move_to(&mut self, next: State, chain: &mut Chain) {
        if chain.is_empty() {
            chain.push(self.state);
        }
        chain.push(next);
        self.state = next;
    }
}
