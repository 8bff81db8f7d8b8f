//! Where the connections are kept: found by their key, listed in the order of
//! their first segments, and never more than a bound.

use std::collections::VecDeque;
use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::flow_key::FlowKey;
use crate::track::flow::{Flow, FlowId};

/// Connections are kept and given up in groups of this many, so that a growing
/// table never copies what it holds.
const GROUP: usize = 1024;

/// The connections of a run.
pub(super) struct Table {
    /// The latest connection of each key.
    index: HashTable<FlowId>,
    hasher: DefaultHashBuilder,
    /// Recent connections, by the corner of their keys: looked at before the
    /// index is.
    recent: [FlowId; 64],
    /// In the order of first segments; every group but the last is full.
    groups: VecDeque<Vec<Flow>>,
    /// The number of the first connection in the first group.
    first: u32,
    most_groups: usize,
}

impl Table {
    /// Keeps up to `most` connections, rounded up to whole groups.
    pub(super) fn new(most: usize) -> Self {
        Self {
            index: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
            recent: [FlowId(0); 64],
            groups: VecDeque::new(),
            first: 0,
            most_groups: most.div_ceil(GROUP).max(1),
        }
    }

    fn hash(&self, key: &FlowKey) -> u64 {
        self.hasher.hash_one(key)
    }

    /// The latest connection with this key.
    #[inline]
    pub(super) fn find(&mut self, key: &FlowKey) -> Option<FlowId> {
        let corner = key.corner();
        let recent = *self.recent.get(corner)?;
        if self.has_key(recent, key) {
            return Some(recent);
        }
        let found = self.find_in_index(key)?;
        self.recent[corner] = found;
        Some(found)
    }

    fn find_in_index(&self, key: &FlowKey) -> Option<FlowId> {
        let same = |id: &FlowId| self.has_key(*id, key);
        self.index.find(self.hash(key), same).copied()
    }

    #[inline]
    fn has_key(&self, id: FlowId, key: &FlowKey) -> bool {
        self.get(id).is_some_and(|flow| flow.key == *key)
    }

    /// The number that the next connection will have.
    pub(super) fn next_id(&self) -> FlowId {
        let full = self.groups.len().saturating_sub(1) * GROUP;
        let last = self.groups.back().map_or(0, Vec::len);
        FlowId(
            self.first
                .wrapping_add(u32::try_from(full + last).unwrap_or(u32::MAX)),
        )
    }

    /// Keeps a connection whose number is [`next_id`](Self::next_id); it takes
    /// the place of an older one with its key.
    pub(super) fn insert(&mut self, flow: Flow) {
        let (id, key, hash) = (flow.id, flow.key, self.hash(&flow.key));
        let older = self.find_in_index(&key);
        if let Some(recent) = self.recent.get_mut(key.corner()) {
            *recent = id;
        }
        if self.groups.back().is_none_or(|group| group.len() == GROUP) {
            self.groups.push_back(Vec::with_capacity(GROUP));
        }
        if let Some(group) = self.groups.back_mut() {
            group.push(flow);
        }
        let slot = older.and_then(|older| self.index.find_mut(hash, |known| *known == older));
        if let Some(slot) = slot {
            *slot = id;
            return;
        }
        let Self {
            index,
            hasher,
            groups,
            first,
            ..
        } = self;
        index.insert_unique(hash, id, |known| {
            get(groups, *first, *known).map_or(0, |flow| hasher.hash_one(flow.key))
        });
    }

    /// A connection by its number.
    #[inline]
    pub(super) fn get(&self, id: FlowId) -> Option<&Flow> {
        get(&self.groups, self.first, id)
    }

    /// A connection by its number, to be changed.
    #[inline]
    pub(super) fn get_mut(&mut self, id: FlowId) -> Option<&mut Flow> {
        let at = id.0.wrapping_sub(self.first) as usize;
        self.groups.get_mut(at / GROUP)?.get_mut(at % GROUP)
    }

    /// Whether there are more than the bound.
    #[inline]
    pub(super) fn is_over_bound(&self) -> bool {
        self.groups.len() > self.most_groups
    }

    /// Gives up the oldest group.
    #[cold]
    pub(super) fn give_up(&mut self) -> Option<Vec<Flow>> {
        for at in 0..GROUP {
            let id = FlowId(self.first.wrapping_add(u32::try_from(at).unwrap_or(0)));
            let Some(hash) = self.get(id).map(|flow| self.hash(&flow.key)) else {
                break;
            };
            if let Ok(entry) = self.index.find_entry(hash, |known| *known == id) {
                entry.remove();
            }
        }
        let group = self.groups.pop_front()?;
        self.first = self
            .first
            .wrapping_add(u32::try_from(group.len()).unwrap_or(0));
        Some(group)
    }

    /// Every connection, to be changed.
    pub(super) fn flows_mut(&mut self) -> impl Iterator<Item = &mut Flow> {
        self.groups.iter_mut().flatten()
    }

    /// Every connection, in the order of first segments.
    pub(super) fn into_flows(self) -> impl Iterator<Item = Flow> {
        self.groups.into_iter().flatten()
    }
}

fn get(groups: &VecDeque<Vec<Flow>>, first: u32, id: FlowId) -> Option<&Flow> {
    let at = id.0.wrapping_sub(first) as usize;
    groups.get(at / GROUP)?.get(at % GROUP)
}
