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
use crate::track::look::JUST_BEFORE;
use crate::track::moves::{Chain, Moves};
use crate::track::part::{Part, Role};
use crate::track::state::{Signal, State};

impl Flow {
    /// Finds the bases of the relative numbers: the SYN, or one before the first
    /// number seen.
    pub(super) fn learn_numbers(&mut self, dir: Dir, segment: &Segment<'_>, role: Role) {
        let (sender, receiver) = self.ends_mut(dir);
        let is_syn = segment.flags.has(Flags::SYN);
        if is_syn && role.part == Part::Nonsense {
            if !sender.is_known() {
                sender.begin_at(segment.seq, Known::Guess);
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

    /// Goes back to the initial number of an earlier SYN-ACK, where a segment of direction
    /// `dir` acknowledges that and not the latest.
    pub(in crate::track) fn recall_number(&mut self, dir: Dir, segment: &Segment<'_>) {
        let Some(answers) = self.handshake.open_answers() else {
            return;
        };
        let is_answer = segment.is_ack() && !segment.flags.any(Flags::SYN | Flags::RST);
        let answered = answers.with_number(segment.ack).next().map(|one| one.seq);
        let (_, receiver) = self.ends_mut(dir);
        if let Some(seq) = answered.filter(|seq| is_answer && *seq != receiver.iss) {
            receiver.begin_at(seq, Known::Syn);
            receiver.nxt = seq + 1;
        }
    }

    /// Takes back an acknowledgment of what was not sent, where a segment of direction `dir`
    /// goes on from the number before: nothing of it is missing in the capture, or the
    /// other end could not have taken so much.
    pub(in crate::track) fn correct_una(&mut self, dir: Dir, segment: &Segment<'_>) {
        let (sender, receiver) = (self.sender(dir), self.receiver(dir));
        if !sender.lacks_acknowledged() || segment.seq != sender.nxt || sender.holes.is_some() {
            return;
        }
        let window = i64::from(self.offered_by(dir.reverse()));
        let is_too_much = receiver.shift.is_some() && i64::from(sender.una - sender.nxt) > window;
        let lacks_nothing = sender.sending.is_next(segment) || is_too_much;
        // What is acknowledged just before it stands there in the wrong order.
        let is_in_order = sender.una - segment.end() > 0 && segment.time - self.last >= JUST_BEFORE;
        if lacks_nothing && is_in_order && sender.has_syn() {
            let (sender, _) = self.ends_mut(dir);
            sender.una = sender.nxt;
        }
    }

    /// Moves both ends by a segment, from where `moves` has brought them.
    pub(super) fn move_states(&mut self, dir: Dir, segment: &Segment<'_>, moves: Moves) -> Moves {
        let mut moves = moves;
        let acks = Acks::of(segment, self.sender(dir), self.receiver(dir));
        self.settle_start(dir, segment);
        let is_deaf = self.handshake.is_ack_ignored && dir == Dir::ToServer;
        let proves_open = self.proves_open(dir, segment);
        let (sender, receiver) = self.ends_mut(dir);
        let (sender_chain, receiver_chain) = moves.ends_mut(dir);
        if proves_open {
            sender.syn_acked = true;
            sender.signal(Signal::GotAckOfSyn, sender_chain);
        }
        for signal in sent_signals(sender, receiver, segment, acks) {
            sender.signal(signal, sender_chain);
        }
        if acks.syn && !is_deaf {
            receiver.syn_acked = true;
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

    /// Moves the sender of a SYN-ACK alone.
    pub(super) fn move_sender(&mut self, dir: Dir, segment: &Segment<'_>) -> Moves {
        let mut moves = Moves::default();
        self.settle_start(dir, segment);
        let (sender, _) = self.ends_mut(dir);
        let (chain, _) = moves.ends_mut(dir);
        sender.signal(Signal::SentSynAck, chain);
        moves
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

    /// Whether a segment of direction `dir` shows that its sender, which did not seem to
    /// have taken the ACK of its SYN-ACK, has done so.
    fn proves_open(&self, dir: Dir, segment: &Segment<'_>) -> bool {
        let (sender, receiver) = (self.sender(dir), self.receiver(dir));
        let has_doubt = self.handshake.is_ack_ignored || receiver.not_taken().is_some();
        has_doubt
            && dir == Dir::ToClient
            && sender.state == State::SynReceived
            && !segment.flags.any(Flags::SYN | Flags::RST)
            && (segment.seq_len() > 0 || segment.ack - (receiver.iss + 1) > 0)
    }

    /// Takes a SYN-ACK that is sent again for what it is: its sender has not taken the
    /// acknowledgment of the first. What was underway at that time may just have come
    /// late.
    pub(super) fn take_back_ack(&mut self, dir: Dir, segment: &Segment<'_>, moves: &mut Moves) {
        let Some(ack) = self.handshake.ack.filter(|ack| ack.dir != dir) else {
            return;
        };
        let round_trip = self.handshake.server_leg().unwrap_or_default();
        let sender = self.sender(dir);
        let again = u64::from(self.handshake.syn_ack_again);
        let has_only_asked = sender.segments <= 1 + again;
        let is_open = sender.state == State::Established;
        if !is_open || !has_only_asked || segment.time - ack.time <= round_trip {
            return;
        }
        let syns = 1 + u64::from(self.handshake.syn_again);
        let unheeded = self.receiver(dir).segments.saturating_sub(syns);
        self.handshake.is_ack_ignored = unheeded > 1;
        let (sender, _) = self.ends_mut(dir);
        sender.syn_acked = false;
        let (chain, _) = moves.ends_mut(dir);
        sender.signal(Signal::AskedAgain, chain);
    }

    /// Takes a RST, from where `moves` has brought both ends.
    pub(super) fn reset(
        &mut self,
        dir: Dir,
        segment: &Segment<'_>,
        role: Role,
        moves: Moves,
    ) -> Moves {
        let mut moves = moves;
        let is_due = self.refusal_answered_by(dir, segment).is_some();
        if role.part == Part::Refusal {
            // Nobody listens there, and nobody did.
            self.ends_mut(dir).0.state = State::Closed;
            self.correct_syn_mark(dir, State::Closed);
        }
        let (sender, receiver) = self.ends_mut(dir);
        let (sender_chain, receiver_chain) = moves.ends_mut(dir);
        // What cannot be an end answers with a RST, and stays in its state (RFC 9293
        // §3.5.2, group 2).
        let asks_on = sender.state == State::SynSent && !sender.has_sent_up_to(segment.seq);
        if !is_due && !asks_on {
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
    let both_open = is_syn && segment.is_ack() && sender.syn_acked;
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
        self.has_gone_far = false;
        self.holes = None;
    }

    pub(super) fn signal(&mut self, signal: Signal, chain: &mut Chain) {
        let Some(next) = self.state.after(signal).filter(|&next| next != self.state) else {
            return;
        };
        if chain.is_empty() {
            chain.push(self.state);
        }
        chain.push(next);
        self.state = next;
    }
}
