//! What an end sent lately, copies by the network left out: a bounded record, by
//! which a segment that brings octets again is compared with each time before.

use crate::seq::SeqNum;
use crate::track::transmission::Transmission;

/// How many are remembered beside the latest, once two were underway; more only while
/// more are.
const FEW: usize = 4;
/// As many where segments came late.
const MANY: usize = 32;
/// The most that are remembered.
const MOST: usize = 128;

/// What an end sent lately.
#[derive(Debug, Clone, Default)]
pub(super) struct Transmissions {
    /// The latest: of most ends of short connections, the only one.
    latest: Option<Transmission>,
    earlier: Option<Box<Earlier>>,
}

/// What came before the latest, in a ring.
#[derive(Debug, Clone, Default)]
struct Earlier {
    list: Vec<Transmission>,
    /// Where the oldest stands, and the next will.
    next: usize,
}

impl Transmissions {
    /// Remembers one, where all before `una` was acknowledged. While each is
    /// acknowledged before the next, the latest will do; where the capture `lacks` what
    /// came late or not at all, more may be sent again.
    #[inline]
    pub(super) fn add(&mut self, transmission: Transmission, una: SeqNum, lacks: bool) {
        let Some(before) = self.latest.replace(transmission) else {
            return;
        };
        match &mut self.earlier {
            Some(earlier) => earlier.add(before, una, lacks),
            None if lacks || before.end() - una > 0 => {
                self.earlier.get_or_insert_default().add(before, una, lacks);
            }
            None => {}
        }
    }

    /// The latest.
    pub(super) const fn latest(&self) -> Option<&Transmission> {
        self.latest.as_ref()
    }

    /// Those that are remembered, the latest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Transmission> + Clone {
        let earlier = self.earlier.as_deref();
        let earlier = earlier.into_iter().flat_map(Earlier::iter);
        self.latest.iter().chain(earlier)
    }

    /// Those that brought a number, the latest first.
    pub(super) fn of(&self, at: SeqNum) -> impl Iterator<Item = &Transmission> {
        self.iter().filter(move |sent| sent.has(at))
    }
}

impl Earlier {
    #[inline]
    fn add(&mut self, transmission: Transmission, una: SeqNum, lacks: bool) {
        let has_enough = !lacks || self.list.len() >= MANY;
        match self.list.get_mut(self.next) {
            Some(oldest) if has_enough && oldest.end() - una <= 0 => {
                *oldest = transmission;
                self.turn(self.next + 1);
            }
            _ => self.make_room(transmission),
        }
    }

    /// Adds one where the oldest is still underway, or there is room left.
    #[cold]
    fn make_room(&mut self, transmission: Transmission) {
        let len = self.list.len();
        if len < MOST {
            if len == self.list.capacity() {
                // In order, so that the room is behind the latest.
                self.list.rotate_left(self.next);
                self.list.reserve_exact(len.max(FEW));
            }
            self.list.push(transmission);
            self.turn(len + 1);
        } else if let Some(oldest) = self.list.get_mut(self.next) {
            *oldest = transmission;
            self.turn(self.next + 1);
        }
    }

    /// Goes on to a place, or to the first where there is none.
    #[inline]
    fn turn(&mut self, next: usize) {
        let len = self.list.len();
        let has_room = len < self.list.capacity() && len < MOST;
        self.next = if next == len && !has_room { 0 } else { next };
    }

    /// The latest first.
    fn iter(&self) -> impl Iterator<Item = &Transmission> + Clone {
        let (latest, oldest) = self.list.split_at(self.next);
        latest.iter().rev().chain(oldest.iter().rev())
    }
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::flags::Flags;

    use crate::segment::Segment;
    use crate::time::Span;

    /// One of ten octets.
    fn sent(seq: u32) -> Transmission {
        let segment = Segment {
            ttl: 64,
            seq: SeqNum(seq),
            flags: Flags::ACK,
            payload_len: 10,
            ..Segment::NOBODYS
        };
        Transmission::of(&segment, Span(0))
    }

    /// As many in a row as `count`, each after so many before it were acknowledged.
    fn remembered(count: u32, behind: u32) -> Vec<u32> {
        let mut transmissions = Transmissions::default();
        for nth in 0..count {
            let una = SeqNum(nth.saturating_sub(behind) * 10);
            transmissions.add(sent(nth * 10), una, false);
        }
        let numbers = transmissions.iter().map(|sent| sent.seq.0 / 10);
        numbers.collect()
    }

    #[test]
    fn the_latest_are_remembered_in_order() {
        assert_eq!(remembered(1, 1), [0]);
        assert_eq!(remembered(3, 1), [2, 1, 0]);
        assert_eq!(remembered(100, 1), [99, 98, 97, 96, 95]);
        assert_eq!(remembered(103, 1), [102, 101, 100, 99, 98]);
    }

    #[test]
    fn of_what_is_acknowledged_one_by_one_the_latest_is_remembered() {
        assert_eq!(remembered(100, 0), [99]);
    }

    #[test]
    fn all_that_is_underway_is_remembered_up_to_a_bound() {
        let all = |len: u32, count: u32| (0..len).map(move |nth| count - 1 - nth);
        for count in [9, 20, 60, 128] {
            assert!(remembered(count, count).into_iter().eq(all(count, count)));
        }
        let bound = u32::try_from(MOST).unwrap() + 1;
        assert!(remembered(500, 500).into_iter().eq(all(bound, 500)));
        let some = remembered(500, 20);
        assert!(some.len() >= 20 && some.len() <= 40, "{some:?}");
        assert!(some.into_iter().eq(all(33, 500)));
    }

    #[test]
    fn more_are_remembered_where_segments_came_late() {
        let mut transmissions = Transmissions::default();
        for nth in 0..100 {
            transmissions.add(sent(nth * 10), SeqNum(nth * 10), nth > 50);
        }
        assert_eq!(transmissions.iter().count(), MANY + 1);
    }

    #[test]
    fn each_time_that_a_number_was_sent_is_found() {
        let mut transmissions = Transmissions::default();
        for seq in [u32::MAX - 9, 0, u32::MAX - 4, 10, 0] {
            transmissions.add(sent(seq), SeqNum(u32::MAX - 9), false);
        }
        let times = |at| transmissions.of(SeqNum(at)).map(|sent| sent.seq.0);
        assert!(times(3).eq([0, u32::MAX - 4, 0]));
        assert!(times(u32::MAX).eq([u32::MAX - 4, u32::MAX - 9]));
        assert_eq!(times(20).count(), 0);
    }
}
