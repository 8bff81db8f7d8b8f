//! Wireshark's analysis of a segment: what the [rules](super::rules) find, and
//! the numbers that go with it.

use serde::{Deserialize, Serialize};

use crate::flags::Flags;
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::time::{Span, Timestamp};
use crate::track::Observation;
use crate::track::flow::{Dir, Flow};
use crate::track::outstanding::{Acked, Sent};
use crate::track::rules::{Finding, Findings, Look};
use crate::track::trail::{self, Seen};

/// What is found before the connection goes on.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Found {
    pub(super) findings: Findings,
    pub(super) rto: Option<Acked>,
    /// When, counted from the beginning of the connection.
    pub(super) now: Span,
    end: SeqNum,
}

/// What Wireshark believes to be in flight at most.
const MOST_IN_FLIGHT: u32 = 2_000_000_000;

const EPOCH: Timestamp = Timestamp::new(0, 0);

/// The time between the last SYN and the first ACK.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(super) struct InitialRtt {
    /// When the latest SYN without ACK came.
    syn_at: Option<Span>,
    /// 0 where it is unknown.
    pub(super) rtt: Span,
}

impl InitialRtt {
    /// Whether no acknowledgment has anything to tell about it.
    #[inline]
    pub(super) fn is_settled(&self) -> bool {
        self.rtt != Span(0) || self.syn_at.is_none()
    }

    fn learn(&mut self, segment: &Segment<'_>, now: Span) {
        let is_syn = segment.flags.has(Flags::SYN);
        match (is_syn, segment.is_ack()) {
            // Wireshark takes the epoch for no time.
            (true, false) => self.syn_at = Some(now).filter(|_| segment.time != EPOCH),
            (false, true) if self.rtt == Span(0) => {
                if let Some(syn_at) = self.syn_at {
                    self.rtt = Span(now.0.saturating_sub(syn_at.0));
                }
            }
            _ => {}
        }
    }
}

impl Found {
    /// Nothing, about a usual segment.
    #[inline]
    pub(super) fn nothing(segment: &Segment<'_>, now: Span) -> Self {
        Self {
            now,
            end: segment.seq + segment.payload_len,
            ..Self::default()
        }
    }
}

impl Flow {
    /// What the rules find about a segment of direction `dir`.
    pub(super) fn look(&mut self, dir: Dir, segment: &Segment<'_>, reuses_ports: bool) -> Found {
        let now = segment.time - self.first;
        let (sender, _) = self.ends_mut(dir);
        if segment.flags.has(Flags::SYN) && !segment.is_ack() && sender.is_known() {
            sender.trail.restart();
        }
        // Wireshark's other case: the SYN-ACK of a connection that it takes for
        // the same.
        let sender = self.sender(dir);
        let is_syn_ack = segment.flags.has(Flags::SYN) && segment.is_ack();
        let restarts = is_syn_ack && sender.is_known() && sender.iss != segment.seq;
        let look = Look {
            segment,
            sender: self.sender(dir),
            receiver: self.receiver(dir),
            now,
            initial_rtt: self.initial_rtt.rtt,
            reuses_ports: reuses_ports || restarts,
        };
        let findings = Findings::of(&look);
        let found = Found {
            findings,
            rto: rto(&look, findings),
            now,
            end: look.end(),
        };
        self.initial_rtt.learn(segment, now);
        found
    }

    /// Goes on by a segment, for the next look; what it acknowledges.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "of a usual segment little is left of it"
    )]
    pub(super) fn follow(
        &mut self,
        dir: Dir,
        segment: &Segment<'_>,
        found: &Found,
    ) -> Option<Acked> {
        let (sender, receiver) = self.ends_mut(dir);
        let mut seen = Seen {
            segment,
            findings: found.findings,
            now: found.now,
            end: found.end,
        };
        if segment.seq != seen.end {
            if sender.outstanding.is_full() {
                seen.end = segment.seq + segment.payload_len;
            } else {
                sender.outstanding.sent(Sent {
                    frame: segment.frame,
                    at: found.now,
                    start: segment.seq,
                    end: seen.end,
                });
            }
        }
        sender.trail.mptcp_known = sender.trail.mptcp | receiver.trail.mptcp;
        sender.trail.sends(&seen);
        receiver.trail.receives(segment);
        if segment.flags.has(Flags::SYN) {
            trail::learn_scales(&mut sender.trail.scale, &mut receiver.trail.scale, segment);
            sender.trail.sent_data_with_cookie |=
                segment.payload_len > 0 && found.findings.has(Finding::TfoSyn);
        }
        receiver.outstanding.acknowledge(segment.ack, found.now)
    }

    /// From the latest SYN to the first segment that acknowledges without
    /// being a SYN: Wireshark's `tcp.analysis.initial_rtt`.
    #[must_use]
    pub fn initial_rtt(&self) -> Option<Span> {
        Some(self.initial_rtt.rtt).filter(|rtt| *rtt != Span(0))
    }
}

/// How long the octets that are sent again were waited for: since the oldest
/// segment that is not acknowledged.
fn rto(look: &Look<'_>, findings: Findings) -> Option<Acked> {
    let is_other = |finding| findings.has(finding);
    if !is_other(Finding::Retransmission)
        || is_other(Finding::FastRetransmission)
        || is_other(Finding::SpuriousRetransmission)
    {
        return None;
    }
    let trail = &look.sender.trail;
    let (frame, since) = match look.sender.outstanding.oldest() {
        Some(oldest) => (oldest.frame.get(), oldest.at),
        None => (trail.next_frame, trail.next_at),
    };
    let after = Span(look.now.0.saturating_sub(since.0));
    Some(Acked { frame, after }).filter(|rto| rto.after != Span(0))
}

impl Observation<'_> {
    /// Octets in flight behind a segment with data, as far as all was captured
    /// (Wireshark's `tcp.analysis.bytes_in_flight`).
    #[must_use]
    #[inline]
    pub fn bytes_in_flight(&self) -> Option<u32> {
        let segment = self.segment;
        let (sender, receiver) = (self.flow.sender(self.dir), self.flow.receiver(self.dir));
        if segment.payload_len == 0 || !sender.trail.tells_flight {
            return None;
        }
        let span = sender.outstanding.span(sender.iss);
        let in_flight = span.wrapping_sub(receiver.trail.sacked);
        let control = segment.flags.any(Flags::SYN | Flags::FIN);
        // Zero is nothing to be said, before and after SYN or FIN is left out.
        let octets = in_flight.checked_sub(u32::from(control));
        octets.filter(|&octets| octets > 0 && in_flight < MOST_IN_FLIGHT)
    }

    /// Whether Wireshark has something to say of the segment. It leaves out what
    /// it knows of the connection where it has not.
    #[must_use]
    #[inline]
    pub fn is_analysed(&self) -> bool {
        let segment = self.segment;
        let (sender, receiver) = (self.flow.sender(self.dir), self.flow.receiver(self.dir));
        let is_counted = segment.payload_len > 0 && sender.trail.tells_flight;
        let is_syn = segment.flags.has(Flags::SYN) && !segment.is_ack();
        is_counted
            || is_syn
            || self.acked.is_some()
            || self.findings.is_of_numbers()
            || receiver.trail.is_overtaken_by(segment)
    }

    /// Of a duplicate acknowledgment, its place among those and the frame that
    /// acknowledged the same first.
    #[must_use]
    #[inline]
    pub fn duplicate_ack(&self) -> Option<(u32, u64)> {
        let trail = &self.flow.sender(self.dir).trail;
        let is_one = self.findings.has(Finding::DuplicateAck);
        is_one.then_some((trail.duplicate_acks, trail.ack_frame))
    }
}
