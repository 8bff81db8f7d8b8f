//! Frames of several interfaces on their way into one order, that of their times.
//!
//! Each interface hands its own frames over in order, but late: by up to [`HELD_BACK`].
//! So a frame waits until each of the others has shown that it has nothing earlier: by a
//! later frame; by having nothing when a frame was known that is so much later; or as
//! all had nothing for so long. There is no clock in this: the frames' own times tell
//! that time went on, and where no frame comes, whoever waits for one.

#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::time::Duration;

use crate::time::{Span, Timestamp};

/// How late an interface may hand a frame over: five times the age at which the kernel
/// hands over a block that is not full, as a busy machine is late.
pub(super) const HELD_BACK: Duration = Duration::from_millis(100);
/// The same, between times of frames.
const LATENESS: Span = Span(100_000_000);
/// A frame that is so much earlier than one before it was not held back: the clock was
/// set.
const CLOCK_WAS_SET: Span = Span(1_000_000_000);
/// How many octets may wait. Beyond that the earliest frame goes on, in order or not.
const MOST: usize = 32 << 20;
/// What a frame takes beside its octets, about.
const BESIDE: usize = 64;
/// How many frames' room is kept to be used again, and how much of each at most.
const SPARE: usize = 1024;
const SPARE_LEN: usize = 2048;

/// Frames that wait for those of other interfaces.
#[derive(Debug)]
pub(super) struct Merge {
    lanes: Vec<Strand>,
    /// The time of the latest frame that came.
    latest: Option<Timestamp>,
    /// Up to this time all frames came.
    settled: Option<Timestamp>,
    /// Octets that wait.
    waiting: usize,
    /// Room of frames that went on, to be used again.
    spare: Vec<Vec<u8>>,
}

/// The frames of one interface.
#[derive(Debug)]
struct Strand {
    held: VecDeque<Parked>,
    /// What the latest frame was when this interface had nothing.
    dry_at: Option<Timestamp>,
    is_open: bool,
}

/// A frame that waits.
#[derive(Debug, Default)]
pub(super) struct Parked {
    /// Which interface it came from.
    pub(super) lane: usize,
    pub(super) time: Timestamp,
    /// Octets on the wire.
    pub(super) len: u32,
    pub(super) bytes: Vec<u8>,
}

impl Merge {
    /// For so many interfaces.
    pub(super) fn of(lanes: usize) -> Self {
        let lane = || Strand {
            held: VecDeque::new(),
            dry_at: None,
            is_open: true,
        };
        Self {
            lanes: (0..lanes).map(|_| lane()).collect(),
            latest: None,
            settled: None,
            waiting: 0,
            spare: Vec::new(),
        }
    }

    /// Takes a frame that came from an interface.
    pub(super) fn push(&mut self, lane: usize, time: Timestamp, len: u32, octets: &[u8]) {
        let Some(from) = self.lanes.get_mut(lane) else {
            return;
        };
        let mut bytes = self.spare.pop().unwrap_or_default();
        bytes.clear();
        bytes.extend_from_slice(octets);
        self.waiting += bytes.len() + BESIDE;
        from.held.push_back(Parked {
            lane,
            time,
            len,
            bytes,
        });
        match self.latest {
            Some(latest) if latest - time > CLOCK_WAS_SET => {
                self.latest = Some(time);
                self.settled = None;
            }
            latest => self.latest = latest.max(Some(time)),
        }
    }

    /// An interface has nothing for now.
    pub(super) fn is_dry(&mut self, lane: usize) {
        if let Some(lane) = self.lanes.get_mut(lane) {
            lane.dry_at = self.latest;
        }
    }

    /// An interface has nothing any more.
    pub(super) fn close(&mut self, lane: usize) {
        if let Some(lane) = self.lanes.get_mut(lane) {
            lane.is_open = false;
        }
    }

    /// No interface had anything for so long that all frames came that were captured
    /// before the latest one that waits.
    pub(super) fn settle(&mut self) {
        let waiting = self.lanes.iter().filter_map(|lane| lane.held.back());
        self.settled = waiting.map(|held| held.time).max();
    }

    /// Whether a frame waits.
    pub(super) fn has_waiting(&self) -> bool {
        self.lanes.iter().any(|lane| !lane.held.is_empty())
    }

    /// Whether no more should be taken before some have gone on.
    pub(super) const fn is_full(&self) -> bool {
        self.waiting >= MOST
    }

    /// The next frame, if it waited long enough. Its room is given back in `last`'s
    /// place, that of the frame before.
    pub(super) fn next(&mut self, last: &mut Parked) -> bool {
        let heads = self.lanes.iter().enumerate();
        let heads = heads.filter_map(|(place, lane)| Some((lane.held.front()?.time, place)));
        let Some((time, place)) = heads.min() else {
            return false;
        };
        if !self.is_full() && !self.has_come(time) {
            return false;
        }
        let from = self.lanes.get_mut(place);
        let Some(next) = from.and_then(|lane| lane.held.pop_front()) else {
            return false;
        };
        self.waiting = self.waiting.saturating_sub(next.bytes.len() + BESIDE);
        let used = std::mem::replace(last, next);
        if self.spare.len() < SPARE && used.bytes.capacity() <= SPARE_LEN {
            self.spare.push(used.bytes);
        }
        true
    }

    /// Whether all frames came that were captured before this time.
    fn has_come(&self, time: Timestamp) -> bool {
        self.settled.is_some_and(|settled| settled >= time)
            || self.lanes.iter().all(|lane| {
                let was_dry = |at: Timestamp| at - time >= LATENESS;
                !lane.is_open || !lane.held.is_empty() || lane.dry_at.is_some_and(was_dry)
            })
    }
}
