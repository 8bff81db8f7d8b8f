//! The connection that is open on the screen: what of it is still to be told.

use std::collections::VecDeque;

use tcptrace::track::connection::Connection;
use tcptrace::track::flow_id::FlowId;

use crate::watch::news::{KeptFrame, News};
use crate::watch::store::{Store, StorePlace};

/// The most frames, and octets in them, that are told at once.
const MOST_FRAMES: usize = 256;
const MOST_OCTETS: usize = 1 << 20;

/// The connection that is open, and what of it is still to be told.
#[derive(Debug)]
pub struct Following {
    pub id: FlowId,
    /// Where the frames are that were not told, in order.
    places: VecDeque<StorePlace>,
    /// Which frame of the connection was told last, and how many were missing before.
    nth: u64,
    missing: u64,
    told_missing: u64,
    /// Frames that were read from the store and not yet told.
    ready: Vec<KeptFrame>,
    /// Whether its record has changed since it was told.
    pub has_changed: bool,
    /// Its record, where the run does not keep it any more.
    pub left: Option<Box<Connection>>,
}

impl Following {
    pub fn of(id: FlowId, store: &Store) -> Self {
        Self {
            id,
            places: store.places(id).into(),
            nth: 0,
            missing: 0,
            told_missing: 0,
            ready: Vec::new(),
            has_changed: true,
            left: None,
        }
    }

    /// Takes a frame of it that was kept.
    pub fn take(&mut self, place: StorePlace) {
        self.places.push_back(place);
        self.has_changed = true;
    }

    /// What is to be told of its frames next.
    pub fn next(&mut self, store: &Store) -> Option<News> {
        if self.ready.is_empty() {
            self.read(store);
        }
        if self.missing > self.told_missing {
            self.told_missing = self.missing;
            return Some(News::Missing(self.id, self.missing));
        }
        let frames = std::mem::take(&mut self.ready);
        (!frames.is_empty()).then_some(News::Frames(self.id, frames))
    }

    /// Reads as many frames as are told at once, up to where some are missing.
    fn read(&mut self, store: &Store) {
        let mut octets = 0;
        while self.ready.len() < MOST_FRAMES
            && octets < MOST_OCTETS
            && let Some(place) = self.places.front()
        {
            let Some((nth, frame)) = store.get(*place) else {
                // The store has gone on; the next one that is there tells how far.
                self.places.pop_front();
                continue;
            };
            let lacks = nth.saturating_sub(self.nth + 1);
            if lacks > 0 && !self.ready.is_empty() {
                return;
            }
            self.missing += lacks;
            self.nth = self.nth.max(nth);
            octets += frame.bytes.len();
            self.places.pop_front();
            self.ready.push(frame);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::num::NonZeroU64;
    use tcptrace::frame::Frame;

    const ID: FlowId = FlowId(7);

    fn keep(store: &mut Store, nth: u64) -> StorePlace {
        let number = NonZeroU64::new(nth + 100).unwrap();
        let frame = Frame {
            bytes: &[1; 1500],
            ..Frame::numbered(number)
        };
        store.keep(ID, nth, &frame)
    }

    /// All that is told: how many are missing before which frames.
    fn told(open: &mut Following, store: &Store) -> Vec<(u64, Vec<u64>)> {
        let mut all: Vec<(u64, Vec<u64>)> = vec![(0, Vec::new())];
        while let Some(news) = open.next(store) {
            match news {
                News::Missing(id, count) => {
                    assert_eq!(id, ID);
                    all.push((count, Vec::new()));
                }
                News::Frames(id, frames) => {
                    assert_eq!(id, ID);
                    assert!(frames.len() <= MOST_FRAMES);
                    let numbers = frames.iter().map(|frame| frame.number.get());
                    all.last_mut().unwrap().1.extend(numbers);
                }
                other => panic!("{other:?}"),
            }
        }
        all
    }

    #[test]
    fn who_opens_late_gets_what_is_kept_and_then_what_comes() {
        let mut store = Store::new(16 << 20);
        for nth in 1..=300 {
            keep(&mut store, nth);
        }
        let mut open = Following::of(ID, &store);
        assert_eq!(told(&mut open, &store), [(0, (101..=400).collect())]);
        for nth in 301..=303 {
            open.take(keep(&mut store, nth));
        }
        assert_eq!(told(&mut open, &store), [(0, vec![401, 402, 403])]);
        assert!(open.next(&store).is_none());
    }

    #[test]
    fn frames_that_are_gone_are_counted_where_they_are_missing() {
        let mut store = Store::new(16 << 20);
        for nth in 1..=20_000 {
            keep(&mut store, nth);
        }
        let mut open = Following::of(ID, &store);
        let all = told(&mut open, &store);
        let (missing, latest) = (all[1].0, &all[1].1);
        assert_eq!(all[0].1, [101, 102, 103, 104]);
        assert_eq!(latest[0], 105 + missing);
        assert_eq!(latest.last(), Some(&20_100));
        assert_eq!(4 + missing + latest.len() as u64, 20_000);
    }

    #[test]
    fn a_store_that_is_faster_than_the_screen_is_told_of_too() {
        let mut store = Store::new(16 << 20);
        let mut open = Following::of(ID, &store);
        for nth in 1..=20_000 {
            open.take(keep(&mut store, nth));
        }
        let all = told(&mut open, &store);
        let count: usize = all.iter().map(|(_, frames)| frames.len()).sum();
        assert_eq!(all.last().unwrap().0 + count as u64, 20_000);
    }
}
