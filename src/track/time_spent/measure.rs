//! How far the ends of a connection are from the capture, and what waits in queues.

use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::track::dir::Dir;
use crate::track::time_spent::cause::TimeCause;
use crate::track::time_spent::flight::Flight;
use crate::track::time_spent::knowledge::Knowledge;
use crate::track::time_spent::opening::distance;
use crate::track::time_spent::stamps::Stamped;
use crate::track::time_spent::time_ledger::{AT_ONCE, TimeLedger};

/// Timestamps are not looked at before so many segments: of a connection of fewer that
/// is followed late they are not known.
pub(super) const UNSTAMPED: u8 = 32;

impl TimeLedger {
    /// Learns from a segment how far its sender is, and how long what is sent there takes;
    /// gives back when it was sent.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "called for each segment")]
    pub(super) fn locate(&mut self, dir: Dir, segment: &Segment<'_>, now: i64) -> i64 {
        self.frame = Some(segment.frame);
        let is_stamped = self.taken >= UNSTAMPED;
        self.taken += u8::from(!is_stamped);
        let way = self.way();
        let (sender, peer) = self.ends(dir);
        if let Some(number) = segment.identification {
            sender.numbers.take(number);
        }
        // Timestamps tell of streams alone.
        if is_stamped && (sender.is_full || peer.is_full) {
            sender.take_stamps(peer, segment, now, way);
        }
        if let Some((end, at)) = peer.timed
            && segment.is_ack()
            && segment.ack - end >= 0
        {
            peer.timed = None;
            sender.take_round_trip(peer, segment, now - at);
        }
        let sent_at = now - sender.distance;
        if segment.is_ack() {
            let back = dir.reverse();
            self.crossings.acknowledge(back, segment.ack, sent_at);
        }
        let (sender, peer) = self.ends(dir);
        if !sender.has_spoken || sender.lacks_before(peer, segment) {
            self.hear(dir, segment, sent_at);
        }
        sent_at
    }

    /// What arrived twice (RFC 2883) had not been missing when it was repeated.
    pub(super) fn take_back_loss(&mut self, dir: Dir, segment: &Segment<'_>) {
        let Some((left, right)) = segment.duplicate_sack() else {
            return;
        };
        let (_, sender) = self.ends(dir);
        // If nothing had acknowledged it before, it was the acknowledgment that was lost.
        let was_acked = sender.acked - sender.repaired > 0;
        if was_acked && sender.repaired - left >= 0 && right - sender.repaired > 0 {
            let (from, to) = std::mem::take(&mut sender.missing);
            self.account.lose(((from, None), to), false);
        }
    }

    /// An end has sent octets up to a number, further than any before: watches how much it
    /// has in flight. A flight that fills a queue, or the window, or that a loss has cut,
    /// tells nothing of a buffer. If it was level before, it was not a buffer that had kept
    /// it so.
    #[inline]
    pub(super) fn reach(&mut self, dir: Dir, end: SeqNum, at: i64) {
        let way = self.way();
        let (sender, _) = self.ends(dir);
        sender.sent = end;
        sender.numbers.begin_again();
        let queue = sender.lag.least().max(sender.stamps.queue.least());
        let is_queued = queue > AT_ONCE && queue > way / 3 + AT_ONCE;
        let is_telling = !is_queued && !sender.was_lossy && !sender.is_held();
        let (acked, mss) = (sender.acked, sender.mss);
        if is_telling && sender.flight.goes_on(end, acked) {
            return;
        }
        let before = sender.flight;
        if is_telling {
            sender.flight.turn(at, end, acked, mss);
        } else {
            sender.flight = Flight::default();
        }
        if let Some(since) = before.level_since()
            && !sender.flight.is_no_more_than(before)
        {
            let buffer = TimeCause::send_buffer(dir);
            self.account.rebook(since, buffer, TimeCause::Path);
        }
    }
}

impl Knowledge {
    /// What it sent was acknowledged by `peer` after so long.
    #[inline]
    fn take_round_trip(&mut self, peer: &mut Self, segment: &Segment<'_>, round_trip: i64) {
        if self.is_rough || round_trip / 2 < self.distance {
            self.distance = distance(round_trip);
            self.is_rough = false;
        }
        // With nothing more in flight it may be an acknowledgment that was delayed.
        let is_bulk = peer.sent - segment.ack > 0 && self.distance > 0;
        peer.lag.take(if is_bulk {
            (round_trip - 2 * self.distance) / 1000 * 1000
        } else {
            0
        });
    }

    /// Takes the timestamps of a segment that it sends to `peer`, with so long a way from
    /// end to end.
    fn take_stamps(&mut self, peer: &mut Self, segment: &Segment<'_>, at: i64, way: i64) {
        let Some((value, echo)) = segment.options.timestamps() else {
            return;
        };
        let until_lost = way + peer.lag.most() + AT_ONCE;
        let stamped = Stamped {
            value,
            echo,
            has_data: segment.payload_len > 0,
            at,
            sent_at: at - self.distance,
        };
        self.stamps.take(&mut peer.stamps, &stamped, until_lost);
    }
}
