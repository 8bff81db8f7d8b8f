//! What the segments of one end leave behind for the [rules](super::rules):
//! the state of Wireshark's analysis, one for each direction.
//!
//! Its numbers are Wireshark's and not always right: 0 stands for unknown, so
//! that a connection whose numbers pass through 0 is judged as Wireshark
//! judges it. What is right stands in [`Half`](crate::track::half::Half).

use std::num::NonZeroU64;

use crate::flags::Flags;
use crate::options::{TcpOption, TcpOptions, kind};
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::time::Span;
use crate::track::offer::MAX_SCALE;
use crate::track::wireshark::finding::{Finding, Findings};

/// What one end's segments left behind.
#[derive(Debug, Clone)]
pub(super) struct Trail {
    /// The number expected next, and when the segment came that ends there.
    pub(super) next: SeqNum,
    pub(super) next_at: Span,
    pub(super) next_frame: Option<NonZeroU64>,
    /// The highest number up to which everything was captured.
    pub(super) captured_up_to: SeqNum,
    /// SEG.ACK of its latest segment, and when that came.
    pub(super) ack: SeqNum,
    pub(super) ack_at: Span,
    /// The frame that sent this SEG.ACK first.
    pub(super) ack_frame: Option<NonZeroU64>,
    /// How often it was sent again. Wireshark's -1 is `u32::MAX`.
    pub(super) duplicate_acks: u32,
    /// SEG.WND of its latest segment, unscaled.
    pub(super) window: Option<u16>,
    /// Octets in the SACK blocks of its latest segment.
    pub(super) sacked: u32,
    /// What was found about its latest segment.
    pub(super) findings: Findings,
    /// The MPTCP subtypes in its segments, a bit each.
    pub(super) mptcp: u8,
    /// Those in the segments of both ends, up to its latest one.
    pub(super) mptcp_known: u8,
    pub(super) scale: Scale,
    /// How far the window of its latest segment is shifted.
    pub(super) shift: u8,
    /// Whether its latest segment but for ACKs was a SYN: windows are not
    /// scaled yet.
    pub(super) has_unscaled_window: bool,
    /// Whether nothing is missing, so that what is in flight can be told.
    pub(super) tells_flight: bool,
    /// Whether it sent data and a Fast Open cookie in its SYN.
    pub(super) sent_data_with_cookie: bool,
}

/// A segment, and what was found about it.
#[derive(Clone, Copy)]
pub(super) struct Seen<'a> {
    pub(super) segment: &'a Segment<'a>,
    pub(super) findings: Findings,
    /// When, counted from the beginning of the connection.
    pub(super) now: Span,
    /// The number behind it.
    pub(super) end: SeqNum,
}

/// The window scale of one end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    /// No SYN was captured.
    Unknown,
    /// Not used.
    Unused,
    /// The shift count, 14 at most.
    Shift(u8),
}

impl Scale {
    /// How far windows are shifted, as far as is known.
    #[inline]
    pub(super) const fn shift(self) -> u8 {
        match self {
            Self::Shift(shift) => shift,
            Self::Unknown | Self::Unused => 0,
        }
    }
}

impl Default for Trail {
    fn default() -> Self {
        Self {
            next: SeqNum(0),
            next_at: Span(0),
            next_frame: None,
            captured_up_to: SeqNum(0),
            ack: SeqNum(0),
            ack_at: Span(0),
            ack_frame: None,
            duplicate_acks: 0,
            window: None,
            sacked: 0,
            findings: Findings::default(),
            mptcp: 0,
            mptcp_known: 0,
            scale: Scale::Unknown,
            shift: 0,
            has_unscaled_window: false,
            tells_flight: true,
            sent_data_with_cookie: false,
        }
    }
}

impl Trail {
    /// What a SYN sent again resets, before it is looked at.
    pub(super) const fn restart(&mut self) {
        self.next = self.captured_up_to;
    }

    /// Goes on by a segment of this end.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "of a usual segment little is left of it"
    )]
    pub(super) fn sends(&mut self, seen: &Seen<'_>) {
        let Seen {
            segment,
            findings,
            now,
            end,
        } = *seen;
        if findings.has(Finding::LostSegment) {
            self.tells_flight = false;
        }
        if segment.ack != self.ack {
            self.ack = segment.ack;
            self.ack_frame = Some(segment.frame);
            self.duplicate_acks = 0;
        } else if findings.has(Finding::DuplicateAck) {
            self.duplicate_acks = self.next_duplicate_ack();
        }
        if !findings.has(Finding::ZeroWindowProbe) {
            if self.next - end < 0 || self.next.0 == 0 {
                self.next = end;
                self.next_at = now;
                self.next_frame = Some(segment.frame);
            }
            if segment.seq == self.captured_up_to || self.captured_up_to.0 == 0 {
                self.captured_up_to = self.next;
            }
        }
        self.ack_at = now;
        self.window = Some(segment.window);
        self.findings = findings;
        self.shift = self.scale.shift();
        self.learn_options(segment);
    }

    /// Goes on by a segment of the other end.
    #[inline]
    pub(super) fn receives(&mut self, segment: &Segment<'_>) {
        if segment.is_ack() {
            self.tells_flight = true;
        }
        if self.is_overtaken_by(segment) {
            if self.captured_up_to - self.next < 0 {
                self.captured_up_to = self.next;
            } else {
                self.duplicate_acks = u32::MAX;
            }
        }
    }

    /// Whether a segment of the other end acknowledges more than was captured
    /// of this one.
    #[inline]
    pub(super) fn is_overtaken_by(&self, segment: &Segment<'_>) -> bool {
        let seen = self.captured_up_to;
        seen.0 != 0 && seen - segment.ack < 0 && segment.is_ack()
    }

    /// The window that it announced, in octets.
    #[inline]
    pub(super) fn offered_window(&self) -> u32 {
        let shift = if self.has_unscaled_window {
            0
        } else {
            self.scale.shift()
        };
        self.window.map_or(u32::MAX, u32::from) << shift
    }

    /// The place of another duplicate acknowledgment.
    pub(super) const fn next_duplicate_ack(&self) -> u32 {
        match self.duplicate_acks {
            u32::MAX => 1,
            before => before + 1,
        }
    }

    #[inline]
    fn learn_options(&mut self, segment: &Segment<'_>) {
        if segment.flags.has(Flags::SYN) {
            self.has_unscaled_window = true;
        } else if segment.is_ack() {
            self.has_unscaled_window = false;
        }
        if segment.options.are_usual() {
            self.sacked = 0;
            return;
        }
        self.sacked = sacked(segment.options);
        self.mptcp |= mptcp_subtypes(segment.options);
        // It has no meaning there (RFC 7323 §2.1); Wireshark heeds it.
        let shift = offered_scale(segment.options).filter(|_| !segment.flags.has(Flags::SYN));
        self.scale = shift.map_or(self.scale, Scale::Shift);
    }
}

/// Takes the window scales from a SYN, for its sender and receiver.
pub(super) fn learn_scales(sender: &mut Scale, receiver: &mut Scale, segment: &Segment<'_>) {
    if let Some(shift) = offered_scale(segment.options) {
        *sender = Scale::Shift(shift);
    }
    if *sender == Scale::Unknown {
        *sender = Scale::Unused;
        *receiver = Scale::Unused;
    } else if segment.is_ack() && *receiver == Scale::Unused {
        *sender = Scale::Unused;
    }
}

fn offered_scale(options: TcpOptions<'_>) -> Option<u8> {
    let offered = options.iter().filter_map(TcpOption::window_scale);
    Some(offered.last()?.min(MAX_SCALE))
}

/// Octets in the SACK blocks, of which Wireshark keeps the first three.
fn sacked(options: TcpOptions<'_>) -> u32 {
    let lists = options.iter().filter(|option| option.kind == kind::SACK);
    let blocks = lists.last().into_iter().flat_map(TcpOption::sack_blocks);
    blocks.take(3).fold(0, |sum, (left, right)| {
        sum.wrapping_add(right.relative_to(left))
    })
}

/// The subtypes of the MPTCP options (RFC 8684 §8.2), those that Wireshark
/// heeds.
fn mptcp_subtypes(options: TcpOptions<'_>) -> u8 {
    let used = options.iter().filter(|option| option.kind == kind::MPTCP);
    let first = used.filter_map(|option| option.value.first());
    first.fold(0, |bits, first| {
        bits | 1_u8.checked_shl(u32::from(first >> 4)).unwrap_or(0)
    })
}
