//! The segments of a connection as [points](Point), and how many of them are kept.

use std::collections::VecDeque;
use std::num::NonZeroU64;

use smallvec::SmallVec;

use crate::seq::SeqNum;
use crate::track::flow::StreamId;
use crate::track::point::Point;
use crate::track::time_spent::Waited;
use crate::track::wants::Wants;

/// A block of octets that arrived behind a hole (RFC 2018 §3): its left and its right edge.
pub type SackBlock = (SeqNum, SeqNum);
/// The blocks of a segment.
pub type SackBlocks = SmallVec<[SackBlock; 4]>;

/// Of so many points this part is kept from the beginning, where there is more.
const BEGINNING: u32 = 8;

/// The points of a connection in the order of capture: those with which it began, and the
/// latest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    beginning: Stock,
    latest: Stock,
    most: u32,
    left_out: u64,
}

/// Points, and what few of them have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Stock {
    points: VecDeque<Point>,
    sacks: VecDeque<(NonZeroU64, SackBlocks)>,
    waits: VecDeque<(NonZeroU64, Waited)>,
    copies: VecDeque<(NonZeroU64, NonZeroU64)>,
}

impl Stock {
    /// The frame of the latest point.
    fn latest(&self) -> Option<NonZeroU64> {
        self.points.back().map(|point| point.frame)
    }

    /// Gives up the first point, and what belongs to it.
    fn give_up_first(&mut self) {
        self.points.pop_front();
        let first = self.points.front().map(|point| point.frame);
        let is_gone = |frame: NonZeroU64| first.is_none_or(|first| frame < first);
        while self.sacks.front().is_some_and(|(frame, _)| is_gone(*frame)) {
            self.sacks.pop_front();
        }
        while self.waits.front().is_some_and(|(frame, _)| is_gone(*frame)) {
            self.waits.pop_front();
        }
        while self
            .copies
            .front()
            .is_some_and(|(frame, _)| is_gone(*frame))
        {
            self.copies.pop_front();
        }
    }
}

/// What stands with a frame.
fn of_frame<T>(all: &VecDeque<(NonZeroU64, T)>, frame: NonZeroU64) -> Option<&T> {
    let at = all.binary_search_by_key(&frame, |(at, _)| *at);
    at.ok().map(|at| &all[at].1)
}

impl Trace {
    /// A trace of up to `most` points.
    pub(super) fn new(most: u32) -> Self {
        Self {
            beginning: Stock::default(),
            latest: Stock::default(),
            most,
            left_out: 0,
        }
    }

    /// The trace of a connection of a stream, where one is wanted.
    pub(super) fn wanted(wants: Wants, stream: StreamId) -> Option<Box<Self>> {
        let is_asked = wants.points_of.is_none_or(|of| of == stream);
        (wants.points > 0 && is_asked).then(|| Box::new(Self::new(wants.points)))
    }

    /// Keeps a point and the SACK blocks of its segment, be it that an older one goes.
    pub(super) fn keep(&mut self, point: Point, sacks: SackBlocks) {
        let of_beginning = self.most / BEGINNING;
        let is_beginning = self.beginning.points.len() < of_beginning as usize;
        if self.latest.points.len() >= (self.most - of_beginning) as usize {
            self.latest.give_up_first();
            self.left_out += 1;
        }
        let stock = if is_beginning {
            &mut self.beginning
        } else {
            &mut self.latest
        };
        if !sacks.is_empty() {
            stock.sacks.push_back((point.frame, sacks));
        }
        stock.points.push_back(point);
    }

    /// Keeps the wait that the latest point ended.
    pub(super) fn keep_wait(&mut self, wait: Waited) {
        let stock = self.filling();
        let latest = stock.latest();
        stock.waits.extend(latest.map(|frame| (frame, wait)));
    }

    /// Keeps that the latest point shows again what a frame has shown.
    pub(super) fn keep_copy(&mut self, of: NonZeroU64) {
        let stock = self.filling();
        let latest = stock.latest();
        stock.copies.extend(latest.map(|frame| (frame, of)));
    }

    /// Where the latest point stands.
    fn filling(&mut self) -> &mut Stock {
        if self.latest.points.is_empty() {
            &mut self.beginning
        } else {
            &mut self.latest
        }
    }

    /// Where a frame's point would stand.
    fn stock_of(&self, frame: NonZeroU64) -> &Stock {
        if self.beginning.latest() >= Some(frame) {
            &self.beginning
        } else {
            &self.latest
        }
    }

    /// The SACK blocks of a frame's segment, in the order of its options.
    #[must_use]
    pub fn sacks_in(&self, frame: NonZeroU64) -> &[SackBlock] {
        let blocks = of_frame(&self.stock_of(frame).sacks, frame);
        blocks.map_or(&[], |blocks| blocks)
    }

    /// The wait that a frame's segment ended, if that is worth naming and
    /// [waits](crate::track::Wants::waits) are wanted.
    #[must_use]
    pub fn wait_before(&self, frame: NonZeroU64) -> Option<&Waited> {
        of_frame(&self.stock_of(frame).waits, frame)
    }

    /// The frame that showed first what a frame shows again, where that is a
    /// [copy](crate::track::part::Part::Copy).
    #[must_use]
    pub fn copy_of(&self, frame: NonZeroU64) -> Option<NonZeroU64> {
        of_frame(&self.stock_of(frame).copies, frame).copied()
    }

    /// The points.
    #[must_use]
    pub fn points(&self) -> impl DoubleEndedIterator<Item = &Point> {
        self.beginning.points.iter().chain(&self.latest.points)
    }

    /// How many points there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.beginning.points.len() + self.latest.points.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many were given up between the beginning and the latest, since there were too many.
    #[must_use]
    pub const fn left_out(&self) -> u64 {
        self.left_out
    }

    /// The first frame behind those that were given up, where any were.
    #[must_use]
    pub fn goes_on_with(&self) -> Option<NonZeroU64> {
        let first = self.latest.points.front()?;
        (self.left_out > 0).then_some(first.frame)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::track::point::tests::point;

    #[test]
    fn the_beginning_and_the_latest_points_are_kept_and_the_others_counted() {
        let mut trace = Trace::new(8);
        for frame in 1..=11 {
            trace.keep(
                point(frame),
                SackBlocks::from_slice(&[(SeqNum(1), SeqNum(2))]),
            );
        }
        let frames: Vec<_> = trace.points().map(|point| point.frame.get()).collect();
        assert_eq!(frames, [1, 5, 6, 7, 8, 9, 10, 11]);
        assert_eq!((trace.len(), trace.left_out()), (8, 3));
        assert_eq!(trace.goes_on_with(), NonZeroU64::new(5));
        let sacks = |frame| trace.sacks_in(NonZeroU64::new(frame).unwrap()).len();
        assert_eq!([1, 2, 4, 5, 11].map(sacks), [1, 0, 0, 1, 1]);
    }
}
