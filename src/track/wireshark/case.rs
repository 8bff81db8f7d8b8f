//! What the rules judge: a segment, and its connection as it was before.

use crate::flags::Flags;
use crate::options::TcpOption;
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::time::Span;
use crate::track::wireshark::end::WiresharkEnd;

/// A segment and both ends as they were before it.
pub(super) struct Case<'a> {
    pub(super) segment: &'a Segment<'a>,
    pub(super) sender: &'a WiresharkEnd,
    pub(super) receiver: &'a WiresharkEnd,
    /// The number expected next of the sender: a SYN sent again takes back what
    /// was not captured in full.
    pub(super) next: SeqNum,
    /// The receiver's initial number, where it is known.
    pub(super) receiver_iss: Option<SeqNum>,
    /// When, counted from the beginning of the connection.
    pub(super) now: Span,
    /// The round trip of the handshake, 0 where it is unknown.
    pub(super) initial_rtt: Span,
    /// Whether its connection is new between ports that had one before.
    pub(super) reuses_ports: bool,
}

/// Within which time a segment behind later ones is taken to be out of order,
/// where the round trip is unknown; Wireshark's choice.
const REORDERING: u64 = 3_000_000;

impl Case<'_> {
    /// The number behind the segment. One for SYN and FIN together, unlike
    /// SEG.LEN: Wireshark's way.
    #[inline]
    pub(super) fn end(&self) -> SeqNum {
        let control = self.segment.flags.any(Flags::SYN | Flags::FIN);
        self.segment.seq + self.segment.payload_len + u32::from(control)
    }

    /// Whether it occupies sequence space.
    #[inline]
    pub(super) fn occupies(&self) -> bool {
        self.segment.payload_len > 0 || self.segment.flags.any(Flags::SYN | Flags::FIN)
    }

    /// Neither SYN nor FIN nor RST.
    #[inline]
    pub(super) fn is_plain(&self) -> bool {
        !self.segment.flags.any(Flags::SYN | Flags::FIN | Flags::RST)
    }

    pub(super) fn is_syn(&self) -> bool {
        self.segment.flags.has(Flags::SYN)
    }

    /// Nanoseconds since `then`, a very long time where the clock stepped back.
    pub(super) const fn since(&self, then: Span) -> u64 {
        self.now.0.wrapping_sub(then.0).cast_unsigned()
    }

    /// Nanoseconds within which octets may be out of order.
    pub(super) const fn reordering_time(&self) -> u64 {
        match self.initial_rtt.0 {
            0 => REORDERING,
            rtt => rtt.cast_unsigned(),
        }
    }

    /// Whether a repetition may be found in it at all.
    pub(super) fn may_repeat(&self) -> bool {
        self.occupies() && !self.is_keep_alive()
    }

    /// Whether it is one number back, with at most one octet.
    pub(super) fn is_keep_alive(&self) -> bool {
        self.segment.payload_len <= 1 && self.segment.seq == self.next.previous() && self.is_plain()
    }

    /// Whether it begins before what its sender had sent.
    pub(super) fn is_sent_before(&self) -> bool {
        let next = self.next;
        let is_probe = self.segment.payload_len > 1 && self.segment.seq == next.previous();
        self.may_repeat() && next.0 != 0 && self.segment.seq - next < 0 && !is_probe
    }

    /// Whether nothing but the window may be new in it.
    pub(super) fn repeats_ack(&self) -> bool {
        let sent = &self.sender.trail;
        self.segment.payload_len == 0
            && self.segment.seq == self.next
            && self.segment.ack == sent.ack
            && self.is_plain()
    }

    /// Whether its window is that of the segment before.
    pub(super) fn keeps_window(&self) -> bool {
        self.sender.trail.window == Some(self.segment.window)
    }

    /// How often the receiver has asked for the same number, as it is after
    /// this segment was found to acknowledge what was not captured.
    pub(super) fn duplicate_acks_of_receiver(&self) -> u32 {
        let other = &self.receiver.trail;
        if self.acknowledges_unseen() && other.captured_up_to - other.next >= 0 {
            return u32::MAX;
        }
        other.duplicate_acks
    }

    /// Whether it acknowledges more than was captured.
    pub(super) fn acknowledges_unseen(&self) -> bool {
        self.receiver.trail.is_overtaken_by(self.segment)
    }

    /// The window that the receiver announced, in octets.
    pub(super) fn window_of_receiver(&self) -> u32 {
        self.receiver.trail.offered_window()
    }

    /// Whether MPTCP was used for nothing new since the sender's latest segment.
    /// Not in this one: Wireshark has not read its options yet when it asks.
    pub(super) const fn keeps_mptcp(&self) -> bool {
        let (sent, other) = (&self.sender.trail, &self.receiver.trail);
        sent.mptcp_known == sent.mptcp | other.mptcp
    }

    /// Whether it brings a Fast Open cookie, not only asks for one.
    pub(super) fn has_cookie(&self) -> bool {
        let mut options = self.segment.options.iter();
        options.any(|option: TcpOption<'_>| {
            option
                .fast_open_cookie()
                .is_some_and(|cookie| !cookie.is_empty())
        })
    }

    /// Whether a SYN-ACK acknowledges data of the SYN.
    pub(super) fn takes_data_of_syn(&self) -> bool {
        self.receiver_iss
            .is_some_and(|iss| self.segment.ack.relative_to(iss) > 1)
    }
}
