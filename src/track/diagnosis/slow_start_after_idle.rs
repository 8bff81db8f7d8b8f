//! A sender that begins again with few segments after it was idle.

use std::num::NonZeroU64;

use crate::seq::SeqNum;
use crate::time::Span;
use crate::track::diagnosis::found::{Code, Description, Diagnosis, Measure, Severity};
use crate::track::diagnosis::moment::Moment;
use crate::track::dir::Dir;
use crate::track::half::Half;
use crate::track::timeouts::LEAST_TIMEOUT;
use crate::track::transmission::Transmission;

pub(super) const ABOUT: Description = Description {
    code: Code::SlowStartAfterIdle,
    name: "slow_start_after_idle",
    severity: Severity::Slows,
    means: "An end had sent nothing for longer than a timeout takes, and does not trust any more what it knew of \
        the path: it begins again with its initial window of ten segments or fewer, or with half of what it had \
        for each timeout that passed (Linux), and sends more in each round trip. It is recognised by a flight of \
        full segments that stops at half or less of what had been sent in a round trip before, and goes on only \
        when it is acknowledged, with a larger one, while the window has room. `times` is how often, `bytes` what \
        it had sent in a round trip before, at least, the first time, `cost` the time in which it stood still \
        until it had caught up with that or had no more to send, `idle` the shortest time that it had been \
        silent. On Linux net.ipv4.tcp_slow_start_after_idle=0 turns it off.",
    unlike: "An application that writes piece by piece does not fill segments, or waits for an answer. At the \
        beginning of a connection nobody was idle. A window that has no room stops a flight as well. An end that \
        had lost something may have less in flight for that: then the first flight has to be one of ten segments \
        or fewer.",
    reference: "RFC 5681 §4.1, RFC 7661, RFC 6928 §2",
};

/// The most segments of an initial window.
const INITIAL: u32 = 10;
/// The most octets of options in a segment.
const OPTIONS: u32 = 40;

/// How often an end began again.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Restarts {
    /// The one that may be under way.
    current: Option<Restart>,
    /// Since when, counted from the beginning of the connection, it has not been idle, and
    /// what it had sent then.
    busy_since: Span,
    sent_before: u64,
    times: u32,
    cost: Span,
    idle: Span,
    /// What it had in flight before the first, and the frames that show that: the first
    /// behind the pause, the first of the next flight, and the one that made it larger.
    first: Option<(u32, [NonZeroU64; 3])>,
}

/// An end that goes on after a pause.
#[derive(Debug, Clone, Copy)]
pub(super) struct Restart {
    idle: Span,
    /// Octets that it had sent in a round trip before.
    before: u32,
    round_trip: i64,
    /// The most octets that the first flight may have.
    most: u32,
    /// Octets of the flight before, 0 in the first, and of this one.
    flight_before: u32,
    flight: u32,
    /// The first number of this one, and up to which the window let it send as it began.
    from: SeqNum,
    edge: SeqNum,
    /// The other end's latest segment with data, as the first flight began.
    heard: Option<NonZeroU64>,
    /// When the latest segment came, counted from the beginning of the connection, and
    /// whether it was full.
    at: Span,
    is_full: bool,
    /// The time in which it stood still before this flight, until that is counted.
    pending: i64,
    began: NonZeroU64,
    next: NonZeroU64,
    is_counted: bool,
}

/// Whether a segment is as large as it may be, or several in one that are not cut yet.
fn is_full(moment: &Moment<'_>) -> bool {
    moment.segment.payload_len + OPTIONS >= u32::from(moment.most())
}

/// The most octets that an end sent within a round trip, of the latest in a row.
fn flight_of<'a>(
    latest_first: impl Iterator<Item = &'a Transmission> + Clone,
    round_trip: i64,
) -> u32 {
    let mut within = latest_first.clone().peekable();
    let (mut most, mut sum, mut behind) = (0, 0_u32, None);
    for sent in latest_first {
        if behind.is_some_and(|behind| behind != sent.end()) {
            break;
        }
        behind = Some(sent.seq);
        sum = sum.saturating_add(sent.payload_len);
        let is_later = |later: &&Transmission| later.at.0.saturating_sub(sent.at.0) >= round_trip;
        while let Some(later) = within.next_if(is_later) {
            sum = sum.saturating_sub(later.payload_len);
        }
        most = most.max(sum);
    }
    most
}

/// What an end that has not been idle since a time, when it had sent so much, sent in each
/// round trip in the mean.
fn mean_flight(moment: &Moment<'_>, round_trip: i64, (since, before): (Span, u64)) -> u32 {
    let sender = moment.sender();
    let until = sender.transmissions.latest().map_or(since, |sent| sent.at);
    let took = until.0.saturating_sub(since.0).max(round_trip).max(1);
    let sent = new_octets(sender).saturating_sub(before);
    let mean =
        u128::from(sent) * u128::from(round_trip.unsigned_abs()) / u128::from(took.unsigned_abs());
    u32::try_from(mean).unwrap_or(u32::MAX)
}

const fn new_octets(sender: &Half) -> u64 {
    sender.octets.saturating_sub(sender.octets_again)
}

impl Restart {
    /// The one that a segment after a pause begins; `known` are those before.
    pub(super) fn begun_by(moment: &Moment<'_>, known: Option<&Restarts>) -> Option<Self> {
        let (sender, receiver) = (moment.sender(), moment.receiver());
        let idle = moment.pause()?;
        let Span(round_trip) = moment.flow.round_trip.span()?;
        let is_idle = idle.0 >= LEAST_TIMEOUT.0.saturating_add(round_trip);
        let has_all = sender.una == sender.nxt && moment.segment.seq == sender.nxt;
        if !is_idle || !has_all || !moment.brings_new() || !is_full(moment) {
            return None;
        }
        let part = round_trip - round_trip / 8;
        let busy = known.map_or((Span(0), 0), |known| (known.busy_since, known.sent_before));
        // Where it was captured near the other end, all is acknowledged at once.
        let in_row = flight_of(sender.transmissions.iter(), part);
        let before = in_row.max(mean_flight(moment, round_trip, busy));
        let has_lost = sender
            .troubles()
            .is_some_and(|troubles| troubles.retransmissions() > 0);
        let initial = if has_lost {
            INITIAL * u32::from(moment.most())
        } else {
            u32::MAX
        };
        Some(Self {
            idle,
            before,
            round_trip,
            most: initial.min(before / 2),
            flight_before: 0,
            flight: moment.segment.payload_len,
            from: moment.segment.seq,
            edge: receiver.edge,
            heard: receiver.transmissions.latest().map(|sent| sent.frame),
            at: moment.now(),
            is_full: true,
            pending: 0,
            began: moment.segment.frame,
            next: moment.segment.frame,
            is_counted: false,
        })
    }

    /// Whether another segment of its sender belongs to it, which goes on by that.
    fn goes_on(&mut self, moment: &Moment<'_>) -> bool {
        let (sender, receiver) = (moment.sender(), moment.receiver());
        let heard = receiver.transmissions.latest().map(|sent| sent.frame);
        let gap = moment.now().0.saturating_sub(self.at.0);
        if !moment.brings_new() || heard != self.heard || moment.segment.seq != sender.nxt {
            return false;
        }
        // A larger flight takes more of the round trip.
        let stop = if self.flight_before == 0 { 2 } else { 8 };
        if gap >= self.round_trip / stop {
            let most = u32::from(moment.most());
            let has_room = self.edge - sender.nxt >= i32::from(moment.most());
            let is_acked = sender.una - self.from > 0;
            let is_let_go =
                gap <= self.round_trip.saturating_mul(2) && self.is_full && has_room && is_acked;
            let is_first = self.flight_before == 0;
            let is_less = self.flight <= self.most;
            let grows = self.flight > self.flight_before;
            let has_caught_up = self.flight.saturating_add(most) > self.before;
            if !is_let_go || has_caught_up || is_first && !is_less || !grows {
                return false;
            }
            if is_first {
                self.next = moment.segment.frame;
            }
            self.pending = gap;
            (self.flight_before, self.flight) = (self.flight, 0);
            (self.from, self.edge) = (moment.segment.seq, receiver.edge);
        }
        self.flight = self.flight.saturating_add(moment.segment.payload_len);
        (self.at, self.is_full) = (moment.now(), is_full(moment));
        true
    }
}

impl Restarts {
    /// Takes a segment with data of the end, which begins one if so; whether one is known
    /// by that.
    pub(super) fn take(&mut self, moment: &Moment<'_>, begun: Option<Restart>) -> bool {
        let goes_on = self
            .current
            .as_mut()
            .is_some_and(|current| current.goes_on(moment));
        if !goes_on {
            self.current = begun.filter(|begun| begun.flight <= begun.most);
        }
        if begun.is_some() {
            (self.busy_since, self.sent_before) = (moment.now(), new_octets(moment.sender()));
        }
        goes_on && self.count(moment.segment.frame)
    }

    /// Counts the current one as soon as a flight is larger than the one before.
    fn count(&mut self, frame: NonZeroU64) -> bool {
        let Some(current) = &mut self.current else {
            return false;
        };
        let is_larger = current.flight_before > 0 && current.flight > current.flight_before;
        if !is_larger || current.pending == 0 {
            return false;
        }
        self.cost = Span(self.cost.0.saturating_add(current.pending));
        current.pending = 0;
        if current.is_counted {
            return false;
        }
        current.is_counted = true;
        self.idle = if self.times == 0 {
            current.idle
        } else {
            self.idle.min(current.idle)
        };
        self.times = self.times.saturating_add(1);
        let frames = [current.began, current.next, frame];
        self.first.get_or_insert((current.before, frames));
        true
    }

    /// Whether one is under way.
    pub(super) const fn awaits(&self) -> bool {
        self.current.is_some()
    }

    /// What is found of the end that sends in direction `end`, with a round trip of so
    /// long.
    pub(super) fn diagnose(&self, round_trip: Option<Span>, end: Dir) -> Option<Diagnosis> {
        let (before, [began, next, larger]) = self.first?;
        let measures = [
            Measure::Times(self.times),
            Measure::Bytes(before),
            Measure::Cost(self.cost),
            Measure::RoundTrip(round_trip?),
            Measure::Idle(self.idle),
        ];
        Some(ABOUT.found(end, (next, &[began, larger]), &measures))
    }
}
