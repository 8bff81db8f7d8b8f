//! One end of a connection: what it has sent, and what has arrived at it.

use crate::flags::Flags;
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::track::time_spent::flight::Flight;
use crate::track::time_spent::identifications::Identifications;
use crate::track::time_spent::lag::Lag;
use crate::track::time_spent::offered::Offered;
use crate::track::time_spent::stamps::Stamps;

/// What an end knows at the time up to which the connection was followed. Times in
/// nanoseconds of the connection.
#[derive(Debug, Clone, Copy, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts that are independent of each other"
)]
pub(super) struct Knowledge {
    /// How far it is from the capture, one way, and whether that is a guess.
    pub(super) distance: i64,
    pub(super) is_rough: bool,
    /// How much longer than the distances what it sends takes: a queue behind the
    /// capture, as the latest acknowledgments tell.
    pub(super) lag: Lag,
    /// SND.NXT without a FIN.
    pub(super) sent: SeqNum,
    /// When it sent something new, and whether it has.
    pub(super) sent_at: i64,
    pub(super) has_sent: bool,
    /// Whether that was as large as a segment may be.
    pub(super) is_full: bool,
    /// The largest segment and the latest, and the most that one may hold, octets.
    pub(super) mss: u32,
    latest_len: u32,
    pub(super) most: u32,
    /// SND.UNA, as the acknowledgments that have arrived tell.
    pub(super) acked: SeqNum,
    /// When the latest arrived that lets it go on, and whether the window had no room
    /// before.
    pub(super) let_go_at: i64,
    pub(super) was_held: bool,
    /// Up to which number the window lets it send, `None` where it is not known; and
    /// behind which there is no room for another segment.
    pub(super) edge: Option<SeqNum>,
    limit: SeqNum,
    /// Whether it has asked for room since there is none: it has more to send.
    pub(super) asks_for_room: bool,
    /// The windows that it was offered.
    pub(super) offered: Offered,
    /// Up to which number the other end's octets have arrived.
    pub(super) arrived: SeqNum,
    /// When the latest of them did, and whether it has sent nothing new since.
    pub(super) arrived_at: i64,
    pub(super) has_news: bool,
    /// Whether it has sent a FIN or RST, and whether that has arrived.
    pub(super) has_closed: bool,
    pub(super) close_arrived: bool,
    /// Whether it has sent anything but SYNs, and how often it repeated something
    /// before the other end had.
    pub(super) has_spoken: bool,
    pub(super) repeats: u8,
    /// Until when what it sent is missing at the other end.
    pub(super) lost_until: i64,
    /// What it repeated last, and since when and until when that had been missing.
    pub(super) repaired: SeqNum,
    pub(super) missing: (i64, i64),
    /// Whether anything that it sent was lost.
    pub(super) was_lossy: bool,
    /// A number of its own and when it was captured, until that is acknowledged.
    pub(super) timed: Option<(SeqNum, i64)>,
    pub(super) numbers: Identifications,
    pub(super) stamps: Stamps,
    pub(super) flight: Flight,
}

/// From so far away an end knows less than the capture, nanoseconds one way.
const FAR: i64 = 500_000;
/// The largest segment that anybody may send who was not told of another (RFC 9293
/// §3.7.1), octets.
pub(super) const LEAST_MSS: u32 = 536;
/// Octets of a segment that options may take beside the timestamps.
const OPTIONS: u32 = 40;

impl Knowledge {
    /// Whether the window has no room for another segment.
    #[inline]
    pub(super) fn is_held(&self) -> bool {
        self.sent - self.limit > 0 && self.has_sent && self.edge.is_some()
    }

    /// Whether the window has no room at all.
    #[inline]
    pub(super) fn is_stopped(&self) -> bool {
        self.is_held() && self.edge.is_some_and(|edge| edge - self.sent <= 0)
    }

    /// Whether a new segment that ends here was held back by the window: the end had asked
    /// for room, or waited in vain for more of it and then fills what there is (RFC 9293
    /// §3.8.6.2.1).
    #[inline]
    pub(super) fn was_stopped_before(&self, end: SeqNum) -> bool {
        self.asks_for_room || self.is_held() && self.edge == Some(end)
    }

    /// Is offered a window up to a number.
    #[inline]
    pub(super) const fn offer(&mut self, edge: SeqNum) {
        self.edge = Some(edge);
        self.limit = SeqNum(edge.0.wrapping_sub(self.least_room()));
    }

    /// Its segments are known to be so large.
    pub(super) const fn set_mss(&mut self, mss: u32) {
        self.mss = mss;
        if let Some(edge) = self.edge {
            self.offer(edge);
        }
    }

    /// Room for less is none, octets.
    const fn least_room(&self) -> u32 {
        if self.mss > 1 { self.mss } else { 1 }
    }

    /// Whether the capture lacks more than a segment before this one, which is not by chance
    /// nor in another order: more is acknowledged than was captured, or what is sent lies
    /// beyond the window, or a FIN behind what was sent.
    #[inline]
    pub(super) fn lacks_before(&self, peer: &Self, segment: &Segment<'_>) -> bool {
        let most = self.most.cast_signed();
        let is_beyond = || self.edge.is_some_and(|edge| segment.seq - edge > most);
        peer.lacks_acked(segment)
            || segment.payload_len > 0 && is_beyond()
            || segment.flags.has(Flags::FIN) && segment.seq - self.sent > most
    }

    /// Whether more is acknowledged than it was seen to send.
    #[inline]
    pub(super) fn lacks_acked(&self, segment: &Segment<'_>) -> bool {
        segment.is_ack() && segment.ack - self.sent > self.most.cast_signed()
    }

    /// Octets that are not acknowledged, as far as this end knows.
    #[inline]
    pub(super) fn unacknowledged(&self) -> i32 {
        self.sent - self.acked
    }

    /// Whether a new segment is as large as one may be, or as the one before, or
    /// several such that the sending host had not cut yet.
    pub(super) fn fills(&mut self, len: u32) -> bool {
        if len > self.mss && len <= self.most {
            self.set_mss(len);
        }
        let is_alike = len == self.latest_len && len >= LEAST_MSS;
        self.latest_len = len;
        let is_cut = len > self.most && len.is_multiple_of(self.mss.max(1));
        len + OPTIONS >= self.most && len <= self.most || is_alike || is_cut
    }

    /// Whether the capture is far from it, and something that it sent is missing there.
    pub(super) fn lacks(&self) -> bool {
        self.is_far() && self.numbers.tell_loss() == Some(true)
    }

    pub(super) const fn is_far(&self) -> bool {
        self.distance > FAR
    }

    /// Since when it could have sent what it sends now.
    pub(super) const fn could_send_since(&self) -> i64 {
        if self.has_news {
            self.arrived_at
        } else {
            self.sent_at
        }
    }
}
