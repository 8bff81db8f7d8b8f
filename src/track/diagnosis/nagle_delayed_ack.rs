//! Nagle's algorithm against delayed acknowledgments: one end waits for the
//! acknowledgment of a small segment before it sends the next, the other for more data
//! before it acknowledges.

use std::num::NonZeroU64;

use crate::time::Span;
use crate::track::diagnosis::found::{Code, Description, Diagnosis, Measure, Severity};
use crate::track::diagnosis::moment::Moment;
use crate::track::dir::Dir;

pub(super) const ABOUT: Description = Description {
    code: Code::NagleDelayedAck,
    name: "nagle_delayed_ack",
    severity: Severity::Slows,
    means: "An end had a small piece of data to send and held it back, as Nagle's algorithm asks, \
        until its piece before was acknowledged; the other end delayed that acknowledgment, since \
        it had nothing to answer before the held piece came. It is recognised by a bare \
        acknowledgment that comes 35 ms to 550 ms later than the path takes, acknowledges all, \
        and is followed at once by a segment smaller than the MSS: once, where that comes within \
        0.3 ms of what the path takes, or twice within 1 ms; and more often so than later. \
        `cost` is the time from the piece before to the held one, in all.",
    unlike: "An application that pauses sends at any time after the acknowledgment, not at once. \
        A sender kept back by its congestion window has sent a full segment, and lost some before; \
        one kept back by the window fills it. Where the acknowledgment travels with data nobody waited for it.",
    reference: "RFC 9293 §3.7.4 (Nagle's algorithm), RFC 9293 §3.8.6.3 and RFC 5681 §4.2 (delayed acknowledgments)",
};

/// A pause of a sender at least as long as this may be one, in nanoseconds: Linux delays
/// an acknowledgment by 40 ms, others by up to 200 ms (RFC 5681 §4.2: 500 ms at most).
pub(in crate::track) const LEAST_PAUSE: i64 = 35_000_000;
const MOST_DELAY: i64 = 550_000_000;
/// How soon after the acknowledgment the held piece is sent, in nanoseconds: where once
/// is enough, and where it takes two.
const AT_ONCE: i64 = 300_000;
const SOON: i64 = 1_000_000;
/// The most octets of options in a segment.
const OPTIONS: u32 = 40;

/// Pieces of an end that were held back.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct HeldBack {
    times: u32,
    /// How many of these came so soon that it is no chance.
    at_once: u32,
    /// How often it went on later than at once.
    later: u32,
    cost: Span,
    longest: Span,
    /// The frames of the first: the piece before, its acknowledgment, the held one.
    first: Option<[NonZeroU64; 3]>,
}

/// A pause of a sender, which a delayed acknowledgment of all that it had sent ends, or
/// does not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pause {
    /// From the piece before.
    took: Span,
    /// Between the acknowledgment and the segment, the way there and back left out, in
    /// nanoseconds.
    after_ack: i64,
    frames: [NonZeroU64; 3],
}

impl HeldBack {
    /// Takes note of a pause.
    pub(super) fn take(&mut self, pause: &Pause) {
        if !pause.ends_at_once() {
            self.later = self.later.saturating_add(1);
            return;
        }
        self.first.get_or_insert(pause.frames);
        self.times = self.times.saturating_add(1);
        self.at_once += u32::from(pause.after_ack <= AT_ONCE);
        self.cost = Span(self.cost.0.saturating_add(pause.took.0));
        self.longest = self.longest.max(pause.took);
    }

    /// What is found of the end that sends in direction `end`.
    pub(super) fn diagnose(&self, end: Dir) -> Option<Diagnosis> {
        let is_enough = self.at_once > 0 || self.times > 1;
        let measures = [
            Measure::Times(self.times),
            Measure::Cost(self.cost),
            Measure::Longest(self.longest),
        ];
        let first = self
            .first
            .filter(|_| is_enough && self.times > self.later)?;
        let [before, ack, held] = first;
        Some(ABOUT.found(end, (held, &[before, ack]), &measures))
    }
}

impl Pause {
    /// Whether the acknowledgment ends it.
    pub(super) const fn ends_at_once(&self) -> bool {
        self.after_ack <= SOON
    }

    /// The one before a segment with new data.
    pub(super) fn before(moment: &Moment<'_>) -> Option<Self> {
        let (sender, receiver) = (moment.sender(), moment.receiver());
        let before = sender.transmissions.latest()?;
        let took = moment.pause().filter(|took| took.0 >= LEAST_PAUSE)?;
        let ack = receiver.last_frame.filter(|&ack| ack > before.frame)?;
        let answered = receiver.transmissions.latest();
        let is_bare = answered.is_none_or(|answered| answered.frame < before.frame);
        let is_sent_once = sender.transmissions.of(before.seq).count() == 1;
        let is_next = moment.segment.seq == sender.nxt && sender.una == sender.nxt;
        let is_alone = sender.last_frame == Some(before.frame);
        if !(moment.brings_new() && is_bare && is_sent_once && is_next && is_alone) {
            return None;
        }
        let after_ack = (moment.segment.time - moment.flow.last).0;
        let leg = |end| moment.leg(end).map_or(0, |leg| leg.0);
        // A damaged clock jumps over all of time.
        let delay = took.0.saturating_sub(after_ack);
        let delay = delay.saturating_sub(leg(moment.dir.reverse()));
        // What is sent because of the acknowledgment cannot come before it was received.
        let own = leg(moment.dir);
        let is_possible = after_ack >= (own - own / 4).saturating_sub(SOON);
        let is_delayed = (LEAST_PAUSE..MOST_DELAY).contains(&delay);
        (is_delayed && is_possible && has_room(moment)).then_some(Self {
            took,
            after_ack: after_ack.saturating_sub(own),
            frames: [before.frame, ack, moment.segment.frame],
        })
    }
}

/// Whether nothing else kept it back: it is smaller than its sender may send, its sender
/// has had no loss that lets it send one segment at a time, and the window is open.
fn has_room(moment: &Moment<'_>) -> bool {
    let (flow, len) = (moment.flow, moment.segment.payload_len);
    let before = moment.sender().transmissions.latest();
    let before = before.map_or(0, |before| before.payload_len);
    let most = u32::from(moment.most());
    let is_small = |len: u32| len + OPTIONS < most;
    let troubles = moment.sender().troubles();
    let has_lost = troubles.is_some_and(|troubles| troubles.retransmissions() > 0);
    let window = flow.offered_by(moment.dir.reverse());
    let fits = before.saturating_add(len) <= window;
    // It would have fitted before the acknowledgment, too.
    let receiver = moment.receiver();
    let is_known = receiver.shift.is_some();
    let had_room = !is_known || receiver.edge_before - moment.segment.end() >= 0;
    is_small(len) && fits && had_room && (is_small(before) || !has_lost)
}
