//! The time of a connection as it passes: first as it looks, then, when what comes next
//! has shown what it was, booked for good.

use std::num::NonZeroU64;

use crate::time::Span;
use crate::track::time_spent::cause::TimeCause;
use crate::track::time_spent::stretch::{Aspect, Guise, Instant, Reading, Stretch};
use crate::track::time_spent::sums::Sums;
use crate::track::time_spent::waited::Waited;

/// The most stretches that are kept to be booked otherwise.
const MOST_STRETCHES: usize = 64;

/// Times in nanoseconds of the connection.
#[derive(Debug, Clone)]
pub(super) struct Account {
    pub(super) sums: Sums,
    /// Stretches that have ended and are not in the sums; so many of the first are booked.
    pub(super) ended: Vec<Stretch>,
    pub(super) booked: usize,
    /// What the present looks like, since when, and up to where time has passed; and the
    /// latest frame by then.
    pub(super) present: Aspect,
    pub(super) since: i64,
    pub(super) at: i64,
    frame: Option<NonZeroU64>,
}

impl Account {
    pub(super) const fn new() -> Self {
        Self {
            sums: Sums::new(None),
            ended: Vec::new(),
            booked: 0,
            present: Aspect::of(TimeCause::Handshake),
            since: 0,
            at: 0,
            frame: None,
        }
    }

    /// Keeps what the time was spent on one after the other.
    pub(super) fn keep_course(&mut self) {
        self.sums.keep_course();
    }

    /// The time begins with a frame.
    pub(super) fn begin(&mut self, frame: NonZeroU64) {
        self.sums.begin(frame);
    }

    /// Up to where time has passed.
    #[inline]
    pub(super) const fn at(&self) -> i64 {
        self.at
    }

    /// From now on time looks so.
    #[inline]
    pub(super) fn turn(&mut self, look: Aspect) {
        if look != self.present {
            self.end_present();
            self.present = look;
        }
    }

    /// Time passes, until a frame.
    #[inline]
    pub(super) const fn pass(&mut self, until: i64, frame: Option<NonZeroU64>) {
        (self.at, self.frame) = (until, frame);
    }

    /// Another frame at the same time: it ends what the one before would end or has.
    #[inline]
    pub(super) fn pass_nothing(&mut self, frame: Option<NonZeroU64>) {
        self.frame = frame;
        if self.since == self.at
            && let Some(last) = self.ended.last_mut()
            && last.until == self.at
        {
            last.frame = frame;
        }
    }

    /// Time passes, up to a moment while octets are missing.
    #[cold]
    pub(super) fn pass_lossy(&mut self, look: Aspect, lost_until: i64, (until, frame): Instant) {
        let is_lossy = true;
        self.turn(Aspect { is_lossy, ..look });
        self.pass(until.min(lost_until), frame);
        if lost_until < until {
            self.turn(look);
            self.pass(until, frame);
        }
    }

    #[inline]
    pub(super) fn end_present(&mut self) {
        if self.since < self.at {
            self.end_present_at(self.at, self.frame);
        }
    }

    #[inline]
    pub(super) fn end_present_at(&mut self, until: i64, frame: Option<NonZeroU64>) {
        if self.ended.len() >= MOST_STRETCHES {
            self.close_first(MOST_STRETCHES / 4);
        }
        self.ended.push(Stretch {
            until,
            frame,
            look: self.present,
        });
        self.since = until;
    }

    /// The stretch that has not ended, where it has begun.
    pub(super) fn present(&self) -> Option<Stretch> {
        (self.since < self.at).then(|| self.present_stretch())
    }

    #[inline]
    const fn present_stretch(&self) -> Stretch {
        Stretch {
            until: self.at,
            frame: self.frame,
            look: self.present,
        }
    }

    /// Up to where time is booked.
    #[inline]
    pub(super) fn booked_until(&self) -> i64 {
        self.end_before(self.booked)
    }

    /// Where a stretch begins.
    #[inline]
    pub(super) fn end_before(&self, nth: usize) -> i64 {
        let before = nth.checked_sub(1).and_then(|nth| self.ended.get(nth));
        before.map_or(self.sums.until(), |before| before.until)
    }

    /// What the latest time looks like that is not booked.
    #[inline]
    pub(super) fn guise(&self) -> Option<Guise> {
        if self.since < self.at {
            return Some(self.present.guise);
        }
        Some(self.ended.get(self.booked..)?.last()?.look.guise)
    }

    /// The longest of what has passed in a row for one cause, as it would be booked now.
    pub(super) fn longest_open(&self, reading: &Reading) -> Option<Waited> {
        let mut begin = self.booked_until();
        let last = self.booked.checked_sub(1);
        let mut before = last.map_or(self.sums.frame(), |last| self.ended[last].frame);
        let (mut longest, mut latest) = (None, None);
        for stretch in self.ended[self.booked..]
            .iter()
            .copied()
            .chain(self.present())
        {
            let look = stretch.look;
            let cause = look.booked(reading.of(begin, look));
            let length = stretch.until - begin;
            if !Waited::lengthen(&mut latest, cause, length, stretch.frame) {
                longest = Waited::longer(longest, latest);
                latest = Some(Waited {
                    cause,
                    begin: Span(begin),
                    length: Span(length),
                    frames: (before, stretch.frame),
                });
            }
            (begin, before) = (stretch.until, stretch.frame);
        }
        Waited::longer(longest, latest)
    }

    /// Books all that has passed.
    pub(super) fn book(&mut self, reading: &Reading) {
        let mut begin = self.booked_until();
        for nth in self.booked..self.ended.len() {
            let stretch = self.ended[nth];
            self.book_one(stretch, reading.of(begin, stretch.look));
            begin = stretch.until;
        }
        self.ended.truncate(self.booked);
        if self.since < self.at {
            let present = self.present_stretch();
            self.book_one(present, reading.of(begin, present.look));
            self.since = self.at;
        }
    }

    /// Books a stretch behind those that are, with the last where both are alike.
    #[inline]
    fn book_one(&mut self, stretch: Stretch, cause: TimeCause) {
        let look = Aspect {
            is_lossy: stretch.look.is_lossy,
            ..Aspect::of(cause)
        };
        let last = self.booked.checked_sub(1);
        match last.and_then(|last| self.ended.get_mut(last)) {
            Some(last) if last.look == look => {
                (last.until, last.frame) = (stretch.until, stretch.frame);
                return;
            }
            _ => {}
        }
        let stretch = Stretch { look, ..stretch };
        match self.ended.get_mut(self.booked) {
            Some(place) => *place = stretch,
            None => self.ended.push(stretch),
        }
        self.booked += 1;
    }

    /// Books all that has passed since the beginning to one cause.
    #[cold]
    pub(super) fn book_all(&mut self, cause: TimeCause, frame: Option<NonZeroU64>) {
        self.sums = self.sums.begun_again();
        self.ended.clear();
        self.booked = 0;
        (self.since, self.frame) = (0, frame);
        self.present.is_lossy = false;
        self.book(&Reading::all(cause));
    }

    /// Books all that has passed, and adds it up.
    pub(super) fn close(&mut self, reading: &Reading) {
        let (booked, open) = self.ended.split_at(self.booked);
        for stretch in booked {
            self.sums.add(*stretch);
        }
        let (application, at_work) = reading.at_work;
        for stretch in open {
            if self.sums.until() >= at_work {
                break;
            }
            self.sums.read(*stretch, reading);
        }
        self.ended.clear();
        self.booked = 0;
        if self.since < self.at.min(at_work) {
            self.sums.read(self.present_stretch(), reading);
        }
        // What is left, an application was at work.
        if self.sums.until() < self.at {
            self.sums.go_on(application, (self.at, self.frame));
        }
        self.since = self.at;
    }

    /// The sums of all that is closed, of how many waits they are, and the longest.
    pub(super) fn sums(self) -> Sums {
        self.sums
    }

    /// Adds up so many of the first stretches.
    fn close_first(&mut self, count: usize) {
        for stretch in self.ended.iter().take(count) {
            self.sums.add(*stretch);
        }
        if count >= self.ended.len() {
            self.ended.clear();
        } else {
            self.ended.drain(..count);
        }
        self.booked = self.booked.saturating_sub(count);
    }
}
