//! The send variables, and what is counted.

use crate::flags::Flags;
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::time::Span;
use crate::track::asks::Asks;
use crate::track::dir::Dir;
use crate::track::flow::{Flow, NewData};
use crate::track::half::Half;
use crate::track::holes::Hole;
use crate::track::judgement::{Cause, Judgement, Kind};
use crate::track::part::{Part, Role};
use crate::track::stamp::Stamp;
use crate::track::transmission::Transmission;

impl Flow {
    /// Goes on in time to a segment.
    #[inline]
    pub(super) fn pass(&mut self, segment: &Segment<'_>) {
        if segment.time - self.last >= Span(0) {
            self.last = segment.time;
        } else {
            self.began = self.began.min(segment.time);
        }
    }

    /// Moves the send variables and counts.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "of a usual segment little is left of it"
    )]
    pub(super) fn count(&mut self, dir: Dir, segment: &Segment<'_>, role: Role, now: Span) {
        self.pass(segment);
        let brings = segment.payload_len > 0 && !role.part.asks();
        if brings && segment.payload_len > role.again {
            let frame = segment.frame;
            self.last_data = Some(NewData { dir, frame });
            // Nobody sends more while what was sent again is not acknowledged.
            if role.again == 0 {
                self.ends_mut(dir).0.unanswered = 0;
            }
        }
        if !segment.options.are_usual() && !segment.flags.any(Flags::SYN) {
            self.has_late_mss |= segment.options.iter().any(|option| option.mss().is_some());
        }
        let (sender, receiver) = self.ends_mut(dir);
        sender.segments += 1;
        sender.doubling.goes_on(now);
        sender.last_frame = Some(segment.frame);
        sender.opened |= role.part == Part::Syn;
        sender.asks = Asks::by(role.part);
        sender.tries_octet |= segment.payload_len == 1
            && sender.asks == Asks::WhetherOpen
            && segment.seq == sender.nxt;
        receiver.unanswered = 0;
        // Of a burst only the oldest segment: it is what a timeout sends again.
        let is_oldest = segment.seq - sender.una <= 0 && !sender.sending.is_copy;
        if role.again > 0 && is_oldest || sender.asks != Asks::Nothing {
            sender.unanswered = sender.unanswered.saturating_add(1);
        }
        if sender.holes.is_some() && segment.is_ack() && segment.ack - sender.ack > 0 {
            sender.note_answer(segment, receiver, now);
        }
        sender.note_ack(segment);
        if receiver.holes.is_some() && segment.is_ack() {
            receiver.note_report(segment, sender, now);
        }
        if !segment.flags.has(Flags::RST) {
            sender.ttls.take(segment.ttl);
            sender.window = segment.window;
            if segment.window == 0 || sender.closed_window.is_some() {
                sender.turn_window(segment, receiver);
            }
        }
        let repeats = matches!(role.part, Part::SynAck | Part::Fin | Part::FinAck);
        sender.asks_again = repeats && role.again > 0;
        if brings {
            sender.data_segments += 1;
            sender.octets += u64::from(segment.payload_len);
            sender.octets_again += u64::from(role.again);
            sender.largest.takes(segment);
        }
        if !matches!(
            role.part,
            Part::Refusal | Part::Reset | Part::Nonsense | Part::KeepAlive | Part::WindowProbe
        ) {
            sender.sends(segment, now);
        }
        if !segment.is_ack() {
            return;
        }
        if segment.payload_len == 0 {
            receiver.asks_again = false;
        }
        if receiver.tries_octet && segment.ack - receiver.nxt == 1 {
            receiver.brings_octet();
        }
        // Whatever was acknowledged before the SYN-ACK was of another connection; so
        // may be a SYN-ACK that nobody has acknowledged.
        let is_answer = role.part == Part::SynAck && !sender.syn_acked;
        if is_answer || segment.ack - receiver.una > 0 {
            receiver.una = segment.ack;
            receiver.has_gone_far |= receiver.is_far(segment.ack);
        }
    }
}

impl Half {
    /// Takes note that the octet with which it tried a closed window was taken.
    #[cold]
    fn brings_octet(&mut self) {
        self.nxt = self.nxt + 1;
        self.octets += 1;
        self.tries_octet = false;
    }

    /// Goes on by a segment, before SND.NXT and the holes do.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "of a usual segment little is left of it"
    )]
    pub(super) fn note_sending(
        &mut self,
        segment: &Segment<'_>,
        judged: Option<Judgement>,
        now: Span,
    ) {
        let is_again = judged.is_some_and(|judged| judged.kind == Kind::Retransmission);
        self.sending
            .sends(segment, (self.nxt, self.ack), is_again, now);
        self.sending.is_copy = judged.is_some_and(|judged| judged.kind == Kind::Duplicate);
        match judged {
            Some(judged) => {
                if judged.kind != Kind::Duplicate {
                    let transmission = Transmission::of(segment, now);
                    let lacks = self.holes.is_some();
                    self.transmissions.add(transmission, self.una, lacks);
                }
                if judged.kind == Kind::Retransmission {
                    self.sending.timed_out = judged.cause == Some(Cause::Timeout);
                }
                if matches!(judged.kind, Kind::Retransmission | Kind::OutOfOrder) {
                    let late_at = (judged.kind == Kind::OutOfOrder).then_some(now);
                    self.note_filling(segment, late_at);
                }
            }
            // An acknowledgment may tell of octets that it overtook.
            None if segment.seq - self.nxt > 0
                && self.is_known()
                && !segment.flags.any(Flags::SYN | Flags::RST) =>
            {
                let holes = self.holes.get_or_insert_default();
                holes.overtake(self.nxt, segment.seq, Stamp::of(segment, now));
            }
            None => {}
        }
    }

    #[cold]
    fn note_filling(&mut self, segment: &Segment<'_>, late_at: Option<Span>) {
        if let Some(holes) = &mut self.holes {
            holes.remember(segment.seq, segment.end(), late_at);
        }
    }

    /// Notes how long its acknowledgment of what `other` sent took.
    #[cold]
    fn note_answer(&mut self, segment: &Segment<'_>, other: &Self, now: Span) {
        let Some(holes) = &mut self.holes else {
            return;
        };
        let last = segment.ack.previous();
        // Of what was sent again it may be the first time that is acknowledged.
        if let Some(first) = other.transmissions.of(last).last() {
            let took = Span(now.0.saturating_sub(first.at.0));
            let shortest = holes.answers_in.map_or(took, |before| before.min(took));
            holes.answers_in = Some(shortest);
        }
    }

    /// Notes that a segment, which has told `other` what it lacks, tells of holes.
    #[cold]
    fn note_report(&mut self, segment: &Segment<'_>, other: &Self, now: Span) {
        let Some(holes) = &mut self.holes else {
            return;
        };
        let blocks = segment.sack_blocks();
        let ahead = |end: SeqNum| (end - segment.ack).max(0);
        let highest = blocks.map(|(_, end)| end).max_by_key(|&end| ahead(end));
        // Without SACK the third repetition asks, and then acknowledgments up to the
        // next hole (RFC 5681 §3.2, RFC 6582 §3.2).
        let repeats = other.duplicate_acks >= 3 && segment.payload_len == 0;
        let asks = repeats || other.duplicate_acks == 0 && holes.were_reported();
        let to = highest.or_else(|| asks.then(|| segment.ack + 1));
        if let Some(to) = to {
            holes.report(segment.ack, to, now);
        }
    }

    /// Takes what a segment says of the other end's: what it acknowledges, again
    /// or for the first time, and whether it asks for what is missing. It is to be
    /// called before the window is taken.
    #[inline]
    fn note_ack(&mut self, segment: &Segment<'_>) {
        if !segment.is_ack() {
            return;
        }
        let control = Flags::SYN | Flags::FIN | Flags::RST;
        let repeats = segment.ack == self.ack
            && segment.payload_len == 0
            && segment.window == self.window
            && segment.window != 0
            && !segment.flags.any(control);
        self.duplicate_acks = if repeats {
            self.duplicate_acks.saturating_add(1)
        } else if segment.ack == self.ack {
            self.duplicate_acks
        } else {
            0
        };
        self.ack = segment.ack;
        let is_syn = segment.flags.has(Flags::SYN);
        let shift = self.shift.filter(|_| !is_syn).unwrap_or(0);
        let edge = segment.ack + (u32::from(segment.window) << shift);
        self.edge_before = std::mem::replace(&mut self.edge, edge);
        self.has_sack = segment.sack_blocks().next().is_some();
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
                reported: None,
            };
            self.holes.get_or_insert_default().leave(hole);
        } else if let Some(holes) = self.holes.as_mut().filter(|_| start != self.nxt) {
            holes.fill(start, end);
        }
        if end - self.nxt > 0 {
            self.nxt = end;
            self.has_gone_far |= self.is_far(end);
            self.tries_octet = false;
        }
    }
}
