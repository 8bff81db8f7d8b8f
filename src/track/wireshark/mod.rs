//! What Wireshark says of a segment: its analysis (`tcp.analysis.*`), by its
//! rules and with its oddities.
//!
//! A room of its own: the state here is Wireshark's, reads what is ours and is
//! read by nothing of ours. Where it is wrong about what happened it stays wrong,
//! as far as the program itself is; what really happened is said elsewhere.

pub mod acked;
pub mod analysis;
mod case;
mod end;
pub mod finding;
mod opening;
mod outstanding;
pub mod rule;
pub mod rules;
mod trail;

use crate::flags::Flags;
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::time::{Span, Timestamp};
use crate::track::dir::Dir;
use crate::track::wireshark::acked::Acked;
use crate::track::wireshark::case::Case;
use crate::track::wireshark::end::WiresharkEnd;
use crate::track::wireshark::finding::{Finding, Findings};
use crate::track::wireshark::opening::Opening;
use crate::track::wireshark::outstanding::Unacked;
use crate::track::wireshark::trail::Seen;

/// What Wireshark keeps of a connection.
#[derive(Debug, Clone, Default)]
pub struct Wireshark {
    client: WiresharkEnd,
    server: WiresharkEnd,
    opening: Opening,
}

/// What is found about a segment before the connection goes on by it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Found {
    pub(super) findings: Findings,
    /// Of a retransmission that nobody asked for, the segment that was waited
    /// for, and how long.
    pub(super) rto: Option<Acked>,
    /// When, counted from the beginning of the connection.
    now: Span,
    /// The number behind the segment.
    end: SeqNum,
    /// Whether it is a SYN sent again.
    restarts: bool,
}

impl Wireshark {
    /// What Wireshark keeps of a connection whose first segment was captured at a
    /// time.
    pub(super) fn begin(first: Timestamp) -> Self {
        Self {
            opening: Opening::begin(first),
            ..Self::default()
        }
    }

    /// What the rules find about a segment of direction `dir`. `reuses_ports` where
    /// the connection begins with it, between ports that had one before.
    #[inline]
    pub(super) fn look(&self, dir: Dir, segment: &Segment<'_>, reuses_ports: bool) -> Found {
        let now = self.opening.now(segment);
        if self.is_usual(dir, segment) {
            return Found {
                now,
                end: segment.seq + segment.payload_len,
                ..Found::default()
            };
        }
        self.look_closely(dir, segment, reuses_ports)
    }

    /// The same of a segment that may be any.
    #[inline(never)]
    pub(super) fn look_closely(
        &self,
        dir: Dir,
        segment: &Segment<'_>,
        reuses_ports: bool,
    ) -> Found {
        let now = self.opening.now(segment);
        let (sender, receiver) = self.ends(dir);
        let is_syn = segment.flags.has(Flags::SYN);
        let restarts = is_syn && !segment.is_ack() && sender.base.is_some();
        let next = if restarts {
            sender.trail.captured_up_to
        } else {
            sender.trail.next
        };
        // Wireshark's other case: the SYN-ACK of a connection that it takes for
        // the same.
        let is_other = sender.base.is_some_and(|base| base != segment.seq);
        let begins_anew = is_syn && segment.is_ack() && is_other;
        let case = Case {
            segment,
            sender,
            receiver,
            next,
            receiver_iss: receiver.base,
            now,
            initial_rtt: self.opening.initial_rtt().unwrap_or_default(),
            reuses_ports: reuses_ports || begins_anew,
        };
        let findings = rules::find(&case);
        Found {
            findings,
            rto: rto(&case, findings),
            now,
            end: case.end(),
            restarts,
        }
    }

    /// Whether no rule can find anything about a segment, as about nearly all:
    /// data in order that there is room for, or an acknowledgment of something
    /// new.
    #[inline]
    fn is_usual(&self, dir: Dir, segment: &Segment<'_>) -> bool {
        let (sender, receiver) = self.ends(dir);
        let (sent, other) = (&sender.trail, &receiver.trail);
        if !segment.is_plain() || segment.seq != sent.next || other.is_overtaken_by(segment) {
            return false;
        }
        if segment.payload_len == 0 {
            return segment.ack != sent.ack;
        }
        let end = segment.seq + segment.payload_len;
        other.window != Some(0) && end - other.ack > 0 && end != other.ack + other.offered_window()
    }

    /// Goes on by a segment, for the next look; what it acknowledges.
    #[inline]
    pub(super) fn follow(
        &mut self,
        dir: Dir,
        segment: &Segment<'_>,
        found: &Found,
    ) -> Option<Acked> {
        if segment.flags.has(Flags::SYN) || !self.knows_opening() {
            self.learn_opening(dir, segment, found.now);
        }
        let (sender, receiver) = self.ends_mut(dir);
        if found.restarts {
            sender.trail.restart();
        }
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
                sender.outstanding.sent(Unacked {
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

    /// Gives back memory that is not used, when the connection is over.
    pub(super) fn shrink(&mut self) {
        self.client.outstanding.shrink();
        self.server.outstanding.shrink();
    }

    /// Whether no segment but a SYN has more to tell of how it was opened.
    #[inline]
    fn knows_opening(&self) -> bool {
        self.client.base.is_some() && self.server.base.is_some() && self.opening.is_settled()
    }

    /// Takes what a segment tells of how it was opened.
    #[cold]
    fn learn_opening(&mut self, dir: Dir, segment: &Segment<'_>, now: Span) {
        self.opening.take(segment, now);
        let (sender, receiver) = self.ends_mut(dir);
        sender.count_from(segment);
        if segment.is_ack() {
            let before = segment.ack.previous();
            receiver.base.get_or_insert(before);
        }
    }

    /// `seq` of direction `dir` as Wireshark counts it, from its base.
    pub(super) fn relative_seq(&self, dir: Dir, seq: SeqNum) -> u32 {
        let (sender, _) = self.ends(dir);
        seq.relative_to(sender.base.unwrap_or_default())
    }

    /// Sender and receiver of direction `dir`.
    const fn ends(&self, dir: Dir) -> (&WiresharkEnd, &WiresharkEnd) {
        match dir {
            Dir::ToServer => (&self.client, &self.server),
            Dir::ToClient => (&self.server, &self.client),
        }
    }

    const fn ends_mut(&mut self, dir: Dir) -> (&mut WiresharkEnd, &mut WiresharkEnd) {
        match dir {
            Dir::ToServer => (&mut self.client, &mut self.server),
            Dir::ToClient => (&mut self.server, &mut self.client),
        }
    }
}

/// How long the octets that are sent again were waited for: since the oldest
/// segment that is not acknowledged.
fn rto(case: &Case<'_>, findings: Findings) -> Option<Acked> {
    if !findings.has(Finding::Retransmission)
        || findings.has(Finding::FastRetransmission)
        || findings.has(Finding::SpuriousRetransmission)
    {
        return None;
    }
    let trail = &case.sender.trail;
    let (frame, since) = match case.sender.outstanding.oldest() {
        Some(oldest) => (oldest.frame, oldest.at),
        None => (trail.next_frame?, trail.next_at),
    };
    let after = Span(case.now.0.saturating_sub(since.0));
    Some(Acked { frame, after }).filter(|rto| rto.after != Span(0))
}
