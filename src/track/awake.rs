//! The connections that are awake: as many as are spoken on at a time, and not
//! more.

use crate::flow_key::FlowKey;
use crate::track::flow::Flow;

/// Where a connection is among those that are awake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Place(u32);

/// Connections, each in its place until it is taken.
#[derive(Debug)]
pub(super) struct Awake {
    most: usize,
    flows: Vec<Option<Flow>>,
    /// Whether a connection was spoken on since the hand came by.
    is_fresh: Vec<bool>,
    /// Where to look next for one that was not.
    hand: usize,
    /// Places that are free.
    free: Vec<Place>,
}

impl Awake {
    /// Places for up to `most` connections, one at least.
    pub(super) const fn new(most: usize) -> Self {
        Self {
            most,
            flows: Vec::new(),
            is_fresh: Vec::new(),
            hand: 0,
            free: Vec::new(),
        }
    }

    /// Whether the connection in a place has a key.
    #[inline]
    pub(super) fn has_key(&self, place: Place, key: &FlowKey) -> bool {
        let flow = self.flows.get(place.0 as usize);
        matches!(flow, Some(Some(flow)) if flow.key == *key)
    }

    /// A connection that is spoken on.
    #[inline]
    pub(super) fn get_mut(&mut self, place: Place) -> Option<&mut Flow> {
        let at = place.0 as usize;
        *self.is_fresh.get_mut(at)? = true;
        self.flows.get_mut(at)?.as_mut()
    }

    /// The place itself, for a connection that is spoken on.
    #[inline]
    pub(super) fn slot(&mut self, place: Place) -> &mut Option<Flow> {
        let at = place.0 as usize;
        self.is_fresh[at] = true;
        &mut self.flows[at]
    }

    /// Whether another one must go before one is added.
    pub(super) fn is_full(&self) -> bool {
        self.free.is_empty() && self.flows.len() >= self.most.max(1)
    }

    /// Takes the connection that was silent for long: the first that nobody
    /// spoke on while the hand went round.
    pub(super) fn take_idle(&mut self) -> Option<Flow> {
        let places = self.is_fresh.len().max(1);
        while let Some(is_fresh @ true) = self.is_fresh.get_mut(self.hand) {
            *is_fresh = false;
            self.hand = (self.hand + 1) % places;
        }
        let idle = Place(u32::try_from(self.hand).ok()?);
        self.hand = (self.hand + 1) % places;
        self.take(idle)
    }

    /// Adds a connection.
    pub(super) fn add(&mut self, flow: Flow) -> Place {
        let place = self.free.pop().unwrap_or_else(|| {
            self.flows.push(None);
            self.is_fresh.push(false);
            Place(u32::try_from(self.flows.len() - 1).unwrap_or(u32::MAX))
        });
        let at = place.0 as usize;
        if let (Some(free), Some(is_fresh)) = (self.flows.get_mut(at), self.is_fresh.get_mut(at)) {
            (*free, *is_fresh) = (Some(flow), true);
        }
        place
    }

    /// Takes a connection; its place is free.
    pub(super) fn take(&mut self, place: Place) -> Option<Flow> {
        let flow = self.flows.get_mut(place.0 as usize)?.take()?;
        self.free.push(place);
        Some(flow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow_key::End;
    use crate::time::Timestamp;
    use crate::track::flow::FlowId;

    fn flow(nth: u32) -> Flow {
        let end = |port| ([10, 0, 0, 1], port).into();
        let (key, _) = FlowKey::of(&end(1), &end(2));
        Flow::new(FlowId(nth), key, End::Low, Timestamp::default())
    }

    #[test]
    fn the_one_that_was_silent_goes_and_those_that_were_spoken_on_stay() {
        let mut awake = Awake::new(3);
        let places: Vec<_> = (0..3).map(|nth| awake.add(flow(nth))).collect();
        // Nobody was silent for a whole turn; so the first is as good as any.
        assert_eq!(awake.take_idle().map(|flow| flow.id), Some(FlowId(0)));
        awake.get_mut(places[1]);
        assert_eq!(awake.take_idle().map(|flow| flow.id), Some(FlowId(2)));
        assert_eq!(awake.add(flow(7)), places[2]);
        assert!(!awake.is_full());
    }
}
