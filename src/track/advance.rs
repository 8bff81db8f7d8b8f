//! The move after the look: what a segment changes in its connection.
//!
//! When a state changes is decided here. A transition is shown on the segment
//! that proves it; one that no later segment will prove is shown on the segment
//! that causes it. So what an end *sends* tells what it has received, and only
//! the acknowledgment of a SYN or FIN, and a RST, move the end they go to.

use crate::flags::Flags;
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::time::Span;
use crate::track::flow::{Dir, Flow, Half, Known, Mark, NewData};
use crate::track::handshake::{Handshake, Offer};
use crate::track::holes::Hole;
use crate::track::role::{Part, Role};
use crate::track::sending::Stamp;
use crate::track::stall::Asks;
use crate::track::state::{Signal, State};

/// The states an end passed through on one segment: the one before, then each
/// one reached. Empty where nothing moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Chain {
    states: [State; 4],
    len: u8,
}

/// What a segment moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moves {
    /// The client's states.
    pub client: Chain,
    /// The server's states.
    pub server: Chain,
}

impl Chain {
    /// The states, the one before included.
    #[must_use]
    pub fn states(&self) -> &[State] {
        &self.states[..usize::from(self.len)]
    }

    fn push(&mut self, state: State) {
        if let Some(place) = self.states.get_mut(usize::from(self.len)) {
            *place = state;
            self.len += 1;
        }
    }
}

impl Moves {
    /// Whether neither end moved.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.client.len == 0 && self.server.len == 0
    }

    fn ends_mut(&mut self, dir: Dir) -> (&mut Chain, &mut Chain) {
        match dir {
            Dir::ToServer => (&mut self.client, &mut self.server),
            Dir::ToClient => (&mut self.server, &mut self.client),
        }
    }
}

impl Flow {
    /// Changes the flow as `segment` says, whose role was found before.
    pub(super) fn advance(
        &mut self,
        dir: Dir,
        segment: &Segment<'_>,
        role: Role,
        now: Span,
    ) -> Moves {
        if self.goes_on(dir, role) {
            self.count(dir, segment, role, now);
            return Moves::default();
        }
        self.learn_numbers(dir, segment, role);
        let moves = match role.part {
            Part::Nonsense => Moves::default(),
            Part::Refusal | Part::Reset => self.reset(dir, segment, role),
            _ => self.move_states(dir, segment),
        };
        self.remember(dir, segment, role, &moves);
        self.count(dir, segment, role, now);
        moves
    }

    /// Whether nothing but counts can change: both ends are open, and this is
    /// neither a beginning nor an end.
    fn goes_on(&self, dir: Dir, role: Role) -> bool {
        let (sender, receiver) = (self.sender(dir), self.receiver(dir));
        let is_between = matches!(
            role.part,
            Part::Data | Part::Ack | Part::AckAgain | Part::WindowUpdate
        );
        is_between
            && sender.state == State::Established
            && receiver.state == State::Established
            && receiver.syn_acked
            && receiver.fin.is_none()
            && sender.is_known()
    }

    /// Finds the bases of the relative numbers, as Wireshark does: the SYN, or
    /// one before the first number seen.
    fn learn_numbers(&mut self, dir: Dir, segment: &Segment<'_>, role: Role) {
        let (sender, receiver) = self.ends_mut(dir);
        let is_syn = segment.flags.has(Flags::SYN);
        if is_syn && role.part == Part::Nonsense {
            if !sender.is_known() {
                sender.begin_at(segment.seq, Known::Guess);
            } else if segment.is_ack() {
                // Wireshark counts from it, as from a SYN-ACK.
                sender.iss = segment.seq;
            }
        } else if is_syn {
            if !sender.has_syn() || sender.iss != segment.seq {
                sender.begin_at(segment.seq, Known::Syn);
            }
        } else if !sender.is_known() {
            sender.begin_at(segment.seq.previous(), Known::Guess);
        }
        if segment.is_ack() && !receiver.is_known() {
            receiver.begin_at(segment.ack.previous(), Known::Guess);
        }
    }

    fn move_states(&mut self, dir: Dir, segment: &Segment<'_>) -> Moves {
        let mut moves = Moves::default();
        let acks = Acks::of(segment, self.sender(dir), self.receiver(dir));
        self.settle_start(dir, segment);
        let (sender, receiver) = self.ends_mut(dir);
        let (sender_chain, receiver_chain) = moves.ends_mut(dir);
        for signal in sent_signals(sender, receiver, segment, acks) {
            sender.signal(signal, sender_chain);
        }
        if acks.syn {
            receiver.syn_acked = true;
            receiver.signal(Signal::GotAckOfSyn, receiver_chain);
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

    fn reset(&mut self, dir: Dir, segment: &Segment<'_>, role: Role) -> Moves {
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

    /// Keeps the segments that opened and closed the connection.
    fn remember(&mut self, dir: Dir, segment: &Segment<'_>, role: Role, moves: &Moves) {
        let mark = Some(Mark {
            frame: segment.frame,
            time: segment.time,
            seq: segment.seq,
            ack: segment.ack,
            flags: segment.flags,
            dir,
            client: self.client.state,
            server: self.server.state,
        });
        match role.part {
            Part::Syn => self.remember_syn(dir, segment, role, mark),
            Part::SynAck => self.remember_syn_ack(segment, role, mark),
            Part::HandshakeAck if self.handshake.ack.is_none() => {
                self.handshake.end_with(segment, mark);
                self.forget_reset();
            }
            Part::Fin if self.ends_handshake(dir) => self.handshake.end_with(segment, mark),
            Part::Refusal | Part::Reset if self.teardown.reset.is_none() && !moves.is_empty() => {
                self.remember_reset(dir, segment, mark);
            }
            _ => {}
        }
        self.remember_fin(dir, role, mark);
        if role.part != Part::FinAck && self.receiver(dir).fin_acked {
            let teardown = &mut self.teardown;
            if teardown.closer() == Some(dir.reverse()) {
                teardown.first_ack = teardown.first_ack.or(mark);
            } else if teardown.second_fin.is_some() {
                teardown.second_ack = teardown.second_ack.or(mark);
            }
        }
    }

    fn remember_fin(&mut self, dir: Dir, role: Role, mark: Option<Mark>) {
        // Not whether octets are repeated: a FIN may come with data sent before.
        let is_new_fin = self.sender(dir).fin.is_none();
        let is_copy = self.sender(dir).sending.is_copy;
        let teardown = &mut self.teardown;
        match role.part {
            Part::Fin if teardown.first_fin.is_none() => teardown.first_fin = mark,
            Part::Fin | Part::FinAck if is_new_fin && teardown.second_fin.is_none() => {
                teardown.second_fin = mark;
                if role.part == Part::FinAck {
                    teardown.first_ack = mark;
                } else if teardown.first_ack.is_none() {
                    teardown.is_simultaneous = true;
                }
            }
            Part::Fin | Part::FinAck if !is_copy => {
                teardown.fin_again = teardown.fin_again.saturating_add(1);
            }
            _ => {}
        }
    }

    /// Whether a FIN of direction `dir` is also the ACK of the SYN-ACK.
    fn ends_handshake(&self, dir: Dir) -> bool {
        let Handshake { syn_ack, ack, .. } = &self.handshake;
        ack.is_none()
            && syn_ack.is_some_and(|answer| answer.dir != dir)
            && self.receiver(dir).syn_acked
    }

    fn remember_syn(&mut self, dir: Dir, segment: &Segment<'_>, role: Role, mark: Option<Mark>) {
        let handshake = &mut self.handshake;
        if role.again > 0 {
            handshake.syn_again = handshake.syn_again.saturating_add(1);
            if let Some(first) = handshake.syn.filter(|first| first.dir == dir) {
                handshake.syn_waits.end_at(segment.time - first.time);
            }
        } else if handshake.syn.is_none() {
            handshake.syn = mark;
            handshake.syn_octets = u16::try_from(segment.payload_len).unwrap_or(u16::MAX);
            handshake.offered = Offer::of(segment.options);
        } else if dir == Dir::ToClient {
            handshake.is_simultaneous = true;
            handshake.second_syn = mark;
        }
    }

    fn remember_syn_ack(&mut self, segment: &Segment<'_>, role: Role, mark: Option<Mark>) {
        let handshake = &mut self.handshake;
        if role.again > 0 {
            handshake.syn_ack_again = handshake.syn_ack_again.saturating_add(1);
            if let (Some(first), Some(mark)) = (handshake.syn_ack, mark) {
                handshake.syn_ack_waits.end_at(segment.time - first.time);
                handshake.repeat(segment, mark.frame);
            }
        } else if handshake.syn_ack.is_none() {
            handshake.syn_ack = mark;
            if !handshake.is_simultaneous {
                handshake.answered = Offer::of(segment.options);
            }
        } else if handshake.is_simultaneous {
            handshake.ack = handshake.ack.or(mark);
        }
        if handshake.is_simultaneous && mark.is_some_and(|mark| mark.dir == Dir::ToClient) {
            handshake.answered = Offer::of(segment.options);
        }
    }

    /// Moves the send variables and counts.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "of a usual segment little is left of it"
    )]
    pub(super) fn count(&mut self, dir: Dir, segment: &Segment<'_>, role: Role, now: Span) {
        self.last = segment.time;
        // For what probes a closed window there is no room.
        let is_probe = segment.payload_len == 1 && self.receiver(dir).closed_window > 0
            || matches!(role.part, Part::KeepAlive | Part::WindowProbe);
        if segment.payload_len > role.again && !is_probe {
            let frame = segment.frame.get();
            self.last_data = Some(NewData { dir, frame });
        }
        if !segment.options.are_usual() && !segment.flags.any(Flags::SYN) {
            self.has_late_mss |= segment.options.iter().any(|option| option.mss().is_some());
        }
        let (sender, receiver) = self.ends_mut(dir);
        sender.segments += 1;
        sender.last_frame = segment.frame.get();
        sender.opened |= role.part == Part::Syn;
        sender.asks = Asks::by(role.part);
        receiver.unanswered = 0;
        // Of a burst only the oldest segment: it is what a timeout sends again.
        let is_oldest = segment.seq - sender.una <= 0 && !sender.sending.is_copy;
        if role.again > 0 && is_oldest || sender.asks != Asks::Nothing {
            sender.unanswered = sender.unanswered.saturating_add(1);
        }
        if !segment.flags.has(Flags::RST) {
            sender.ttl = segment.ttl;
            sender.window = segment.window;
            if segment.window == 0 || sender.closed_window > 0 {
                sender.turn_window(segment, receiver);
            }
        }
        let repeats = matches!(role.part, Part::SynAck | Part::Fin | Part::FinAck);
        sender.asks_again = repeats && role.again > 0;
        if segment.payload_len > 0 {
            sender.data_segments += 1;
            sender.octets += u64::from(segment.payload_len);
            sender.octets_again += u64::from(role.again);
        }
        if !matches!(role.part, Part::Refusal | Part::Reset | Part::Nonsense) {
            sender.sends(segment, now);
        }
        if !segment.is_ack() {
            return;
        }
        if segment.payload_len == 0 {
            receiver.asks_again = false;
        }
        // Whatever was acknowledged before the SYN-ACK was of another connection.
        let is_first_answer = role.part == Part::SynAck && role.again == 0;
        if is_first_answer || segment.ack - receiver.una > 0 {
            receiver.una = segment.ack;
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
        self.holes = None;
    }

    fn signal(&mut self, signal: Signal, chain: &mut Chain) {
        let Some(next) = self.state.after(signal).filter(|&next| next != self.state) else {
            return;
        };
        if chain.len == 0 {
            chain.push(self.state);
        }
        chain.push(next);
        self.state = next;
    }

    #[inline]
    fn sends(&mut self, segment: &Segment<'_>, now: Span) {
        if segment.flags.has(Flags::FIN) && self.fin.is_none() {
            self.fin = Some(segment.seq + segment.payload_len);
        }
        if segment.seq_len() == 0 {
            return;
        }
        let (start, end) = (segment.seq, segment.end());
        if start - self.nxt > 0 {
            let hole = Hole {
                start: self.nxt,
                end: start,
                stamp: Stamp::of(segment, now),
            };
            self.holes.get_or_insert_default().leave(hole);
        } else if let Some(holes) = self.holes.as_mut().filter(|_| start != self.nxt) {
            holes.fill(start, end);
        }
        if end - self.nxt > 0 {
            self.nxt = end;
        }
    }
}
