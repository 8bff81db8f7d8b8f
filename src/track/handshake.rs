//! How a connection was opened: a record, not a state.

use std::num::NonZeroU64;

use crate::flags::Flags;
use crate::segment::Segment;
use crate::time::{Span, Timestamp};
use crate::track::attempts::{Answered, Attempt, Attempts, Change};
use crate::track::held::Sort;
use crate::track::mark::Mark;
use crate::track::offer::{MAX_SCALE, Offer};
use crate::track::part::Step;
use crate::track::timeouts::FIRST_TIMEOUT;
use crate::track::waits::Waits;

/// The segments that opened a connection, and what they offered.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Handshake {
    /// The first SYN.
    pub syn: Option<Mark>,
    /// The server's own SYN, where both opened at once.
    pub(super) second_syn: Option<Box<Mark>>,
    /// The first SYN-ACK.
    pub syn_ack: Option<Mark>,
    /// The first acknowledgment of the SYN-ACK; the second SYN-ACK where both
    /// opened at once.
    pub ack: Option<Mark>,
    /// The control bits of the SYN that counts, which ask for ECN.
    pub(super) asking: Flags,
    /// Octets of data in the first SYN.
    pub syn_octets: u16,
    /// SYNs sent again, 255 at most.
    pub syn_again: u8,
    /// SYN-ACKs sent again, 255 at most.
    pub syn_ack_again: u8,
    /// How long the client waited before it sent the SYN again.
    pub syn_waits: Waits,
    /// How long the server waited before it sent the SYN-ACK again.
    pub syn_ack_waits: Waits,
    /// The SYNs before the SYN-ACK, where there was more than one.
    pub(super) syns: Option<Box<Attempts>>,
    /// Which SYN the first SYN-ACK answers.
    pub(super) asked: Option<Answered>,
    /// The SYN-ACKs before one was acknowledged, where there was more than one.
    pub(super) syn_acks: Option<Box<Attempts>>,
    /// Which SYN-ACK the first acknowledgment answers.
    pub acknowledged: Option<Answered>,
    /// Whether `ack` only acknowledges, or the capture has held segments that do.
    pub(super) is_ack_timely: bool,
    /// Whether the server repeats its SYN-ACK whatever acknowledges it: it has not
    /// taken that, as far as was seen.
    pub(super) is_ack_ignored: bool,
    /// Whether both ends sent a SYN without ACK.
    pub is_simultaneous: bool,
    /// What the client's SYN offered.
    pub offered: Offer,
    /// What the server's SYN-ACK answered.
    pub answered: Offer,
}

/// The time between two segments of which one answers the other; `None` where the
/// clock, or the capture, has them the other way round.
fn in_order(first: Timestamp, second: Timestamp) -> Option<Span> {
    Some(second - first).filter(|&span| span >= Span(0))
}

impl Handshake {
    /// The server's own SYN, where both opened at once.
    #[must_use]
    pub fn second_syn(&self) -> Option<Mark> {
        self.second_syn.as_deref().copied()
    }

    /// The segments and their places.
    pub fn steps(&self) -> impl Iterator<Item = (Step, Mark)> {
        let rows = if self.is_simultaneous {
            let marks = [self.syn, self.second_syn(), self.syn_ack, self.ack];
            marks.map(Some)
        } else {
            [Some(self.syn), Some(self.syn_ack), Some(self.ack), None]
        };
        let of = if self.is_simultaneous { 4 } else { 3 };
        let numbered = rows.into_iter().flatten().zip(1..);
        numbered.filter_map(move |(mark, place)| Some((Step::new(place, of), mark?)))
    }

    /// From the SYN to the SYN-ACK: seen at the client, a round trip. From the first
    /// SYN where the one that was answered is not known.
    #[must_use]
    pub fn server_leg(&self) -> Option<Span> {
        let first = self.syn?.time;
        let answered = self.later_syn().map_or(first, |later| later.time);
        in_order(answered, self.syn_ack?.time)
    }

    /// The SYN that was answered, where it is not the first.
    #[must_use]
    pub fn later_syn(&self) -> Option<Attempt> {
        match self.asked {
            Some(Answered::Latest) => self.syns.as_ref()?.latest().copied(),
            Some(Answered::Numbered(nth @ 1..)) => self.syns.as_ref()?.nth(nth).copied(),
            _ => None,
        }
    }

    /// How SYNs that were sent again differ from the first.
    pub fn syn_changes(&self) -> impl Iterator<Item = Change> {
        self.syns.iter().flat_map(|all| all.changes())
    }

    /// From the SYN-ACK to its ACK: seen at the server, a round trip. From the
    /// first SYN-ACK where the one that was answered is not known.
    #[must_use]
    pub fn client_leg(&self) -> Option<Span> {
        let first = self.syn_ack?.time;
        let answered = self.answered_syn_ack().map_or(first, |(_, time)| time);
        // What answers a later one cannot have come before it.
        let soon =
            |ack: &Mark| self.later_syn_ack().is_some() && ack.time - answered < FIRST_TIMEOUT;
        let ack = self.timely_ack().or_else(|| self.ack.filter(soon))?;
        in_order(answered, ack.time)
    }

    /// From the first SYN to the ACK that ends the handshake.
    #[must_use]
    pub fn duration(&self) -> Option<Span> {
        if let (Some(syn), Some(answer)) = (self.syn, self.syn_ack) {
            in_order(syn.time, answer.time)?;
        }
        in_order(self.syn?.time, self.timely_ack()?.time)
    }

    /// Whether the first segment that acknowledges the SYN-ACK may have been sent long
    /// after the ACK itself, which is not in the capture then.
    #[must_use]
    pub const fn has_late_ack(&self) -> bool {
        self.ack.is_some() && !self.is_ack_timely
    }

    /// The ACK, where it was sent at once. One with data or FIN may be what came long
    /// after the ACK itself, which a capture may have been taken without.
    fn timely_ack(&self) -> Option<Mark> {
        self.ack.filter(|_| self.is_ack_timely)
    }

    /// Shift counts in force, client's and server's windows: only if both
    /// offered (RFC 7323 §2.2), 14 at most (§2.3).
    #[must_use]
    pub fn scales(&self) -> Option<(u8, u8)> {
        self.syn?;
        self.syn_ack?;
        let client = self.offered.window_scale?.min(MAX_SCALE);
        let server = self.answered.window_scale?.min(MAX_SCALE);
        Some((client, server))
    }

    /// Whether `answered` is known: the server's SYN was captured.
    #[must_use]
    pub fn has_answer(&self) -> bool {
        self.syn_ack.is_some() || self.second_syn.is_some()
    }

    /// Octets of data in the SYN that the SYN-ACK accepted: Fast Open worked.
    #[must_use]
    pub fn octets_in_syn(&self) -> u32 {
        match (self.syn, self.syn_ack) {
            (Some(syn), Some(answer)) if !self.is_simultaneous => {
                (answer.ack - (syn.seq + 1)).max(0).cast_unsigned()
            }
            _ => 0,
        }
    }

    /// Whether SACK is in force: permitted by both (RFC 2018 §2).
    #[must_use]
    pub fn sack(&self) -> bool {
        self.offered.sack_permitted && self.answered.sack_permitted
    }

    /// Whether timestamps are in force: sent by both (RFC 7323 §3.2).
    #[must_use]
    pub fn timestamps(&self) -> bool {
        self.offered.timestamps.is_some() && self.answered.timestamps.is_some()
    }

    /// Takes note of a SYN that its end sent again.
    pub(super) fn ask_again(&mut self, syn: &Segment<'_>) {
        if let (Some(first), None) = (self.syn, self.syn_ack) {
            let first = Attempt::marked(&first, self.offered);
            let all = self
                .syns
                .get_or_insert_with(|| Box::new(Attempts::after(first)));
            all.take(Attempt::of(syn));
        }
    }

    /// Finds the SYN that the first SYN-ACK answers; what that offered is what counts.
    /// One that came before the latest and had another answer, up to the frame `told`, is
    /// not the one.
    pub(super) fn answer_with(&mut self, syn_ack: &Segment<'_>, told: Option<NonZeroU64>) {
        let Some(syns) = &self.syns else {
            self.asked = Some(Answered::Only);
            return;
        };
        let echo = syn_ack.options.timestamps().map(|(_, echo)| echo);
        self.asked = syns.answered_by(syn_ack.ack, echo);
        if self.asked.is_none() && told.is_some_and(|told| syns.is_all_but_latest_before(told)) {
            self.asked = Some(Answered::Latest);
        }
        // Where nothing tells, the latest: what is dropped between two SYNs is dropped
        // since the first was not answered.
        let counts = match self.asked {
            Some(Answered::Earlier(nth) | Answered::Numbered(nth)) => syns.nth(nth),
            _ => syns.latest(),
        };
        if let Some(one) = counts {
            self.offered = one.offer();
            self.asking = one.flags();
        }
    }

    /// Takes note of a SYN-ACK that was sent again.
    pub(super) fn answer_again(&mut self, syn_ack: &Segment<'_>) {
        if let (Some(first), None, false) = (self.syn_ack, self.ack, self.is_simultaneous) {
            let first = Attempt::marked(&first, self.answered);
            let all = self
                .syn_acks
                .get_or_insert_with(|| Box::new(Attempts::after(first)));
            all.take(Attempt::of(syn_ack));
        }
    }

    /// The SYN-ACKs, where there was more than one and none is acknowledged.
    pub(super) fn open_answers(&self) -> Option<&Attempts> {
        self.syn_acks.as_deref().filter(|_| self.ack.is_none())
    }

    /// How often the SYN-ACK was sent again after it had been acknowledged.
    pub(super) fn answers_after_ack(&self) -> u8 {
        let before = self.syn_acks.as_ref().map_or(0, |all| all.again());
        self.syn_ack_again.saturating_sub(before)
    }

    /// Ends with `ack`, and finds the SYN-ACK that it answers.
    pub(super) fn end_with(&mut self, ack: &Segment<'_>, mark: Mark) {
        self.ack = Some(mark);
        self.is_ack_timely = matches!(Sort::of(ack), Sort::BareAck | Sort::Syn);
        let echo = ack.options.timestamps().map(|(_, echo)| echo);
        self.acknowledged = match &self.syn_acks {
            Some(all) => all.answered_by(ack.ack, echo),
            None => Some(Answered::Only),
        };
    }

    /// The frame of the SYN-ACK that was answered, as far as is known, and when
    /// it was captured.
    #[must_use]
    pub fn answered_syn_ack(&self) -> Option<(NonZeroU64, Timestamp)> {
        let first = self.syn_ack.map(|first| (first.frame, first.time));
        let Some(all) = &self.syn_acks else {
            return self.acknowledged.and(first);
        };
        let one = match self.acknowledged? {
            Answered::Only => return first,
            Answered::Earlier(nth) | Answered::Numbered(nth) => all.nth(nth)?,
            Answered::Latest => all.latest()?,
        };
        Some((one.frame, one.time))
    }

    /// The frame of the SYN-ACK that was answered, where it is not the first.
    #[must_use]
    pub fn later_syn_ack(&self) -> Option<NonZeroU64> {
        let all = self.syn_acks.as_ref()?;
        let one = match self.acknowledged? {
            Answered::Latest => all.latest()?,
            Answered::Numbered(nth @ 1..) => all.nth(nth)?,
            _ => return None,
        };
        Some(one.frame)
    }

    /// Whether the SYN-ACK was sent again, and the time to the ACK may be no
    /// round trip (Karn's rule, RFC 6298 §3).
    #[must_use]
    pub fn is_client_leg_ambiguous(&self) -> bool {
        let is_known = matches!(
            self.acknowledged,
            Some(Answered::Only | Answered::Latest | Answered::Numbered(_))
        );
        self.syn_ack_again > 0 && !is_known && self.client_leg().is_some()
    }
}
