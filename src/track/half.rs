//! One end of a connection, as far as its segments have shown it.

use std::num::NonZeroU64;

use crate::flags::Flags;
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::track::acceptance::{AllNotTaken, NotTaken};
use crate::track::asks::Asks;
use crate::track::conflict::Conflict;
use crate::track::doubling::{Doubling, OtherSights};
use crate::track::holes::Holes;
use crate::track::incidents::Incidents;
use crate::track::oversize::{Largest, Oversize};
use crate::track::sending::Sending;
use crate::track::state::State;
use crate::track::transmission::Transmission;
use crate::track::transmissions::Transmissions;
use crate::track::troubles::Troubles;
use crate::track::ttls::Ttls;

/// One end of a connection, by what it sent.
///
/// Only send variables: what one end may receive is what the other has
/// acknowledged and offered, seen a second time (RFC 9293 §3.3.1).
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts that are independent of each other"
)]
pub struct Half {
    /// RFC 9293's state.
    pub state: State,
    /// Whether `iss` and `nxt` mean anything yet.
    pub(super) knows: Known,
    /// Whether the other end acknowledged this end's SYN.
    pub syn_acked: bool,
    /// Whether the other end acknowledged this end's FIN.
    pub fin_acked: bool,
    /// Whether this end sent a SYN without ACK: an active open.
    pub opened: bool,
    /// Whether its latest SYN-ACK or FIN was a repetition not yet answered.
    pub(super) asks_again: bool,
    /// Whether it leaves checksums to the hardware.
    pub(super) leaves_checksums: bool,
    /// What its latest segment asks.
    pub(super) asks: Asks,
    /// Segments that it repeated, keep-alives and window probes, since the other
    /// end was last heard: 255 at most.
    pub(super) unanswered: u8,
    /// TTLs or hop limits of its segments that were no RSTs.
    pub(super) ttls: Ttls,
    /// SEG.WND of its latest segment that was no RST, unscaled.
    pub window: u16,
    /// ISS: the number of its SYN, or one before the first number seen.
    pub iss: SeqNum,
    /// SND.UNA: the highest number the other end acknowledged.
    pub una: SeqNum,
    /// SND.NXT: the highest SEG.SEQ + SEG.LEN it sent.
    pub nxt: SeqNum,
    /// How far its windows are shifted, once both SYNs have told.
    pub(super) shift: Option<u8>,
    /// The right edge of the window that it offers, as its latest segment with
    /// ACK tells (RFC 9293 §3.3.1: RCV.NXT + RCV.WND).
    pub(super) edge: SeqNum,
    /// The one before that.
    pub(super) edge_before: SeqNum,
    /// SEG.ACK of its latest segment with ACK.
    pub(super) ack: SeqNum,
    /// How often it has acknowledged that again, with the same window and without
    /// data (RFC 5681 §2): 255 at most.
    pub(super) duplicate_acks: u8,
    /// Whether its latest segment had SACK blocks: it asks for what is missing.
    pub(super) has_sack: bool,
    /// The number of its FIN.
    pub fin: Option<SeqNum>,
    /// The frame of its latest segment.
    pub last_frame: Option<NonZeroU64>,
    /// The frame with which it closed its window, while that is closed.
    pub(super) closed_window: Option<NonZeroU64>,
    /// Segments it sent.
    pub segments: u64,
    /// Segments with data, repeated ones included.
    pub data_segments: u64,
    /// Octets of data, repeated ones included.
    pub octets: u64,
    /// Octets of data that it had sent before.
    pub octets_again: u64,
    /// What it left out.
    pub(super) holes: Option<Box<Holes>>,
    /// Whether it tried the other end's closed window with the octet behind SND.NXT.
    pub(super) tries_octet: bool,
    /// Whether its numbers have gone so far from the first that what lies below that
    /// may be what comes next.
    pub(super) has_gone_far: bool,
    /// What happened to its segments.
    pub(super) incidents: Option<Box<Incidents>>,
    /// Its largest segments.
    pub(super) largest: Largest,
    /// In which order it sent.
    pub(super) sending: Sending,
    /// What it sent lately.
    pub(super) transmissions: Transmissions,
    /// How often the capture shows what it sent.
    pub(super) doubling: Doubling,
}

/// How the base of an end's relative numbers is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// Nothing was heard of it.
    Nothing,
    /// From an acknowledgment or from the middle of its data.
    Guess,
    /// From its SYN.
    Syn,
}

/// A quarter of all numbers, and a part of them.
const FAR: u32 = 1 << 30;
const NEAR: u32 = 1 << 27;

impl Default for Half {
    fn default() -> Self {
        Self {
            state: State::Unknown,
            knows: Known::Nothing,
            syn_acked: false,
            fin_acked: false,
            opened: false,
            asks_again: false,
            leaves_checksums: false,
            asks: Asks::Nothing,
            unanswered: 0,
            ttls: Ttls::default(),
            window: 0,
            iss: SeqNum::default(),
            una: SeqNum::default(),
            nxt: SeqNum::default(),
            shift: None,
            edge: SeqNum::default(),
            edge_before: SeqNum::default(),
            ack: SeqNum::default(),
            duplicate_acks: 0,
            has_sack: false,
            fin: None,
            last_frame: None,
            closed_window: None,
            segments: 0,
            data_segments: 0,
            octets: 0,
            octets_again: 0,
            tries_octet: false,
            has_gone_far: false,
            incidents: None,
            largest: Largest::default(),
            holes: None,
            sending: Sending::default(),
            transmissions: Transmissions::default(),
            doubling: Doubling::default(),
        }
    }
}

impl Half {
    /// What happened to its segments; `None` where nothing did.
    #[must_use]
    pub fn troubles(&self) -> Option<&Troubles> {
        let troubles = &self.incidents.as_deref()?.troubles;
        (*troubles != Troubles::default()).then_some(troubles)
    }

    /// What it sent and the other end did not take; `None` where it took all.
    #[must_use]
    pub fn not_taken(&self) -> Option<&AllNotTaken> {
        let not_taken = &self.incidents.as_deref()?.not_taken;
        (not_taken.count > 0).then_some(not_taken)
    }

    /// Octets of it that came with two texts, the first such; four at most.
    #[must_use]
    pub fn conflicts(&self) -> &[Conflict] {
        let incidents = self.incidents.as_deref();
        incidents.map_or(&[], |incidents| incidents.conflicts.first())
    }

    /// The latest segment of it that the other end did not take.
    pub(super) fn latest_not_taken(&self) -> Option<&NotTaken> {
        self.not_taken()?.latest()
    }

    /// The same, while the other end has not answered it.
    pub(super) fn awaits_answer(&self) -> Option<&NotTaken> {
        self.not_taken()?.awaiting()
    }

    /// Sights of its segments that were not the first: they count nowhere else.
    #[must_use]
    pub fn copies(&self) -> OtherSights {
        self.incidents
            .as_deref()
            .map_or_else(OtherSights::default, |incidents| incidents.copies)
    }

    /// What it sent again, and what arrived behind that.
    pub(super) fn oversize(&self) -> Option<&Oversize> {
        Some(&self.incidents.as_deref()?.oversize)
    }

    /// The times that it sent a number, with data or a FIN, the latest first; as far
    /// as they are remembered.
    pub fn transmissions_of(&self, number: SeqNum) -> impl Iterator<Item = &Transmission> {
        self.transmissions.of(number)
    }

    /// Whether its SYN was captured, so that `iss` is no guess.
    #[must_use]
    pub fn has_syn(&self) -> bool {
        self.knows == Known::Syn
    }

    /// Whether neither a segment of it nor one that proves its state was seen.
    pub(super) const fn is_unheard(&self) -> bool {
        matches!(self.state, State::Unknown) && self.segments == 0
    }

    /// Whether it is open, or was so when the capture began.
    pub(super) fn is_live(&self) -> bool {
        match self.state {
            State::Established => true,
            State::Unknown => self.segments > 0 && self.knows == Known::Guess,
            _ => false,
        }
    }

    pub(super) const fn is_over(&self) -> bool {
        self.state.is_over() || self.is_unheard()
    }

    /// Whether anything is known about its numbers.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.knows != Known::Nothing
    }

    /// How many of the `len` numbers from `start` on it sent before: all that
    /// were acknowledged, and those that were captured.
    pub(super) fn sent_between(&self, start: SeqNum, len: u32) -> u32 {
        if self.begins_behind(start) {
            // Of that nothing was seen, as far as is known.
            return 0;
        }
        let acked = (self.una - start).max(0).cast_unsigned().min(len);
        let up_to = (self.nxt - start).max(0).cast_unsigned().min(len);
        let behind = up_to.saturating_sub(acked);
        let left_out = self.holes.as_ref().map_or(0, |holes| {
            holes.between(start + acked, start + acked + behind)
        });
        acked + behind - left_out.min(behind)
    }

    /// How often something of it was acknowledged that was not captured.
    pub(super) fn missing(&self) -> u32 {
        if !self.is_known() {
            return 0;
        }
        let holes = self.holes.as_ref();
        let gaps = holes.map_or(0, |holes| holes.acknowledged(self.una));
        let is_behind = self.segments > 0 && self.lacks_acknowledged();
        u32::try_from(gaps).unwrap_or(u32::MAX) + u32::from(is_behind)
    }

    /// Whether a number lies below its first, and is none that comes round again: so
    /// near to that none gets where the capture lacks much, but by chance.
    pub(super) fn is_below(&self, seq: SeqNum) -> bool {
        let below = self.iss - seq;
        self.has_syn() && !self.has_gone_far && below > 0 && below.cast_unsigned() <= NEAR
    }

    /// Whether a number is so far from its first that it may come round.
    #[inline]
    pub(super) fn is_far(&self, seq: SeqNum) -> bool {
        seq.relative_to(self.iss) > FAR
    }

    /// Whether more of it was acknowledged than was captured.
    #[must_use]
    pub fn lacks_acknowledged(&self) -> bool {
        self.is_known() && self.una - self.shown_nxt() > 0
    }

    /// Octets of data that it sent by its numbers, captured or not; 0 where its SYN was
    /// not captured.
    #[must_use]
    pub fn octets_by_number(&self) -> u32 {
        if !self.has_syn() {
            return 0;
        }
        let highest = self.highest();
        let numbers = (highest - (self.iss + 1)).max(0).cast_unsigned();
        numbers.saturating_sub(u32::from(self.fin.is_some_and(|fin| highest - fin > 0)))
    }

    /// The number behind all that it is known to have sent, captured or not.
    pub(super) fn highest(&self) -> SeqNum {
        let shown = self.shown_nxt();
        if self.una - shown > 0 {
            self.una
        } else {
            shown
        }
    }

    /// Whether its FIN has a number behind octets that were not captured.
    pub(super) fn leaves_hole_before_fin(&self) -> bool {
        let first = self.iss + 1;
        self.has_syn()
            && self
                .fin
                .is_some_and(|fin| self.holes.is_some() && fin - first > 0)
    }

    /// Whether a number lies before the first that was seen of an end whose SYN was
    /// not captured: what has it was sent before the capture began, and not seen.
    pub(super) fn begins_behind(&self, seq: SeqNum) -> bool {
        self.knows == Known::Guess && seq - self.iss <= 0
    }

    /// Whether none of `len` numbers from `start` on was captured.
    pub(super) fn has_left_out(&self, start: SeqNum, len: u32) -> bool {
        let holes = self.holes.as_ref();
        holes.is_some_and(|holes| holes.between(start, start + len) == len)
    }

    /// SND.NXT, as any of its segments shows it: a bare acknowledgment stands
    /// there, be it that the data before it was not captured.
    #[inline]
    pub(super) fn shown_nxt(&self) -> SeqNum {
        match &self.holes {
            None => self.nxt,
            Some(holes) => holes.shown_from(self.nxt),
        }
    }

    /// Whether a RST counts for it. In SYN-SENT only one that acknowledges the
    /// SYN does (RFC 9293 §3.10.7.3).
    pub(super) fn heeds_reset(&self, reset: &Segment<'_>) -> bool {
        self.state != State::SynSent || reset.is_ack() && self.has_sent_up_to(reset.ack)
    }

    /// Whether its SYN and no more than it sent stands before `end`.
    pub(super) fn has_sent_up_to(&self, end: SeqNum) -> bool {
        end - self.iss > 0 && end - self.nxt <= 0
    }

    /// The frame with which it closed its window, while that is closed.
    #[must_use]
    pub const fn window_closed_by(&self) -> Option<NonZeroU64> {
        self.closed_window
    }

    /// How often it has repeated itself, keep-alives and window probes included,
    /// since the other end was last heard; 255 at most.
    #[must_use]
    pub const fn unanswered(&self) -> u8 {
        self.unanswered
    }

    /// The number after its FIN, which acknowledges it.
    #[must_use]
    pub fn fin_end(&self) -> Option<SeqNum> {
        self.fin.map(|fin| fin + 1)
    }

    /// Whether a segment that it sent to `other` tells its window: an older one
    /// that was overtaken does not (RFC 9293 §3.10.7.4).
    pub(super) fn tells_window(segment: &Segment<'_>, other: &Self) -> bool {
        let is_older = other.is_known() && segment.ack - other.una < 0;
        segment.is_ack() && !segment.flags.any(Flags::SYN | Flags::RST) && !is_older
    }

    /// Whether a segment that it sent to `other` opens its closed window.
    pub(super) fn opens_window(&self, segment: &Segment<'_>, other: &Self) -> bool {
        self.closed_window.is_some() && segment.window > 0 && Self::tells_window(segment, other)
    }

    /// Octets of data that it sent, repeated ones counted once.
    #[must_use]
    pub const fn octets_once(&self) -> u64 {
        self.octets.saturating_sub(self.octets_again)
    }

    /// What share of its octets it had sent before, in millionths; `None` where none.
    #[must_use]
    pub fn share_again(&self) -> Option<u32> {
        let share = u128::from(self.octets_again) * 1_000_000 / u128::from(self.octets.max(1));
        let is_some = self.octets_again > 0;
        is_some.then(|| u32::try_from(share).unwrap_or(1_000_000).min(1_000_000))
    }

    /// Octets of data it sent and the other end has not acknowledged; gaps in
    /// the capture are counted as sent.
    #[must_use]
    pub fn unacknowledged(&self) -> u32 {
        if !self.is_known() || self.segments == 0 {
            return 0;
        }
        let numbers = (self.nxt - self.una).max(0).cast_unsigned();
        let syn = u32::from(self.has_syn() && !self.syn_acked);
        let fin = u32::from(self.fin.is_some() && !self.fin_acked);
        numbers.saturating_sub(syn + fin)
    }
}
