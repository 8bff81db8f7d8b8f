//! Segments that the network copied: the same IPv4 identification and sequence
//! number, within a few segments.

use crate::seq::SeqNum;

/// How many segments are remembered.
const REMEMBERED: usize = 8;

/// The latest segments of an end.
#[derive(Debug, Clone, Default)]
pub(super) struct Recent {
    numbers: [u32; REMEMBERED],
    identifications: [u16; REMEMBERED],
    next: u8,
}

impl Recent {
    /// Takes a segment; whether it is a copy of one that is remembered. An
    /// identification or number of 0 says nothing.
    pub(super) fn is_copy(&mut self, identification: Option<u16>, seq: SeqNum) -> bool {
        let Some(identification) = identification else {
            return false;
        };
        let number = seq.0;
        // All numbers without a branch, so that several go at a time.
        let is_near = self
            .numbers
            .iter()
            .filter(|&&known| known == number)
            .count()
            > 0;
        if is_near && identification != 0 && number != 0 {
            let mut known = self.numbers.iter().zip(&self.identifications);
            if known.any(|known| known == (&number, &identification)) {
                return true;
            }
        }
        let at = usize::from(self.next) % REMEMBERED;
        self.numbers[at] = number;
        self.identifications[at] = identification;
        self.next = self.next.wrapping_add(1);
        false
    }
}
