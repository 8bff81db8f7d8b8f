//! A wait: time in a row that a connection spent on one cause.

use std::num::NonZeroU64;

use crate::time::Span;
use crate::track::time_spent::cause::TimeCause;

/// Time in a row that was spent on one cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waited {
    /// What it was spent on.
    pub cause: TimeCause,
    /// When it began, counted from the connection's first segment.
    pub begin: Span,
    /// How long it lasted.
    pub length: Span,
    /// The frames that show its beginning and its end; `None` where it began before
    /// the first that was captured, or lasted beyond the last.
    pub frames: (Option<NonZeroU64>, Option<NonZeroU64>),
}

/// How many of the longest are kept.
const MOST: usize = 8;

/// The shortest that counts as one, nanoseconds: less is no wait but the time that
/// hosts take.
const LEAST: i64 = 1_000_000;

/// The longest waits of a connection, the longest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Longest {
    list: Vec<Waited>,
}

/// How long a wait is before it is worth naming where it ends, nanoseconds; one for a
/// delayed acknowledgment, which none is shorter than 40 ms on Linux.
const WORTH_NAMING: i64 = 100_000_000;
const WORTH_NAMING_DELAYED: i64 = 35_000_000;

impl Waited {
    /// Whether it is worth naming, where it ends: somebody waited, and not only for the
    /// path.
    pub(super) const fn is_worth_naming(&self) -> bool {
        match self.cause {
            TimeCause::Handshake | TimeCause::Path | TimeCause::Closing | TimeCause::Unknown => {
                false
            }
            TimeCause::DelayedAck => self.length.0 >= WORTH_NAMING_DELAYED,
            _ => self.length.0 >= WORTH_NAMING,
        }
    }

    /// Whether it is long enough to count.
    #[inline]
    pub(super) const fn is_one(&self) -> bool {
        self.length.0 >= LEAST
    }

    /// Goes on, where it is for the same cause; gives back whether it is.
    pub(super) fn lengthen(
        wait: &mut Option<Self>,
        cause: TimeCause,
        length: i64,
        frame: Option<NonZeroU64>,
    ) -> bool {
        let Some(wait) = wait.as_mut().filter(|wait| wait.cause == cause) else {
            return false;
        };
        wait.length.0 += length;
        wait.frames.1 = frame;
        true
    }

    /// The longer of two, the later where they are as long.
    pub(super) fn longer(one: Option<Self>, later: Option<Self>) -> Option<Self> {
        one.into_iter().chain(later).max_by_key(|wait| wait.length)
    }
}

impl Longest {
    pub(super) const fn new() -> Self {
        Self { list: Vec::new() }
    }

    /// One more.
    pub(super) fn add(&mut self, wait: Waited) {
        let is_shorter = self.list.len() == MOST
            && self
                .list
                .last()
                .is_some_and(|last| last.length >= wait.length);
        if is_shorter {
            return;
        }
        let at = self
            .list
            .partition_point(|other| other.length >= wait.length);
        self.list.truncate(MOST - 1);
        self.list.insert(at.min(self.list.len()), wait);
    }

    /// All.
    pub(super) fn into_list(self) -> Vec<Waited> {
        self.list
    }
}
