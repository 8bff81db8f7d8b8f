//! What is learnt of time that has passed: it looks otherwise, was for another cause, or
//! octets were missing.

use crate::track::time_spent::account::Account;
use crate::track::time_spent::cause::TimeCause;
use crate::track::time_spent::stretch::{Aspect, Guise, Instant, Stretch};

impl Account {
    /// Changes what the time since a moment, as far as it is not booked, looks like. From
    /// now on it looks otherwise.
    #[inline]
    pub(super) fn reguise(&mut self, from: Instant, change: impl Fn(Aspect) -> Guise) {
        if from.0 < self.since {
            self.reguise_ended(from, &change);
        } else {
            self.split(from);
        }
        if from.0 <= self.since {
            self.present.guise = change(self.present);
            self.end_present();
        }
    }

    fn reguise_ended(&mut self, from: Instant, change: impl Fn(Aspect) -> Guise) {
        self.split(from);
        for nth in (self.booked..self.ended.len()).rev() {
            if self.end_before(nth) < from.0 {
                return;
            }
            let look = &mut self.ended[nth].look;
            look.guise = change(*look);
        }
    }

    /// Books the time from `from` on that was booked to a cause to another one.
    #[cold]
    pub(super) fn rebook(&mut self, from: i64, before: TimeCause, cause: TimeCause) {
        self.each_between(((from, None), i64::MAX), |look| {
            if look.guise == Guise::of(before) {
                look.guise = Guise::of(cause);
            }
        });
    }

    /// Notes whether octets were missing from a moment to another time.
    #[cold]
    pub(super) fn lose(&mut self, between: (Instant, i64), is_lossy: bool) {
        self.each_between(between, |look| look.is_lossy = is_lossy);
    }

    /// How much of the time since `from` a loss has cost.
    pub(super) fn lost_since(&self, from: i64) -> i64 {
        let mut begin = self.sums.until();
        let mut lost = 0;
        for stretch in self.ended.iter().copied().chain(self.present()) {
            if stretch.look.cause() == TimeCause::Loss && stretch.until > from {
                lost += stretch.until - begin.max(from);
            }
            begin = stretch.until;
        }
        lost
    }

    fn each_between(&mut self, (from, to): (Instant, i64), change: impl Fn(&mut Aspect)) {
        self.split(from);
        self.split((to, None));
        self.end_present();
        let mut begin = self.sums.until();
        for stretch in &mut self.ended {
            if begin >= from.0 && stretch.until <= to {
                change(&mut stretch.look);
            }
            begin = stretch.until;
        }
    }

    /// Makes a stretch end at a time.
    #[inline]
    pub(super) fn split(&mut self, (at, frame): Instant) {
        if at <= self.sums.until() || self.at <= at || at == self.since {
            return;
        }
        if self.since < at {
            self.end_present_at(at, frame);
        } else {
            self.split_ended((at, frame));
        }
    }

    fn split_ended(&mut self, (at, frame): Instant) {
        let mut nth = self.ended.len().saturating_sub(1);
        while self.end_before(nth) > at {
            nth -= 1;
        }
        if self.end_before(nth) < at {
            let first = Stretch {
                until: at,
                frame,
                ..self.ended[nth]
            };
            self.ended.insert(nth, first);
            self.booked += usize::from(nth < self.booked);
        }
    }
}
