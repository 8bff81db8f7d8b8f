//! Where to find what is known of a connection, by its key.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::flow_key::FlowKey;

/// The place of what belongs to each key. The keys themselves are where the
/// places are: here is half of each one's hash, eight octets with the place, so
/// that the index stays in the processor's cache and hardly ever another place
/// is looked at.
#[derive(Debug, Default)]
pub struct FlowIndex {
    known: HashTable<Placed>,
    /// With a seed of its own: keys come from captures, which may be hostile.
    hasher: DefaultHashBuilder,
}

#[derive(Debug, Clone, Copy)]
struct Placed {
    tag: u32,
    place: u32,
}

impl FlowIndex {
    /// The place of a key; `is_it` tells whether a place is that of the key.
    #[inline]
    pub fn find(&self, key: &FlowKey, is_it: impl Fn(u32) -> bool) -> Option<u32> {
        let tag = self.tag(key);
        let is_it = |known: &Placed| known.tag == tag && is_it(known.place);
        self.known.find(spread(tag), is_it).map(|known| known.place)
    }

    /// Sets the place of a key, whose place so far was `older`, where it had
    /// one.
    pub fn set(&mut self, key: &FlowKey, older: Option<u32>, place: u32) {
        let tag = self.tag(key);
        let is_older = |known: &Placed| known.tag == tag && Some(known.place) == older;
        if let Some(known) = self.known.find_mut(spread(tag), is_older) {
            known.place = place;
            return;
        }
        let known = Placed { tag, place };
        self.known
            .insert_unique(spread(tag), known, |known| spread(known.tag));
    }

    /// Forgets a key whose place is `place`; no other one.
    pub fn remove(&mut self, key: &FlowKey, place: u32) {
        let tag = self.tag(key);
        let is_it = |known: &Placed| known.tag == tag && known.place == place;
        if let Ok(entry) = self.known.find_entry(spread(tag), is_it) {
            entry.remove();
        }
    }

    /// Forgets all keys.
    pub fn clear(&mut self) {
        self.known.clear();
    }

    fn tag(&self, key: &FlowKey) -> u32 {
        (self.hasher.hash_one(key) >> 32) as u32
    }
}

/// A hash of 64 bits, as the table needs it, from half of one.
const fn spread(tag: u32) -> u64 {
    (tag as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_the_place_that_was_set_last_until_that_is_removed() {
        let keys: Vec<_> = (0..2_000)
            .map(|port| FlowKey::of(&([10, 0, 0, 1], port).into(), &([10, 0, 0, 2], 80).into()).0)
            .collect();
        let mut index = FlowIndex::default();
        for (key, place) in keys.iter().zip(0..) {
            index.set(key, None, place);
        }
        index.set(&keys[7], Some(7), 5_000);
        index.remove(&keys[7], 7);
        index.remove(&keys[8], 8);
        let found = |place: u32, key: usize| index.find(&keys[key], |known| known == place);
        assert_eq!(found(1_999, 1_999), Some(1_999));
        assert_eq!(found(5_000, 7), Some(5_000));
        assert_eq!((found(7, 7), found(8, 8)), (None, None));
    }
}
