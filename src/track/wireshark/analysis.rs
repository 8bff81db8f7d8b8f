//! Wireshark's analysis of a segment, as it is shown: what the rules found, and
//! the numbers that go with it.

use crate::flags::Flags;
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::time::Span;
use crate::track::dir::Dir;
use crate::track::wireshark::Wireshark;
use crate::track::wireshark::acked::Acked;
use crate::track::wireshark::end::WiresharkEnd;
use crate::track::wireshark::finding::{Finding, Findings};

/// What Wireshark believes to be in flight at most.
const MOST_IN_FLIGHT: u32 = 2_000_000_000;

/// Wireshark's analysis of a segment.
#[derive(Debug, Clone, Copy)]
pub struct Analysis<'t> {
    /// What the rules found.
    pub findings: Findings,
    /// The segment that it acknowledges exactly (`acks_frame` and `ack_rtt`).
    pub acked: Option<Acked>,
    /// Of a retransmission that nobody asked for, the segment that was waited
    /// for, and how long.
    pub rto: Option<Acked>,
    segment: &'t Segment<'t>,
    dir: Dir,
    kept: &'t Wireshark,
    sender: &'t WiresharkEnd,
    receiver: &'t WiresharkEnd,
}

impl<'t> Analysis<'t> {
    /// The analysis of a segment of direction `dir` by which what Wireshark keeps
    /// of the connection has gone on.
    #[inline]
    pub(in crate::track) fn new(
        kept: &'t Wireshark,
        dir: Dir,
        segment: &'t Segment<'t>,
        found: (Findings, Option<Acked>, Option<Acked>),
    ) -> Self {
        let (sender, receiver) = kept.ends(dir);
        let (findings, acked, rto) = found;
        Self {
            findings,
            acked,
            rto,
            segment,
            dir,
            kept,
            sender,
            receiver,
        }
    }

    /// Octets in flight behind a segment with data, as far as all was captured
    /// (`tcp.analysis.bytes_in_flight`).
    #[must_use]
    #[inline]
    pub fn bytes_in_flight(&self) -> Option<u32> {
        if self.segment.payload_len == 0 || !self.sender.trail.tells_flight {
            return None;
        }
        let in_flight = self
            .sender
            .outstanding
            .span(self.sender.base.unwrap_or_default())
            .wrapping_sub(self.receiver.trail.sacked);
        let control = self.segment.flags.any(Flags::SYN | Flags::FIN);
        // Zero is nothing to be said, before and after SYN or FIN is left out.
        let octets = in_flight.checked_sub(u32::from(control));
        octets.filter(|&octets| octets > 0 && in_flight < MOST_IN_FLIGHT)
    }

    /// The round trip of the handshake (`tcp.analysis.initial_rtt`), where
    /// Wireshark shows it: it leaves it out where it has nothing to say of the
    /// segment.
    #[must_use]
    #[inline]
    pub fn initial_rtt(&self) -> Option<Span> {
        let round_trip = self.kept.opening.initial_rtt();
        round_trip.filter(|_| self.has_anything())
    }

    /// Its number, counted from the sender's first (`tcp.seq`).
    #[must_use]
    #[inline]
    pub fn relative_seq(&self) -> u32 {
        self.kept.relative_seq(self.dir, self.segment.seq)
    }

    /// Its acknowledgment, counted from the receiver's first (`tcp.ack`); as it is
    /// where it acknowledges nothing.
    #[must_use]
    #[inline]
    pub fn relative_ack(&self) -> u32 {
        if self.segment.is_ack() {
            self.relative_edge(self.segment.ack)
        } else {
            self.segment.ack.0
        }
    }

    /// A number of the receiver's, as an acknowledgment or a SACK block has it,
    /// counted from its first.
    #[must_use]
    #[inline]
    pub fn relative_edge(&self, edge: SeqNum) -> u32 {
        self.kept.relative_seq(self.dir.reverse(), edge)
    }

    #[inline]
    fn has_anything(&self) -> bool {
        let is_counted = self.segment.payload_len > 0 && self.sender.trail.tells_flight;
        let is_syn = self.segment.flags.has(Flags::SYN) && !self.segment.is_ack();
        is_counted
            || is_syn
            || self.acked.is_some()
            || self.findings.is_of_numbers()
            || self.receiver.trail.is_overtaken_by(self.segment)
    }

    /// Of a duplicate acknowledgment, its place among those and the frame that
    /// acknowledged the same first; 0 where that was not seen.
    #[must_use]
    #[inline]
    pub fn duplicate_ack(&self) -> Option<(u32, u64)> {
        let trail = &self.sender.trail;
        let is_one = self.findings.has(Finding::DuplicateAck);
        let frame = trail.ack_frame.map_or(0, std::num::NonZeroU64::get);
        is_one.then_some((trail.duplicate_acks, frame))
    }

    /// The window that the segment offers, in octets (`tcp.window_size`). A SYN
    /// that was not captured is taken to scale windows as the other one does,
    /// which may be wrong: see [`Flow::window`](crate::track::flow::Flow::window).
    #[must_use]
    #[inline]
    pub fn window(&self) -> u32 {
        let is_syn = self.segment.flags.has(Flags::SYN);
        let shift = if is_syn { 0 } else { self.sender.trail.shift };
        u32::from(self.segment.window) << shift
    }
}
