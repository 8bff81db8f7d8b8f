//! Lines that grow at their end: the latest are kept, and each keeps its number.

use std::collections::VecDeque;

/// The most octets that lines take.
const MOST: usize = 48 << 20;
/// Octets of a leaf, about.
const LEAF: usize = 64 << 10;

/// Lines, numbered from 0; the earliest are given up when there are too many.
#[derive(Debug, Default)]
pub struct Roll {
    leaves: VecDeque<Leaf>,
    octets: usize,
    /// The number of the next line.
    end: u64,
}

/// Some lines, one behind the other.
#[derive(Debug)]
struct Leaf {
    /// The number of the first.
    first: u64,
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
}

impl Roll {
    /// Adds lines, each of which ends with a line feed.
    pub fn add(&mut self, text: &str) {
        for line in text.split_terminator('\n') {
            self.add_line(line);
        }
    }

    fn add_line(&mut self, line: &str) {
        let is_full = |leaf: &Leaf| leaf.text.len() >= LEAF;
        if self.leaves.back().is_none_or(is_full) {
            self.leaves.push_back(Leaf {
                first: self.end,
                text: String::new(),
                ends: Vec::new(),
            });
        }
        let Some(leaf) = self.leaves.back_mut() else {
            return;
        };
        leaf.text.push_str(line);
        leaf.ends
            .push(u32::try_from(leaf.text.len()).unwrap_or(u32::MAX));
        self.octets += line.len();
        self.end += 1;
        while self.octets > MOST && self.leaves.len() > 1 {
            let first = self.leaves.pop_front();
            self.octets -= first.map_or(0, |leaf| leaf.text.len());
        }
    }

    /// The number of the first line that is kept.
    pub fn first(&self) -> u64 {
        self.leaves.front().map_or(0, |leaf| leaf.first)
    }

    /// The number behind the last one.
    pub const fn end(&self) -> u64 {
        self.end
    }

    /// A line.
    pub fn line(&self, number: u64) -> Option<&str> {
        let behind = self.leaves.partition_point(|leaf| leaf.first <= number);
        let leaf = self.leaves.get(behind.checked_sub(1)?)?;
        let at = usize::try_from(number - leaf.first).ok()?;
        let end = *leaf.ends.get(at)? as usize;
        let begin = at
            .checked_sub(1)
            .map_or(0, |before| leaf.ends[before] as usize);
        leaf.text.get(begin..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_numbers_when_the_earliest_are_given_up() {
        let mut roll = Roll::default();
        let filling = "x".repeat(1000);
        let count = 60_000_u64;
        for number in 0..count {
            roll.add(&format!("{number}{filling}\n"));
        }
        assert_eq!(roll.end(), count);
        let first = roll.first();
        assert!(first > 0, "nothing was given up");
        assert!(roll.octets <= MOST);
        for number in [first, first + 1, first + 70, count - 1] {
            let line = roll.line(number).unwrap();
            assert_eq!(line.trim_end_matches('x'), number.to_string());
        }
        assert_eq!(roll.line(first - 1), None);
        assert_eq!(roll.line(count), None);
    }

    #[test]
    fn empty_lines_are_lines() {
        let mut roll = Roll::default();
        roll.add("a\n\nb\n");
        assert_eq!(roll.end(), 3);
        let lines: Vec<_> = (0..3).filter_map(|at| roll.line(at)).collect();
        assert_eq!(lines, ["a", "", "b"]);
    }
}
