//! Where the connections are kept: found by their key, listed in the order of
//! their first segments, and never more than a bound.
//!
//! Those that were spoken on lately are awake, as they are needed. When there
//! are too many of these, one that was silent for long is written down.

use std::collections::VecDeque;

use crate::flow_index::FlowIndex;
use crate::flow_key::FlowKey;
use crate::track::awake::{Awake, Place};
use crate::track::dormant::{Dormant, Writer};
use crate::track::flow::{Flow, FlowId};

/// Connections are listed and given up in groups of this many, so that a growing
/// list is never copied.
const GROUP: usize = 1024;

/// The connections of a run.
pub(super) struct Table {
    /// The latest connection of each key.
    index: FlowIndex,
    /// Recent connections, by the corner of their keys: looked at before the
    /// index is.
    recent: [Place; 64],
    /// In the order of first segments; every group but the last is full.
    groups: VecDeque<Vec<Kept>>,
    /// The number of the first connection in the first group.
    first: u32,
    most_groups: usize,
    awake: Awake,
    writer: Writer,
}

/// Where a connection is.
#[derive(Debug)]
enum Kept {
    Awake(Place),
    Dormant(Dormant),
}

impl Table {
    /// Keeps up to `most` connections, rounded up to whole groups, and up to
    /// `most_awake` of them awake.
    pub(super) fn new(most: usize, most_awake: usize) -> Self {
        Self {
            index: FlowIndex::default(),
            recent: [Place::default(); 64],
            groups: VecDeque::new(),
            first: 0,
            most_groups: most.div_ceil(GROUP).max(1),
            awake: Awake::new(most_awake),
            writer: Writer::default(),
        }
    }

    /// The latest connection with this key.
    #[inline]
    pub(super) fn find(&mut self, key: &FlowKey) -> Option<Place> {
        let corner = key.corner();
        let recent = *self.recent.get(corner)?;
        if self.awake.has_key(recent, key) {
            return Some(recent);
        }
        let found = self.find_in_index(key)?;
        let place = match self.kept(found)? {
            Kept::Awake(place) => *place,
            Kept::Dormant(_) => self.wake(found)?,
        };
        self.recent[corner] = place;
        Some(place)
    }

    fn find_in_index(&self, key: &FlowKey) -> Option<FlowId> {
        let is_it = |id| match self.kept(FlowId(id)) {
            Some(Kept::Awake(place)) => self.awake.has_key(*place, key),
            Some(Kept::Dormant(dormant)) => dormant.key() == Some(*key),
            None => false,
        };
        self.index.find(key, is_it).map(FlowId)
    }

    /// The connection in a place that was just found, to be changed.
    #[inline]
    pub(super) fn get_mut(&mut self, place: Place) -> Option<&mut Flow> {
        self.awake.get_mut(place)
    }

    /// The place itself, in which every connection that is found is.
    #[inline]
    pub(super) fn slot(&mut self, place: Place) -> &mut Option<Flow> {
        self.awake.slot(place)
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

    /// Keeps a connection whose number is [`next_id`](Self::next_id); it is found
    /// from now on, and not an older one with its key.
    pub(super) fn insert(&mut self, flow: Flow) -> Place {
        let (id, key) = (flow.id, flow.key);
        let older = self.find_in_index(&key);
        if self.groups.back().is_none_or(|group| group.len() == GROUP) {
            self.groups.push_back(Vec::with_capacity(GROUP));
        }
        let place = self.awaken(flow);
        if let Some(group) = self.groups.back_mut() {
            group.push(Kept::Awake(place));
        }
        self.index.set(&key, older.map(|older| older.0), id.0);
        if let Some(recent) = self.recent.get_mut(key.corner()) {
            *recent = place;
        }
        place
    }

    /// Wakes a connection that is dormant.
    #[cold]
    fn wake(&mut self, id: FlowId) -> Option<Place> {
        let Kept::Dormant(dormant) = self.kept(id)? else {
            return None;
        };
        let flow = dormant.wake()?;
        let place = self.awaken(flow);
        *self.kept_mut(id)? = Kept::Awake(place);
        Some(place)
    }

    /// Finds a place for a connection, be it that another one is written down.
    fn awaken(&mut self, flow: Flow) -> Place {
        if self.awake.is_full()
            && let Some(idle) = self.awake.take_idle()
        {
            let dormant = self.writer.write(&idle);
            if let Some(kept) = self.kept_mut(idle.id) {
                *kept = Kept::Dormant(dormant);
            }
        }
        self.awake.add(flow)
    }

    fn kept(&self, id: FlowId) -> Option<&Kept> {
        let at = id.0.wrapping_sub(self.first) as usize;
        self.groups.get(at / GROUP)?.get(at % GROUP)
    }

    fn kept_mut(&mut self, id: FlowId) -> Option<&mut Kept> {
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
        let group = self.groups.pop_front()?;
        self.first = self
            .first
            .wrapping_add(u32::try_from(group.len()).unwrap_or(0));
        let flows = group.into_iter().filter_map(|kept| self.awake.wake(kept));
        let flows: Vec<_> = flows.collect();
        for flow in &flows {
            self.index.remove(&flow.key, flow.id.0);
        }
        Some(flows)
    }

    /// Every connection, in the order of first segments.
    pub(super) fn into_flows(self) -> impl Iterator<Item = Flow> {
        let mut awake = self.awake;
        let all = self.groups.into_iter().flatten();
        all.filter_map(move |kept| awake.wake(kept))
    }
}

impl Awake {
    /// Takes a connection, wherever it is.
    fn wake(&mut self, kept: Kept) -> Option<Flow> {
        match kept {
            Kept::Awake(place) => self.take(place),
            Kept::Dormant(dormant) => dormant.wake(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow_key::End;
    use crate::time::Timestamp;

    fn key(port: usize) -> FlowKey {
        let end = |port| ([10, 0, 0, 1], port).into();
        FlowKey::of(&end(u16::try_from(port).unwrap()), &end(u16::MAX)).0
    }

    fn ids(flows: impl IntoIterator<Item = Flow>) -> Vec<usize> {
        let id = |flow: Flow| flow.id.0 as usize;
        flows.into_iter().map(id).collect()
    }

    #[test]
    fn the_oldest_group_is_given_up_be_they_awake_or_dormant() {
        let mut table = Table::new(GROUP, 3);
        for port in (0..GROUP).chain([0, 1]) {
            let flow = Flow::new(table.next_id(), key(port), End::Low, Timestamp::default());
            table.insert(flow);
            // One of them is never silent.
            table.find(&key(5));
        }
        assert!(table.is_over_bound());
        assert_eq!(
            ids(table.give_up().unwrap()),
            (0..GROUP).collect::<Vec<_>>()
        );
        assert!(!table.is_over_bound());
        // Where a later connection has the key, that one stays in the index.
        let found = [0, 1, 2, 5].map(|port| table.index.find(&key(port), |_| true));
        let later = [GROUP, GROUP + 1].map(|id| u32::try_from(id).ok());
        assert_eq!(found, [later[0], later[1], None, None]);
        assert!(table.find(&key(5)).is_none());
        assert_eq!(table.next_id().0 as usize, GROUP + 2);
        assert_eq!(ids(table.into_flows()), [GROUP, GROUP + 1]);
    }
}
