//! What the receiver of a segment does not take, and why: the values, see `look/`
//! for how that is found.
//!
//! A capture shows what passed, and an end goes on by what it accepts. Between two
//! kernels that is the same; scanners, firewalls, injectors and old connections part
//! the two (RFC 9293 §3.10.7, RFC 5961).

use std::num::NonZeroU64;

use crate::segment::Segment;
use crate::seq::SeqNum;

/// Why the receiver of a segment does not take it, as far as the capture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unacceptable {
    /// It acknowledges a number that was never sent (RFC 9293 §3.10.7.4, fifth).
    AckOfUnsent,
    /// It acknowledges a number below the initial one (RFC 5961 §5.2).
    AckBelowInitial,
    /// It answers a SYN, has none itself and acknowledges another number: it is of a
    /// connection from before (RFC 9293 §3.5.1, figure 9).
    OldConnection,
    /// A SYN-ACK that acknowledges another number than that of the SYN (RFC 9293
    /// §3.10.7.3, first).
    WrongSynAck,
    /// Its number lies outside the window (RFC 9293 §3.10.7.4, first).
    OutsideWindow,
    /// Its number lies below the initial one: no octets of this connection.
    BelowInitial,
    /// A segment without ACK where both ends have sent their SYN (RFC 9293
    /// §3.10.7.4, fifth).
    WithoutAck,
    /// A SYN on a connection (RFC 5961 §4.2).
    SynOnConnection,
    /// A RST whose number lies outside the window (RFC 5961 §3.2, 1).
    ResetOutsideWindow,
    /// A RST whose number lies in the window and is not the expected one (RFC 5961
    /// §3.2, 3).
    ResetNotExpected,
    /// A RST that does not acknowledge the SYN which it would have to answer (RFC
    /// 9293 §3.10.7.3, second).
    ResetOfNoSyn,
}

/// What a receiver has to send for a segment that it does not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// An ACK with what it expects (RFC 9293 §3.10.7.4).
    Ack,
    /// The same to make sure that its sender is who it seems to be (RFC 5961).
    ChallengeAck,
    /// A RST (RFC 9293 §3.5.2, group 2).
    Reset,
    /// Nothing: the segment is dropped.
    Nothing,
}

impl Unacceptable {
    /// Each of them.
    pub const ALL: [Self; 11] = [
        Self::AckOfUnsent,
        Self::AckBelowInitial,
        Self::OldConnection,
        Self::WrongSynAck,
        Self::OutsideWindow,
        Self::BelowInitial,
        Self::WithoutAck,
        Self::SynOnConnection,
        Self::ResetOutsideWindow,
        Self::ResetNotExpected,
        Self::ResetOfNoSyn,
    ];

    /// The word for scripts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::AckOfUnsent => "ack_of_unsent",
            Self::AckBelowInitial => "ack_below_initial",
            Self::OldConnection => "old_connection",
            Self::WrongSynAck => "wrong_syn_ack",
            Self::OutsideWindow => "outside_window",
            Self::BelowInitial => "below_initial",
            Self::WithoutAck => "without_ack",
            Self::SynOnConnection => "syn_on_connection",
            Self::ResetOutsideWindow => "reset_outside_window",
            Self::ResetNotExpected => "reset_not_expected",
            Self::ResetOfNoSyn => "reset_of_no_syn",
        }
    }
}

impl Reply {
    /// The word for scripts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ack => "ack",
            Self::ChallengeAck => "challenge_ack",
            Self::Reset => "reset",
            Self::Nothing => "nothing",
        }
    }
}

/// A segment that its receiver does not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotTaken {
    /// Why.
    pub why: Unacceptable,
    /// What the receiver has to answer.
    pub due: Reply,
    /// Its frame.
    pub frame: NonZeroU64,
    pub(super) seq: SeqNum,
    pub(super) end: SeqNum,
    pub(super) ack: SeqNum,
}

/// The most of them that are kept of an end.
const MOST: usize = 4;

/// What an end sent and the other did not take: the first of it, and the latest.
#[derive(Debug, Clone, Default)]
pub struct AllNotTaken {
    first: Vec<NotTaken>,
    latest: Option<NotTaken>,
    /// How many there were.
    pub count: u32,
    /// Whether the latest was answered as it had to be.
    pub(super) is_answered: bool,
}

impl NotTaken {
    pub(super) fn of(segment: &Segment<'_>, why: Unacceptable, due: Reply) -> Self {
        Self {
            why,
            due,
            frame: segment.frame,
            seq: segment.seq,
            end: segment.end(),
            ack: segment.ack,
        }
    }
}

impl AllNotTaken {
    /// Takes one more.
    pub(super) fn take(&mut self, one: NotTaken) {
        self.count = self.count.saturating_add(1);
        self.latest = Some(one);
        self.is_answered = false;
        if self.first.len() < MOST {
            self.first.push(one);
        }
    }

    /// The first of them, four at most.
    #[must_use]
    pub fn first(&self) -> &[NotTaken] {
        &self.first
    }

    /// Whether a frame is among the first, for this reason.
    pub(super) fn has(&self, frame: NonZeroU64, why: Unacceptable) -> bool {
        let mut first = self.first.iter();
        first.any(|one| one.frame == frame && one.why == why)
    }

    /// The latest.
    pub(super) const fn latest(&self) -> Option<&NotTaken> {
        self.latest.as_ref()
    }

    /// The latest, while no answer to it has come.
    pub(super) fn awaiting(&self) -> Option<&NotTaken> {
        self.latest.as_ref().filter(|_| !self.is_answered)
    }
}
