//! The time of a connection that is booked for good: so much for each cause, in so many
//! waits, and the longest of them.

use std::num::NonZeroU64;

use crate::time::Span;
use crate::track::time_spent::cause::{CAUSES, TimeCause};
use crate::track::time_spent::course::Course;
use crate::track::time_spent::stretch::{Instant, Reading, Stretch};
use crate::track::time_spent::waited::{Longest, Waited};

/// Times in nanoseconds of the connection.
#[derive(Debug, Clone)]
pub(super) struct Sums {
    times: [i64; CAUSES],
    /// How many waits each is of.
    waits: [u32; CAUSES],
    longest: Longest,
    /// All of them, where somebody draws them.
    course: Option<Box<Course>>,
    /// The wait that may go on.
    latest: Waited,
    /// The frame with which the time begins.
    first: Option<NonZeroU64>,
    /// Up to where time is in the sums.
    until: i64,
}

impl Sums {
    /// Begins with a frame.
    pub(super) const fn new(first: Option<NonZeroU64>) -> Self {
        Self {
            times: [0; CAUSES],
            waits: [0; CAUSES],
            longest: Longest::new(),
            course: None,
            latest: Waited {
                cause: TimeCause::Handshake,
                begin: Span(0),
                length: Span(0),
                frames: (first, first),
            },
            first,
            until: 0,
        }
    }

    /// Keeps what the time was spent on one after the other.
    pub(super) fn keep_course(&mut self) {
        self.course = Some(Box::default());
    }

    /// The time begins with a frame.
    pub(super) fn begin(&mut self, frame: NonZeroU64) {
        *self = Self {
            course: self.course.take(),
            ..Self::new(Some(frame))
        };
    }

    /// The same, with nothing in them.
    pub(super) fn begun_again(&self) -> Self {
        Self {
            course: self.course.as_ref().map(|_| Box::default()),
            ..Self::new(self.first)
        }
    }

    /// The frame up to which time is in the sums.
    pub(super) const fn frame(&self) -> Option<NonZeroU64> {
        self.latest.frames.1
    }

    /// Up to where time is in the sums.
    #[inline]
    pub(super) const fn until(&self) -> i64 {
        self.until
    }

    /// One more stretch, of which is known what it was for.
    #[inline]
    pub(super) fn add(&mut self, stretch: Stretch) {
        self.go_on(stretch.look.cause(), (stretch.until, stretch.frame));
    }

    /// One more stretch, of which it becomes known now, up to when an application was at
    /// work.
    #[inline]
    pub(super) fn read(&mut self, stretch: Stretch, reading: &Reading) {
        let look = stretch.look;
        let cause = look.booked(reading.of(self.until, look));
        let (_, at_work) = reading.at_work;
        self.go_on(
            cause,
            if at_work < stretch.until {
                (at_work, None)
            } else {
                (stretch.until, stretch.frame)
            },
        );
    }

    /// Time for a cause goes on: where it is that of the time before, so does that wait.
    #[inline]
    pub(super) fn go_on(&mut self, cause: TimeCause, (until, frame): Instant) {
        let length = until - self.until;
        self.times[cause as usize] += length;
        let latest = &mut self.latest;
        if latest.cause == cause {
            latest.length.0 += length;
            latest.frames.1 = frame;
        } else {
            if latest.is_one() || self.course.is_some() {
                self.count_latest();
            }
            self.latest = Waited {
                cause,
                begin: Span(self.until),
                length: Span(length),
                frames: (self.latest.frames.1, frame),
            };
        }
        self.until = until;
    }

    /// The times, of how many waits they are, and the longest; and what the time was spent
    /// on one after the other.
    pub(super) fn totals(mut self) -> ([i64; CAUSES], [u32; CAUSES], Vec<Waited>, Vec<Waited>) {
        self.count_latest();
        let course = self.course.map(|course| course.into_list());
        (
            self.times,
            self.waits,
            self.longest.into_list(),
            course.unwrap_or_default(),
        )
    }

    #[cold]
    fn count_latest(&mut self) {
        let mut wait = self.latest;
        if let Some(course) = self.course.as_mut().filter(|_| wait.length.0 > 0) {
            course.add(wait);
        }
        if !wait.is_one() {
            return;
        }
        // One that came later, or the same, shows no beginning.
        wait.frames.0 = wait.frames.0.filter(|&first| Some(first) < wait.frames.1);
        self.waits[wait.cause as usize] += 1;
        self.longest.add(wait);
    }
}
