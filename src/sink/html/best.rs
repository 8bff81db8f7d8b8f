//! The greatest of many, in bounded memory.

use std::collections::BTreeMap;

/// The things with the greatest keys, so many at most. No two keys are the same.
#[derive(Debug)]
pub(super) struct Best<K, T> {
    kept: BTreeMap<K, T>,
    most: usize,
}

impl<K: Ord, T> Best<K, T> {
    pub(super) const fn new(most: usize) -> Self {
        Self {
            kept: BTreeMap::new(),
            most,
        }
    }

    /// Takes one, made only where it is among the greatest; gives back the key of what
    /// there is no room for.
    pub(super) fn take(&mut self, key: K, make: impl FnOnce() -> T) -> Option<K> {
        if self.kept.len() < self.most {
            self.kept.insert(key, make());
            return None;
        }
        let is_among = self
            .kept
            .first_key_value()
            .is_some_and(|(least, _)| *least < key);
        if !is_among {
            return Some(key);
        }
        let gone = self.kept.pop_first();
        self.kept.insert(key, make());
        gone.map(|(key, _)| key)
    }

    /// All, the greatest first.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &T)> {
        self.kept.iter().rev()
    }

    /// All, the greatest first.
    pub(super) fn into_worst_first(self) -> impl Iterator<Item = T> {
        self.kept.into_values().rev()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_are_kept_whatever_the_order_and_others_are_not_made() {
        let mut made = 0;
        let mut best = Best::new(2);
        let mut gone = Vec::new();
        for key in [1, 5, 3, 2, 4] {
            gone.extend(best.take(key, || {
                made += 1;
                key
            }));
        }
        assert_eq!(best.into_worst_first().collect::<Vec<_>>(), [5, 4]);
        assert_eq!(gone, [1, 2, 3]);
        assert_eq!(made, 4);
    }
}
