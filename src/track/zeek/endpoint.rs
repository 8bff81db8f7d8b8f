//! One end as Zeek sees it: seven states, coarser than RFC 9293's, and three
//! sequence numbers.

use crate::flags::Flags;
use crate::seq::SeqNum;

/// How far a SYN or RST may jump and still be believed, in octets.
const FARTHEST_JUMP: i32 = 1 << 20;

/// What the segments of an end, and the answers to them, have come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Stage {
    /// Nothing that counts was seen.
    #[default]
    Inactive,
    /// A SYN, unanswered.
    SynSent,
    /// A SYN-ACK from the end that should have sent a SYN.
    SynAckSent,
    /// Segments, but no SYN.
    Partial,
    /// A SYN and its answer.
    Established,
    /// A FIN.
    Closed,
    /// A RST.
    Reset,
}

impl Stage {
    /// Whether the SYN is missing.
    pub(super) const fn is_idle(self) -> bool {
        matches!(self, Self::Inactive | Self::Partial)
    }
}

/// What a segment is to the numbers of its sender.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach {
    pub(super) flags: Flags,
    /// The first number.
    pub(super) start: SeqNum,
    /// The number after the last one; data in a RST does not count.
    pub(super) end: SeqNum,
}

/// One end.
#[derive(Debug, Clone, Default)]
pub(super) struct Endpoint {
    pub(super) stage: Stage,
    /// The stage before.
    pub(super) earlier: Stage,
    /// Which letters were written that are not written again.
    pub(super) written: u8,
    /// Whether a segment of it was seen.
    pub(super) is_heard: bool,
    /// Whether more than half of the sequence space was used, so that a number
    /// before `start` is one behind it.
    is_far: bool,
    /// Whether data is no longer put in order: there is too much without an
    /// acknowledgment.
    pub(super) is_skipped: bool,
    /// The number of its SYN, or one before the first number seen.
    start: SeqNum,
    /// The number after the last one.
    last: SeqNum,
    /// The highest number acknowledged.
    acked: SeqNum,
    /// The number after its FIN, counted from `start`.
    pub(super) fin_end: Option<u32>,
    /// Up to where its data is complete, or given up, counted from `start`.
    pub(super) complete: u32,
    /// Up to where acknowledgments were looked at, counted from `start`.
    pub(super) trimmed: u32,
    /// Where its latest SYN, FIN and RST stood, counted from `start`.
    pub(super) syn_at: u32,
    pub(super) fin_at: u32,
    pub(super) reset_at: u32,
    /// How often it sent data again, offered no window, and left data out.
    pub(super) repeats: u32,
    pub(super) zero_windows: u32,
    pub(super) gaps: u32,
}

impl Endpoint {
    /// Data begins one behind the SYN.
    pub(super) fn new() -> Self {
        Self {
            complete: 1,
            trimmed: 1,
            ..Self::default()
        }
    }

    pub(super) fn enter(&mut self, stage: Stage) {
        if stage != self.stage {
            self.earlier = self.stage;
            self.stage = stage;
        }
    }

    /// Takes its numbers from the first segment, or anew from a SYN that comes
    /// before the connection was closed.
    pub(super) fn begin(&mut self, reach: Reach) {
        let is_syn = reach.flags.has(Flags::SYN);
        match self.stage {
            // One before the first number stands for the SYN; the first
            // segment must not look like a repetition.
            Stage::Inactive if !is_syn => self.begin_at(reach.start.previous(), reach.start),
            Stage::Inactive => self.begin_at(reach.start, reach.end),
            Stage::SynSent | Stage::SynAckSent if is_syn && reach.start != self.start => {
                self.begin_at(reach.start, reach.end);
            }
            Stage::Established | Stage::Partial if is_syn => {
                self.begin_at(reach.start, reach.end);
            }
            Stage::Reset if is_syn && self.earlier == Stage::Inactive => {
                self.begin_at(reach.start, reach.end);
            }
            _ => {}
        }
    }

    /// Takes its numbers from the first acknowledgment of them.
    pub(super) fn begin_before(&mut self, ack: SeqNum) {
        self.begin_at(ack.previous(), ack.previous());
    }

    fn begin_at(&mut self, start: SeqNum, last: SeqNum) {
        self.start = start;
        self.acked = start;
        self.last = last;
        self.is_far = false;
    }

    /// `number` counted from the SYN; `None` where it stands before it.
    pub(super) fn offset(&self, number: SeqNum) -> Option<u32> {
        (self.is_far || number - self.start >= 0).then(|| number.relative_to(self.start))
    }

    /// `number` counted from the SYN on the circle.
    pub(super) fn circular_offset(&self, number: SeqNum) -> u32 {
        number.relative_to(self.start)
    }

    /// Takes an acknowledgment of its data. A number 0 far ahead is more likely
    /// a header field nobody filled in.
    pub(super) fn acknowledge(&mut self, ack: SeqNum) {
        let ahead = ack - self.acked;
        if ahead > 0 && !(ack == SeqNum(0) && ahead > FARTHEST_JUMP) {
            self.acked = ack;
            self.is_far |= ack - self.start < 0;
        }
    }

    /// What was acknowledged, counted from the SYN.
    pub(super) fn acked_offset(&self) -> u32 {
        self.acked.relative_to(self.start)
    }

    /// Whether none of its data was acknowledged.
    pub(super) fn has_nothing_acked(&self) -> bool {
        self.acked_offset() <= 1
    }

    /// Moves on to the end of a segment; whether its data was sent before.
    pub(super) fn send(&mut self, reach: Reach, has_data: bool) -> bool {
        let ahead = reach.end - self.last;
        let is_control = reach.flags.any(Flags::SYN | Flags::RST);
        if is_control && !(-FARTHEST_JUMP..=FARTHEST_JUMP).contains(&ahead) {
            return false;
        }
        let is_first_fin = reach.flags.has(Flags::FIN) && self.last == self.start + 1;
        if !is_first_fin && self.stage == Stage::Reset {
            return false;
        }
        if is_first_fin || ahead > 0 {
            self.is_far |= reach.end - self.start < 0;
            self.last = reach.end;
            return false;
        }
        has_data
    }

    /// Whether `len` octets from `seq` on are the next ones, and nothing before
    /// them is missing or waits for the first acknowledgment.
    #[inline]
    pub(super) fn can_continue(&self, seq: SeqNum, len: u32) -> bool {
        seq == self.last
            && (len == 0
                || !self.is_skipped
                    && !self.has_nothing_acked()
                    && seq.relative_to(self.start) == self.complete)
    }

    /// Takes the next `len` octets, see [`can_continue`](Self::can_continue).
    #[inline]
    pub(super) fn continue_by(&mut self, len: u32) {
        if len > 0 {
            self.last = self.last + len;
            self.complete = self.complete.wrapping_add(len);
            self.is_far |= self.last - self.start < 0;
        }
    }

    /// Whether everything before `ack` was seen, and none of it is a FIN.
    #[inline]
    pub(super) fn can_acknowledge(&self, ack: SeqNum) -> bool {
        let from = |number: u32| self.circular_offset(ack).wrapping_sub(number).cast_signed();
        self.fin_end.is_none()
            && ack != SeqNum(0)
            && from(self.complete) <= 0
            && from(self.trimmed) >= 0
            && ack - self.acked >= 0
    }

    /// Takes an acknowledgment, see [`can_acknowledge`](Self::can_acknowledge).
    #[inline]
    pub(super) fn acknowledge_seen(&mut self, ack: SeqNum) {
        self.acked = ack;
        self.trimmed = self.circular_offset(ack);
        self.is_far |= ack - self.start < 0;
    }

    /// Octets of data, by its numbers.
    pub(super) fn size(&self, peer: &Self) -> u32 {
        let is_discovered_half_open = self.earlier == Stage::SynSent
            && self.stage == Stage::Reset
            && peer.stage == Stage::Inactive
            && !self.has_nothing_acked();
        if is_discovered_half_open {
            return 0;
        }
        let farthest = if self.last - self.acked > 0 {
            self.last
        } else {
            self.acked
        };
        let control = 1 + u32::from(self.fin_end.is_some());
        farthest.relative_to(self.start).saturating_sub(control)
    }

    /// Opened, and not closed by a RST.
    pub(super) fn is_clean(&self) -> bool {
        self.stage == Stage::Established
            || self.stage == Stage::Closed && self.earlier == Stage::Established
    }
}
