//! The ledger of a connection's time: it follows each segment to both its ends.

use std::num::NonZeroU64;

use crate::flags::Flags;
use crate::segment::Segment;
use crate::time::Span;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::judgement::Judgement;
use crate::track::ledger::Pending;
use crate::track::part::Role;
use crate::track::time_spent::account::Account;
use crate::track::time_spent::cause::TimeCause;
use crate::track::time_spent::crossings::{Crossing, Crossings, Delivery};
use crate::track::time_spent::knowledge::Knowledge;
use crate::track::time_spent::nature::Nature;
use crate::track::time_spent::pauses::Pauses;
use crate::track::time_spent::spent::TimeSpent;
use crate::track::time_spent::stretch::{Guise, Reading};
use crate::track::time_spent::waited::Waited;

/// The longest time that is told apart, nanoseconds: a damaged clock must not bring sums
/// of times to overflow.
pub(super) const LONGEST: i64 = i64::MAX / 4 / 1000 * 1000;

/// How soon after what lets an end go on it does so, nanoseconds.
pub(super) const AT_ONCE: i64 = 2_000_000;

/// The time of a connection, as it is booked to causes.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts that are independent of each other"
)]
pub(in crate::track) struct TimeLedger {
    pub(super) account: Account,
    pub(super) client: Knowledge,
    pub(super) server: Knowledge,
    pub(super) crossings: Crossings,
    /// Of the server.
    pub(super) pauses: Pauses,
    /// Whether the segments began with a SYN or SYN-ACK.
    pub(super) has_opening: bool,
    pub(super) is_open: bool,
    /// Whether time may look otherwise from now on.
    pub(super) has_changed: bool,
    /// The frame that is followed.
    pub(super) frame: Option<NonZeroU64>,
    /// How many segments were taken, as far as that matters.
    pub(super) taken: u8,
    /// Whether waits are to be named as they end, and the latest that was worth it.
    pub(super) names_waits: bool,
    pub(super) latest: Option<Waited>,
}

impl TimeLedger {
    /// A ledger that names waits as they end.
    pub(super) fn naming_waits() -> Self {
        Self {
            names_waits: true,
            ..Self::new()
        }
    }

    /// The same, keeping what time was spent on one after the other.
    pub(super) fn keeping_course(mut self) -> Self {
        self.account.keep_course();
        self
    }

    pub(super) fn new() -> Self {
        Self {
            account: Account::new(),
            client: Knowledge::default(),
            server: Knowledge::default(),
            crossings: Crossings::new(),
            pauses: Pauses::default(),
            has_opening: false,
            is_open: false,
            has_changed: true,
            frame: None,
            taken: 0,
            names_waits: false,
            latest: None,
        }
    }

    /// Follows the segments that were noted of `flow`, all but so many of the latest.
    pub(super) fn of_notes(flow: &Flow, notes: &Pending, but: usize) -> Self {
        let mut ledger = Self::new();
        let last = (flow.last - flow.first).0;
        let mut left = notes.len().saturating_sub(but);
        notes.each(|dir, segment, now| {
            if left > 0 {
                // In whole microseconds: not beyond what they were cut off of.
                let now = now.saturating_mul(1000).min(last);
                ledger.follow(flow, (dir, segment), Nature::USUAL, now);
            }
            left = left.saturating_sub(1);
        });
        ledger
    }

    /// Takes a segment by which `flow` has gone on.
    pub(super) fn take(
        &mut self,
        flow: &Flow,
        dir: Dir,
        segment: &Segment<'_>,
        (role, kind): (Role, Option<Judgement>),
    ) {
        let now = (segment.time - flow.first).0.clamp(-LONGEST, LONGEST);
        if role.unacceptable.is_none() {
            let nature = Nature::of(role, kind);
            self.follow(flow, (dir, segment), nature, now);
        }
    }

    /// Takes a usual segment, which is sent for the first time and asks nothing: nearly
    /// every one is, so that it takes a straight way.
    #[inline(never)]
    pub(super) fn take_usual(&mut self, flow: &Flow, dir: Dir, segment: &Segment<'_>, now: Span) {
        let now = now.0.clamp(-LONGEST, LONGEST);
        if !self.is_open {
            self.follow(flow, (dir, segment), Nature::USUAL, now);
            return;
        }
        let at = self.locate(dir, segment, now);
        let octets = segment.payload_len > 0;
        if octets && segment.seq + segment.payload_len - self.ends(dir).0.sent > 0 {
            self.go_on(dir, at, segment);
        }
        let what = Delivery {
            octets,
            ack: true,
            ..Delivery::default()
        };
        self.put_under_way(flow, (dir, segment), what, now);
    }

    /// Follows any segment.
    fn follow(
        &mut self,
        flow: &Flow,
        (dir, segment): (Dir, &Segment<'_>),
        nature: Nature,
        now: i64,
    ) {
        if segment.flags.has(Flags::SYN) {
            self.take_syn(dir, segment);
            return;
        }
        if !self.is_open {
            self.open(flow, dir, segment, now);
        }
        if !segment.options.are_usual() {
            self.take_back_loss(dir, segment);
        }
        let at = self.locate(dir, segment, now);
        let what = self.send(flow, (dir, segment), nature, at);
        self.put_under_way(flow, (dir, segment), what, now);
    }

    #[cold]
    fn take_syn(&mut self, dir: Dir, segment: &Segment<'_>) {
        self.begin(segment);
        self.frame = Some(segment.frame);
        let is_open = self.is_open;
        self.has_opening |= !is_open;
        let (sender, peer) = self.ends(dir);
        if let Some(number) = segment.identification {
            sender.numbers.take(number);
        }
        if segment.is_ack() && !is_open {
            peer.offer(segment.ack + u32::from(segment.window));
        }
    }

    /// The time begins with the first segment.
    pub(super) fn begin(&mut self, segment: &Segment<'_>) {
        if self.frame.is_none() {
            self.account.begin(segment.frame);
        }
    }

    #[inline]
    pub(super) fn ends(&mut self, dir: Dir) -> (&mut Knowledge, &mut Knowledge) {
        match dir {
            Dir::ToServer => (&mut self.client, &mut self.server),
            Dir::ToClient => (&mut self.server, &mut self.client),
        }
    }

    /// From end to end, one way, nanoseconds.
    pub(super) const fn way(&self) -> i64 {
        self.client.distance + self.server.distance
    }

    /// A segment is sent; gives back what of it the other end lacks.
    fn send(
        &mut self,
        flow: &Flow,
        (dir, segment): (Dir, &Segment<'_>),
        nature: Nature,
        at: i64,
    ) -> Delivery {
        let end = segment.seq + segment.payload_len;
        let (sender, _) = self.ends(dir);
        let mut brings = segment.payload_len > 0 && !nature.is_probe;
        let is_new = brings && end - sender.sent > 0;
        let has_close = segment.flags.any(Flags::FIN | Flags::RST);
        let closes = has_close && !sender.has_closed;
        if nature.is_probe {
            self.ask_for_room(dir, at);
        }
        if nature.is_again {
            brings &= self.repair(flow, dir, segment, nature, at) || is_new;
            self.ends(dir).0.numbers.begin_again();
            self.has_changed = true;
            if is_new {
                self.reach(dir, end, at);
            }
        } else if is_new || closes {
            self.go_on(dir, at, segment);
        }
        self.ends(dir).0.has_closed |= closes;
        Delivery {
            octets: brings,
            close: closes || has_close && nature.is_again && !nature.is_needless,
            ack: segment.is_ack() && !segment.flags.has(Flags::RST),
            sack: segment.sack_blocks().next().is_some(),
        }
    }

    /// A segment leaves for the other end.
    #[inline]
    fn put_under_way(
        &mut self,
        flow: &Flow,
        (dir, segment): (Dir, &Segment<'_>),
        what: Delivery,
        now: i64,
    ) {
        let way = self.way();
        let end = segment.seq + segment.payload_len;
        let (sender, receiver) = self.ends(dir);
        if what.octets && sender.timed.is_none() && sender.sent == end {
            sender.timed = Some((end, now));
        }
        let crossing = Crossing {
            at: now + receiver.distance + sender.lag.least(),
            frame: Some(segment.frame),
            end,
            ack: segment.ack,
            window: flow.window(dir, segment),
            what,
        };
        self.crossings.add(dir, crossing, way);
    }

    /// Where the time went of a connection that is over, or whose capture is.
    pub(super) fn end(mut self, flow: &Flow) -> TimeSpent {
        let last = (flow.last - flow.first).0.clamp(-LONGEST, LONGEST);
        self.frame = flow.client.last_frame.max(flow.server.last_frame);
        self.follow_to(last, last);
        let closes = self.client.has_closed || self.server.has_closed;
        let is_known = self.is_open || self.has_opening;
        let from = (i64::MIN, None);
        self.account.reguise(from, |look| match look.guise.cause() {
            _ if !is_known => Guise::of(TimeCause::Unknown),
            Some(_) => look.guise,
            None if look.guise == Guise::UNDER_WAY => Guise::of(TimeCause::Path),
            None if closes => Guise::of(TimeCause::Closing),
            None if look.guise == Guise::ACKNOWLEDGED => Guise::of(TimeCause::Path),
            None => Guise::of(TimeCause::Unknown),
        });
        if flow.only_direction().is_some() {
            self.account.book_all(TimeCause::Unknown, self.frame);
        }
        self.account.close(&Reading::PATH);
        let round_trip = Span(self.way().saturating_mul(2));
        let offered = [self.client.offered, self.server.offered];
        let (mut sums, waits, longest, course) = self.account.sums().totals();
        // What stands behind the first segment in the capture, and is older; and what a
        // clock that was set far makes of it.
        let all = sums.iter().fold(0_i64, |all, sum| all.saturating_add(*sum));
        let rest = flow.duration().0.saturating_sub(all);
        sums[TimeCause::Unknown as usize] += rest.max(0);
        TimeSpent {
            sums: TimeCause::ALL.map(|cause| (cause, Span(sums[cause as usize]))),
            waits,
            longest,
            course,
            round_trip,
            pauses: self.pauses,
            offered,
        }
    }
}
