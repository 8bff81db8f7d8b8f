//! Which connections have changed since their rows were told.

use std::collections::VecDeque;

use tcptrace::track::flow_id::FlowId;

/// Connections that have changed, each once, the one first that has waited longest.
#[derive(Debug, Default)]
pub struct Marks {
    /// A bit for each connection.
    bits: Vec<u64>,
    list: VecDeque<FlowId>,
}

impl Marks {
    /// A connection has changed.
    #[inline]
    pub fn mark(&mut self, id: FlowId) {
        let (word, bit) = place(id);
        if word >= self.bits.len() {
            // Connections are numbered in the order in which they come.
            self.bits.resize(word + 1, 0);
        }
        if self.bits[word] & bit == 0 {
            self.bits[word] |= bit;
            self.list.push_back(id);
        }
    }

    /// The next one, which is not marked any more.
    pub fn take(&mut self) -> Option<FlowId> {
        let id = self.list.pop_front()?;
        let (word, bit) = place(id);
        self.bits[word] &= !bit;
        Some(id)
    }

    #[cfg(test)]
    fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

const fn place(FlowId(id): FlowId) -> (usize, u64) {
    (id as usize / 64, 1 << (id % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_changes_often_is_told_once_and_again_when_it_changes_again() {
        let mut marks = Marks::default();
        for id in [200, 3, 200, 64, 3] {
            marks.mark(FlowId(id));
        }
        assert_eq!(marks.take(), Some(FlowId(200)));
        marks.mark(FlowId(200));
        marks.mark(FlowId(64));
        let rest: Vec<_> = std::iter::from_fn(|| marks.take()).collect();
        assert_eq!(rest, [3, 64, 200].map(FlowId));
        assert!(marks.is_empty());
    }
}
