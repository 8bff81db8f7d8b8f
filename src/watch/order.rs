//! Which connections are shown and in which order. They are gone through a piece at a
//! time, and put in order only where they are looked at: a key press does not wait for a
//! million rows.

use std::ops::Range;

use tcptrace::sink::words::Words;
use tcptrace::time::Timestamp;
use tcptrace::track::flow_id::FlowId;

use crate::watch::board::Board;
use crate::watch::grouping::{Gathering, GroupOf, GroupSorting, GroupSums, GroupedBy, sort};
use crate::watch::narrowing::Narrowing;
use crate::watch::sorting::{Sorting, Standpoint};

/// Up to so many are put in order as a whole.
const FEW: usize = 20_000;
/// How many more than are looked at are put in order, before and behind.
const AROUND: usize = 2_000;

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct ListQuery {
    /// Which connections.
    pub narrowing: Narrowing,
    /// In which order.
    pub sorting: Sorting,
    /// In which groups.
    pub grouped_by: GroupedBy,
    /// The order of these.
    pub group_sorting: GroupSorting,
}

/// What was found.
#[derive(Debug, Default)]
pub struct ListOrder {
    found: Vec<Standpoint>,
    /// Those among them that are in their order.
    sorted: Range<usize>,
    /// The groups, in order.
    pub groups: Vec<(GroupOf, GroupSums)>,
    search: Option<ListSearch>,
    /// What the last one leaves to the next.
    spare: Vec<Standpoint>,
}

/// A way through all connections.
#[derive(Debug)]
struct ListSearch {
    asking: ListQuery,
    now: Timestamp,
    /// The next place.
    place: usize,
    found: Vec<Standpoint>,
    groups: Gathering,
    room: String,
}

impl ListOrder {
    /// Begins to look anew; what was found stands until the end.
    pub fn begin(&mut self, asking: &ListQuery, now: Timestamp) {
        let mut found = match self.search.take() {
            Some(search) => search.found,
            None => std::mem::take(&mut self.spare),
        };
        found.clear();
        self.search = Some(ListSearch {
            asking: asking.clone(),
            now,
            place: 0,
            found,
            groups: Gathering::default(),
            room: String::new(),
        });
    }

    /// Whether there is more to look through.
    pub const fn is_searching(&self) -> bool {
        self.search.is_some()
    }

    /// Looks through so many connections; whether it came to the end.
    pub fn step(&mut self, board: &Board, words: &Words, most: usize) -> bool {
        let Some(search) = &mut self.search else {
            return false;
        };
        let end = board.len().min(search.place + most);
        for place in search.place..end {
            search.look(board, place, words);
        }
        search.place = end;
        if end < board.len() {
            return false;
        }
        if let Some(search) = self.search.take() {
            self.spare = std::mem::replace(&mut self.found, search.found);
            self.sorted = 0..0;
            self.groups = search.groups.sorted(search.asking.group_sorting);
        }
        true
    }

    /// How many pass.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Those of a range of places in the order, as far as there are so many.
    pub fn show(&mut self, range: Range<usize>) -> impl Iterator<Item = FlowId> {
        let range = range.start.min(self.len())..range.end.min(self.len());
        self.sort(&range);
        self.found[range].iter().map(Standpoint::id)
    }

    /// The place of a connection in the order.
    pub fn place(&self, id: FlowId) -> Option<usize> {
        let found = self.found.iter().find(|one| one.id() == id)?;
        Some(self.found.iter().filter(|one| *one < found).count())
    }

    /// Puts the groups in another order.
    pub fn sort_groups(&mut self, sorting: GroupSorting) {
        sort(&mut self.groups, sorting);
    }

    /// Puts a range and what is around it in order.
    fn sort(&mut self, range: &Range<usize>) {
        if range.is_empty() || self.sorted.start <= range.start && range.end <= self.sorted.end {
            return;
        }
        let len = self.len();
        let wanted = if len <= FEW {
            0..len
        } else {
            range.start.saturating_sub(AROUND)..range.end.saturating_add(AROUND).min(len)
        };
        if wanted.start > 0 {
            self.found.select_nth_unstable(wanted.start);
        }
        let rest = &mut self.found[wanted.start..];
        let count = wanted.len();
        if count < rest.len() {
            rest.select_nth_unstable(count);
        }
        rest[..count].sort_unstable();
        self.sorted = wanted;
    }
}

impl ListSearch {
    fn look(&mut self, board: &Board, place: usize, words: &Words) {
        let Some(listed) = board.at(place, self.now) else {
            return;
        };
        let asking = &self.asking;
        let is_any = asking.narrowing.is_empty();
        if !is_any && !asking.narrowing.passes(&listed, words, &mut self.room) {
            return;
        }
        self.found.push(asking.sorting.standpoint(&listed));
        self.groups.take(&listed, asking.grouped_by);
    }
}
