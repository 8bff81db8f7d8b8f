//! All connections that the screen knows, a million at most.

use std::collections::{HashMap, VecDeque};

use tcptrace::time::Timestamp;
use tcptrace::track::flow_id::FlowId;

use crate::watch::listed::Listed;
use crate::watch::pace::nanoseconds;
use crate::watch::packed::{KnownOwners, Packed};
use crate::watch::row::WatchRow;
use crate::watch::tallies::Tallies;

/// The most connections that are kept.
pub const MOST: usize = 1_000_000;

/// All connections, each at a place of its own.
#[derive(Debug)]
pub struct Board {
    most: usize,
    rows: Vec<Packed>,
    places: HashMap<FlowId, u32>,
    owners: KnownOwners,
    /// In which order they began, and in which they were over: who is left out first.
    /// Those that are left out already are skipped.
    begun: VecDeque<FlowId>,
    over: VecDeque<FlowId>,
    left_out: u64,
    /// The latest to begin of those.
    newest_left: Option<FlowId>,
    /// What is counted, of those that are left out too.
    pub tallies: Tallies,
}

impl Default for Board {
    fn default() -> Self {
        Self::of(MOST)
    }
}

impl Board {
    /// One that keeps so many.
    fn of(most: usize) -> Self {
        Self {
            most,
            rows: Vec::new(),
            places: HashMap::new(),
            owners: KnownOwners::default(),
            begun: VecDeque::new(),
            over: VecDeque::new(),
            left_out: 0,
            newest_left: None,
            tallies: Tallies::default(),
        }
    }

    /// Takes a connection that is new or has changed. One that was left out is so for good.
    pub fn take(&mut self, row: &WatchRow) {
        let Some(&place) = self.places.get(&row.id) else {
            if self.newest_left.is_none_or(|left| left < row.id) {
                self.begin(row);
            }
            return;
        };
        let kept = &mut self.rows[place as usize];
        let before = kept.row(&self.owners);
        self.tallies.take(row, Some(&before));
        kept.take(row, &mut self.owners);
        if row.is_over() && !before.is_over() {
            self.over.push_back(row.id);
        }
    }

    fn begin(&mut self, row: &WatchRow) {
        self.tallies.take(row, None);
        let packed = Packed::of(row, &mut self.owners);
        if self.rows.len() < self.most {
            let place = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
            self.places.insert(row.id, place);
            self.rows.push(packed);
        } else if let Some(place) = self.make_room() {
            self.places.insert(row.id, place);
            self.rows[place as usize] = packed;
        }
        self.begun.push_back(row.id);
        if row.is_over() {
            self.over.push_back(row.id);
        }
    }

    /// Leaves the oldest one out that is over, or else the oldest; its place.
    fn make_room(&mut self) -> Option<u32> {
        let left = loop {
            let id = self.over.pop_front().or_else(|| self.begun.pop_front())?;
            if let Some(place) = self.places.remove(&id) {
                self.newest_left = self.newest_left.max(Some(id));
                break place;
            }
        };
        self.left_out += 1;
        // Long-lived ones at the front keep what was skipped behind them.
        if self.begun.len() > 2 * self.most {
            let places = &self.places;
            self.begun.retain(|id| places.contains_key(id));
        }
        Some(left)
    }

    /// Takes that the run no longer follows a connection: nothing comes of it any more.
    pub fn leave(&mut self, id: FlowId) {
        let Some(&place) = self.places.get(&id) else {
            return;
        };
        let row = self.rows[place as usize].row(&self.owners);
        if !row.is_over() {
            self.take(&WatchRow {
                openness: None,
                waiting: None,
                ..row
            });
        }
    }

    /// How many are kept.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// How many were left out since.
    pub const fn left_out(&self) -> u64 {
        self.left_out
    }

    /// A connection by its number.
    pub fn get(&self, id: FlowId, now: Timestamp) -> Option<Listed> {
        let place = *self.places.get(&id)?;
        self.at(place as usize, now)
    }

    /// The connection at a place.
    pub fn at(&self, place: usize, now: Timestamp) -> Option<Listed> {
        let packed = self.rows.get(place)?;
        Some(Listed {
            row: packed.row(&self.owners),
            now,
            latest_rates: packed.rates(nanoseconds(now)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch::trial;

    #[test]
    fn the_oldest_that_are_over_are_left_out_first() {
        let mut board = Board::of(3);
        let mut rows = trial::flood(6);
        rows[1].openness = None;
        for row in &rows[..3] {
            board.take(row);
        }
        board.take(&rows[3]);
        let kept = |board: &Board| -> Vec<_> {
            let is_kept = |id: &u32| board.get(FlowId(*id), Timestamp::default()).is_some();
            (0..6).filter(is_kept).collect()
        };
        assert_eq!(kept(&board), [0, 2, 3]);
        // None is over any more: then the oldest.
        board.take(&rows[4]);
        assert_eq!((kept(&board), board.left_out()), (vec![2, 3, 4], 2));
        // What was left out does not come back, and is counted once.
        board.take(&rows[0]);
        assert_eq!(kept(&board), [2, 3, 4]);
        let all = board.tallies.all;
        assert_eq!(all.all(), 5);
    }

    #[test]
    fn a_connection_that_changes_is_counted_as_what_it_is() {
        let mut board = Board::default();
        let begun = trial::flood(1).remove(0);
        board.take(&begun);
        assert_eq!(board.tallies.all.open.asked_for, 1);
        let mut closed = trial::rows("captures/hello.pcap").remove(0);
        closed.id = begun.id;
        board.take(&closed);
        let all = board.tallies.all;
        assert_eq!((all.open.all(), all.over, board.len()), (0, 1, 1));
    }

    #[test]
    fn what_the_run_lets_go_waits_for_nothing_any_more() {
        let mut board = Board::default();
        board.take(&trial::flood(1)[0]);
        board.leave(FlowId(0));
        board.leave(FlowId(7));
        let listed = board.get(FlowId(0), Timestamp::default()).unwrap();
        assert!(listed.row.is_over() && listed.waits().is_none());
        assert_eq!(board.tallies.all.open.all(), 0);
    }
}
