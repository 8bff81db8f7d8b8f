//! Zeek's `history`: a letter for each kind of thing an end did, in the order
//! of first times, upper case for the originator.

use crate::track::dir::Dir;

/// The most letters kept. Ends that behave come to about ten; only RSTs, FINs
/// and SYNs that disagree about their numbers can go on, which Zeek writes
/// without bound.
const MOST: usize = 31;

/// The letters of a connection.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct History {
    letters: [u8; MOST],
    len: u8,
}

impl History {
    /// Writes a letter, in the case of the end that `dir` comes from.
    pub(super) fn add(&mut self, dir: Dir, letter: u8) {
        let letter = match dir {
            Dir::ToServer => letter,
            Dir::ToClient => letter.to_ascii_lowercase(),
        };
        if let Some(place) = self.letters.get_mut(usize::from(self.len)) {
            *place = letter;
            self.len += 1;
        }
    }

    pub(super) fn as_str(&self) -> &str {
        let written = self.letters.get(..usize::from(self.len));
        str::from_utf8(written.unwrap_or_default()).unwrap_or_default()
    }
}

/// Whether what happened for the `count`th time is written: the 1st, the 10th,
/// the 100th and so on.
pub(super) const fn is_written(count: u32) -> bool {
    let mut power = 1_u32;
    while power < count {
        match power.checked_mul(10) {
            Some(next) => power = next,
            None => return false,
        }
    }
    power == count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_repeats_is_written_at_powers_of_ten() {
        let written: Vec<_> = (0..=1_000).filter(|&count| is_written(count)).collect();
        assert_eq!(written, [1, 10, 100, 1_000]);
        assert!(!is_written(u32::MAX));
    }

    #[test]
    fn a_history_that_is_full_stays_as_it_is() {
        let mut history = History::default();
        for _ in 0..100 {
            history.add(Dir::ToClient, b'R');
        }
        assert_eq!(history.as_str(), "r".repeat(MOST));
    }
}
