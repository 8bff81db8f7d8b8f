//! What a segment with data really was, and what shows it.
//!
//! Not Wireshark's rules: those see when a segment passed, this sees when it
//! was sent. A segment that fills a hole was sent before what left the hole, or
//! after; one that was seen already is another transmission, or the same.

mod again;
mod filling;

use crate::flags::Flags;
use crate::segment::Segment;
use crate::time::Span;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::half::Half;
use crate::track::icmp_errors::Resizing;
use crate::track::judgement::{Cause, Judgement, Kind, Why};
use crate::track::stamp::Stamp;
use crate::track::timeouts::LEAST_TIMEOUT;

/// By how much timers are late, in nanoseconds.
const TIMER: i64 = 10_000_000;
/// How long a segment may be underway behind later ones where neither the round
/// trip nor anything else tells, in nanoseconds.
const REORDERING: i64 = 3_000_000;

/// A segment that may not be new, and its connection before it.
struct Doubt<'a> {
    sender: &'a Half,
    receiver: &'a Half,
    segment: &'a Segment<'a>,
    stamp: Stamp,
    /// The shortest time in which the sender is known to answer, in nanoseconds.
    round_trip: i64,
    /// A timestamp of the sender's, and when it came.
    first_tick: Option<(u32, Span)>,
    /// Whether an ICMP error made its sender cut it smaller.
    resizing: Option<Resizing>,
}

/// By what two transmissions are told to be one after the other.
#[derive(Debug, Clone, Copy)]
enum By {
    Identification,
    Timestamp,
    Acknowledgment,
}

impl Flow {
    /// What a segment of direction `dir` was: of one with data or FIN.
    pub(super) fn judge(&self, dir: Dir, segment: &Segment<'_>, now: Span) -> Option<Judgement> {
        let carries = segment.payload_len > 0 || segment.flags.has(Flags::FIN);
        if !carries || segment.flags.any(Flags::RST) {
            return None;
        }
        let (sender, receiver) = (self.sender(dir), self.receiver(dir));
        let is_in_order = segment.seq - sender.nxt >= 0;
        let may_skip = segment.ack == sender.ack || sender.holes.is_some();
        let is_before_capture = sender.begins_behind(segment.seq);
        if !sender.is_known()
            || segment.flags.has(Flags::SYN)
            || is_in_order && !may_skip
            || is_before_capture
        {
            return Some(Judgement::NEW);
        }
        let doubt = Doubt {
            sender,
            receiver,
            segment,
            stamp: Stamp::of(segment, now),
            round_trip: self.answers_in(dir, segment, now),
            first_tick: self.first_tick(dir),
            resizing: self.resizes(dir, segment),
        };
        Some(doubt.judge(is_in_order))
    }

    /// The shortest time in which the end that sends in direction `dir` is known to
    /// answer, in nanoseconds.
    fn answers_in(&self, dir: Dir, segment: &Segment<'_>, now: Span) -> i64 {
        let of_handshake = self.round_trip.after(segment, now).span();
        let holes = self.sender(dir).holes.as_ref();
        let since = holes.and_then(|holes| holes.answers_in);
        let shortest = of_handshake.into_iter().chain(since).min();
        shortest.map_or(REORDERING, |span| span.0)
    }

    /// The timestamp of the SYN of the end that sends in direction `dir`.
    fn first_tick(&self, dir: Dir) -> Option<(u32, Span)> {
        let handshake = &self.handshake;
        let (mark, offer) = match dir {
            Dir::ToServer => (handshake.syn, &handshake.offered),
            Dir::ToClient => (handshake.syn_ack, &handshake.answered),
        };
        Some((offer.timestamps?, mark?.time - self.first))
    }
}

impl Doubt<'_> {
    fn judge(&self, is_in_order: bool) -> Judgement {
        let holes = self.sender.holes.as_ref();
        let at = self.segment.seq;
        let hole = holes.and_then(|holes| {
            if is_in_order {
                holes.overtook(at)
            } else {
                holes.at(at)
            }
        });
        let judgement = match hole {
            Some(hole) => self.filling(hole),
            None if is_in_order => self.of_new(),
            None => self.seen_before(),
        };
        let is_again = judgement.kind == Kind::Retransmission;
        Judgement {
            cause: if is_again { self.cause() } else { None },
            ..judgement
        }
    }

    /// Of octets in order: the last of what was sent may have been lost, and
    /// this be what was sent for it.
    fn of_new(&self) -> Judgement {
        if self.segment.ack != self.sender.ack {
            return Judgement::NEW;
        }
        // Nothing but octets was to be sent since: no acknowledgment, and no
        // hole in what the other end sends was to be told again.
        let has_heard_all = self.receiver.nxt - self.sender.ack <= 0;
        let tells_hole = self.segment.sack_blocks().next().is_some();
        let waited = self.silence();
        let probe = self.round_trip.saturating_mul(2);
        // No pause lasts just as long, but by chance.
        let latest = (LEAST_TIMEOUT.0 + TIMER).saturating_add(probe);
        let is_timely = (LEAST_TIMEOUT.0..=latest).contains(&waited);
        let sending = &self.sender.sending;
        let is_lone = self.segment.seq == self.sender.nxt
            && sending.skips_one(self.stamp, Span(waited), is_timely);
        // A probe for the last segment waits two round trips (RFC 8985 §7.2).
        let may_be_probe = waited > probe;
        if is_lone && has_heard_all && !tells_hole && may_be_probe {
            return Judgement::of(Kind::Retransmission, Why::OneMissing);
        }
        Judgement::NEW
    }

    /// How long it is since the latest of what was sent before, in nanoseconds; since
    /// the beginning of the connection where nothing was.
    fn silence(&self) -> i64 {
        let latest = self.sender.transmissions.latest();
        latest.map_or(self.stamp.at.0, |latest| self.since(latest.at))
    }

    /// How long it is since a time, in nanoseconds.
    const fn since(&self, then: Span) -> i64 {
        self.stamp.at.0.saturating_sub(then.0)
    }

    /// Whether it is the last of what was sent, behind which nothing was since: no
    /// acknowledgment of another can ask for it, by count or by time (RFC 8985 §6.2).
    fn is_last_again(&self) -> bool {
        let is_last = self.segment.end() - self.sender.nxt >= 0;
        let latest = self.sender.transmissions.latest();
        is_last && latest.is_some_and(|latest| latest.seq == self.segment.seq)
    }

    /// Whether it was sent after another, or before, and what tells.
    fn is_after(&self, other: Stamp) -> Option<(bool, By)> {
        if let Some(is_before) = self.sender.sending.is_before(self.stamp, other) {
            return Some((!is_before, By::Identification));
        }
        let timestamps = self.stamp.timestamp.zip(other.timestamp);
        let ticks = timestamps.map(|(own, other)| own.wrapping_sub(other).cast_signed());
        if let Some(ticks) = ticks.filter(|&ticks| ticks != 0) {
            return Some((ticks > 0, By::Timestamp));
        }
        let (own, other) = self.stamp.ack.zip(other.ack)?;
        (own != other).then_some((own - other > 0, By::Acknowledgment))
    }

    /// Whether the other end tells of what it lacks.
    const fn receiver_tells(&self) -> bool {
        self.receiver.has_sack || self.receiver.duplicate_acks > 0
    }

    /// Whether a timeout may have passed, or is not made good.
    fn may_be_timeout(&self) -> bool {
        self.sender.sending.timed_out || self.silence() >= LEAST_TIMEOUT.0
    }

    /// When the first of what is known to be sent later came.
    fn sent_before(&self) -> Option<Span> {
        let later = self.sender.transmissions.iter();
        let later = later.filter(|sent| matches!(self.is_after(sent.stamp()), Some((false, _))));
        later.map(|sent| sent.at).min()
    }

    /// Whether what is sent a round trip later has another timestamp, as far as the
    /// connection has shown how fast the sender's clock ticks.
    fn ticks_within_round_trip(&self) -> bool {
        let tick = |stamp: Stamp| Some((stamp.timestamp?, stamp.at));
        let sent = self.sender.transmissions.iter();
        let ticks = || sent.clone().filter_map(|sent| tick(sent.stamp()));
        let Some((first, then)) = self.first_tick.or_else(|| ticks().last()) else {
            return false;
        };
        let since = |(value, at): (u32, Span)| {
            let ticks = i64::from(value.wrapping_sub(first).cast_signed());
            (ticks, at.0.saturating_sub(then.0))
        };
        let highest = ticks().chain(tick(self.stamp)).map(since).max();
        // The first may have come at the end of a tick, and the last at the beginning.
        highest.is_some_and(|(ticks, passed)| ticks > 1 && passed / (ticks - 1) < self.round_trip)
    }

    /// Whether its sender cut it smaller since an ICMP error asked for that: it said so
    /// of these octets, or of others that were underway with them, and at once.
    fn is_resized(&self) -> bool {
        match self.resizing {
            Some(Resizing::OfThese) => true,
            Some(Resizing::OfOthers) => self.silence() < LEAST_TIMEOUT.0,
            None => false,
        }
    }

    /// Why the octets were sent again.
    fn cause(&self) -> Option<Cause> {
        let end = self.segment.end();
        if end - self.sender.una <= 0 {
            return Some(Cause::Spurious);
        }
        if self.is_resized() {
            return Some(Cause::PathMtu);
        }
        if self.silence() >= LEAST_TIMEOUT.0 {
            return Some(Cause::Timeout);
        }
        if self.receiver_tells() && !self.is_last_again() {
            return Some(Cause::Fast);
        }
        if self.sender.sending.timed_out {
            return Some(Cause::Timeout);
        }
        (end - self.sender.nxt >= 0).then_some(Cause::TailProbe)
    }
}
