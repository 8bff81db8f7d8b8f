//! Numbers that an end left out: those before something that it sent, and not
//! captured themselves.

use std::collections::VecDeque;

use crate::seq::SeqNum;
use crate::time::Span;
use crate::track::stamp::Stamp;

/// The most holes kept; of more, the lowest is taken to be filled.
const MOST: usize = 64;

/// What filled holes lately is remembered, this many times.
const FILLED: usize = 64;

/// The most that is remembered of what acknowledgments overtook.
const OVERTAKEN: usize = 8;

/// The holes in what one end sent, lowest first.
#[derive(Debug, Clone, Default)]
pub(super) struct Holes {
    list: Vec<Hole>,
    /// Those that were filled lately, by the numbers that did.
    filled: VecDeque<Hole>,
    /// What acknowledgments overtook: it lies behind all that passed.
    overtaken: Vec<Hole>,
    /// The shortest time in which the end has acknowledged something since.
    pub(super) answers_in: Option<Span>,
    /// How long, at most, what was overtaken came behind what left its hole.
    pub(super) late_by: Option<Span>,
}

/// A hole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Hole {
    /// The first number left out.
    pub(super) start: SeqNum,
    /// The number behind the last.
    pub(super) end: SeqNum,
    /// The transmission that left it.
    pub(super) stamp: Stamp,
    /// When the other end told of it first.
    pub(super) reported: Option<Span>,
}

impl Hole {
    const fn has(&self, at: SeqNum) -> bool {
        at.relative_to(self.start) < self.end.relative_to(self.start)
    }

    /// How many of the numbers from `start` to `end` are in it. Counted wider
    /// than the numbers are: it may begin nearly half of them away and reach
    /// beyond that.
    fn between(self, start: SeqNum, end: SeqNum) -> u32 {
        let own = i64::from(self.start - start);
        let own_end = own + i64::from(self.end.relative_to(self.start));
        let to = own_end.min(i64::from(end.relative_to(start)));
        u32::try_from(to - own.max(0)).unwrap_or(0)
    }
}

impl Holes {
    /// Leaves out the numbers of `hole`, which lie behind all others.
    pub(super) fn leave(&mut self, hole: Hole) {
        if self.list.len() == MOST {
            self.list.remove(0);
        }
        self.list.push(hole);
    }

    /// How many of them an acknowledgment of `ack` covers: what is in them arrived.
    pub(super) fn acknowledged(&self, ack: SeqNum) -> usize {
        self.list.iter().filter(|hole| ack - hole.start > 0).count()
    }

    /// How many of the numbers from `start` to `end` were left out.
    pub(super) fn between(&self, start: SeqNum, end: SeqNum) -> u32 {
        self.list.iter().map(|hole| hole.between(start, end)).sum()
    }

    /// Notes that an acknowledgment shows numbers up to `end` that were sent,
    /// where SND.NXT seems to be `start`.
    pub(super) fn overtake(&mut self, start: SeqNum, end: SeqNum, stamp: Stamp) {
        self.overtaken.retain(|hole| hole.end - start > 0);
        let start = self.overtaken.last().map_or(start, |hole| hole.end);
        if end - start > 0 && self.overtaken.len() < OVERTAKEN {
            self.overtaken.push(Hole {
                start,
                end,
                stamp,
                reported: None,
            });
        }
    }

    /// SND.NXT, as acknowledgments show it, where it seems to be `next`.
    pub(super) fn shown_from(&self, next: SeqNum) -> SeqNum {
        let overtaken = self.overtaken.last().map_or(next, |hole| hole.end);
        if overtaken - next > 0 {
            overtaken
        } else {
            next
        }
    }

    /// Remembers that a hole is filled from `start` to `end`: another transmission of
    /// the same may still be underway.
    /// `late_at` the time where it was overtaken.
    pub(super) fn remember(&mut self, start: SeqNum, end: SeqNum, late_at: Option<Span>) {
        let Some(&hole) = self.list.iter().find(|hole| hole.has(start)) else {
            return;
        };
        let late_by = late_at.map(|at| Span(at.0.saturating_sub(hole.stamp.at.0)));
        self.late_by = self.late_by.max(late_by);
        if self.filled.len() == FILLED {
            self.filled.pop_front();
        }
        self.filled.push_back(Hole { start, end, ..hole });
    }

    /// Notes that the other end tells of holes between `ack` and `to` at a time.
    pub(super) fn report(&mut self, ack: SeqNum, to: SeqNum, now: Span) {
        for hole in &mut self.list {
            if hole.end - ack > 0 && hole.start - to < 0 {
                hole.reported.get_or_insert(now);
            }
        }
    }

    /// Whether the other end told of any of those that were filled lately.
    pub(super) fn were_reported(&self) -> bool {
        self.filled.iter().any(|hole| hole.reported.is_some())
    }

    /// The hole in which `at` lies.
    pub(super) fn at(&self, at: SeqNum) -> Option<&Hole> {
        self.list.iter().find(|hole| hole.has(at))
    }

    /// What was overtaken where `at` lies, a number that is not passed.
    pub(super) fn overtook(&self, at: SeqNum) -> Option<&Hole> {
        self.overtaken.iter().find(|hole| hole.has(at))
    }

    /// The hole that was where the octet `at` is, as far as that is remembered.
    pub(super) fn filled_at(&self, at: SeqNum) -> Option<&Hole> {
        self.filled.iter().rev().find(|hole| hole.has(at))
    }

    /// Fills in the numbers from `start` to `end`.
    pub(super) fn fill(&mut self, start: SeqNum, end: SeqNum) {
        let Some(first) = self
            .list
            .iter()
            .position(|hole| hole.between(start, end) > 0)
        else {
            return;
        };
        let hole = self.list[first];
        let is_inside = hole.start - start < 0 && end - hole.end < 0;
        if is_inside {
            self.list[first].end = start;
            let above = Hole { start: end, ..hole };
            if self.list.len() < MOST {
                self.list.insert(first + 1, above);
            }
            return;
        }
        for hole in &mut self.list[first..] {
            if hole.between(start, end) == 0 {
                break;
            }
            if hole.start - start < 0 {
                hole.end = start;
            } else if end - hole.end < 0 {
                hole.start = end;
            } else {
                hole.end = hole.start;
            }
        }
        self.list.retain(|hole| hole.start != hole.end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hole(start: u32, end: u32) -> Hole {
        Hole {
            start: SeqNum(start),
            end: SeqNum(end),
            ..Hole::default()
        }
    }

    fn holes(ranges: &[(u32, u32)]) -> Holes {
        let mut holes = Holes::default();
        for &(start, end) in ranges {
            holes.leave(hole(start, end));
        }
        holes
    }

    fn ranges(holes: &Holes) -> Vec<(u32, u32)> {
        let range = |hole: &Hole| (hole.start.0, hole.end.0);
        holes.list.iter().map(range).collect()
    }

    #[test]
    fn what_comes_late_fills_what_it_covers() {
        let filled = |start, end| {
            let mut holes = holes(&[(10, 20), (30, 40), (50, 60)]);
            holes.fill(SeqNum(start), SeqNum(end));
            ranges(&holes)
        };
        assert_eq!(filled(0, 10), [(10, 20), (30, 40), (50, 60)]);
        assert_eq!(filled(12, 18), [(10, 12), (18, 20), (30, 40), (50, 60)]);
        assert_eq!(filled(10, 18), [(18, 20), (30, 40), (50, 60)]);
        assert_eq!(filled(15, 55), [(10, 15), (55, 60)]);
        assert_eq!(filled(0, 70), []);
    }

    #[test]
    fn a_hole_may_lie_on_the_wrap() {
        let mut holes = holes(&[(u32::MAX - 4, 5)]);
        assert_eq!(holes.between(SeqNum(u32::MAX), SeqNum(2)), 3);
        holes.fill(SeqNum(u32::MAX), SeqNum(2));
        assert_eq!(ranges(&holes), [(u32::MAX - 4, u32::MAX), (2, 5)]);
    }

    #[test]
    fn holes_half_the_numbers_away_have_none_of_those_here() {
        // Each begins less than half the numbers ahead and reaches beyond that.
        let far = (1 << 30, 5 << 29);
        let holes = holes(&[far, (5, 8), far, far]);
        assert_eq!(holes.between(SeqNum(0), SeqNum(10)), 3);
        assert_eq!(holes.between(SeqNum(8), SeqNum(18)), 0);
    }
}
