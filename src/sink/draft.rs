//! A short stretch of text whose end is kept in a register.
//!
//! [`Text`](crate::sink::text::Text) knows its end in memory, and every piece
//! waits for the one before to be written there. A line has some thirty pieces,
//! so those that every line has are drafted here and kept at once.

use crate::sink::digits::{HUNDRED_MILLION, PAIRS, digits, dot_and_six_digits, eight_digits};

/// The most octets of a draft: more than the usual line takes, and a mask.
const MOST: usize = 255;
/// The longest piece.
const LONGEST: usize = 64;
/// Room for a draft, in octets. No piece that begins in the draft can leave it,
/// so that none needs to be checked.
pub(super) const ROOM: usize = MOST + 1 + LONGEST;

/// Text under construction, passed from piece to piece by value.
pub struct Draft<'t> {
    room: &'t mut [u8; ROOM],
    end: usize,
}

#[expect(
    clippy::inline_always,
    reason = "a draft that is passed in memory is no better than a text"
)]
impl<'t> Draft<'t> {
    #[inline(always)]
    pub(super) const fn new(room: &'t mut [u8; ROOM]) -> Self {
        Self { room, end: 0 }
    }

    /// Octets written.
    #[inline(always)]
    pub(super) const fn len(&self) -> usize {
        self.end
    }

    /// Writes the first `used` octets of a piece. A draft of more than 255
    /// octets would begin again from its start.
    #[inline(always)]
    #[must_use]
    pub fn padded<const N: usize>(mut self, piece: &[u8; N], used: usize) -> Self {
        const { assert!(N <= LONGEST, "a piece that could leave the room") };
        debug_assert!(self.end + used <= MOST, "a draft longer than its room");
        if let Some(place) = self.room[self.end & MOST..].first_chunk_mut() {
            *place = *piece;
            self.end += used;
        }
        self
    }

    /// Writes a piece whose length is known beforehand.
    #[inline(always)]
    #[must_use]
    pub fn fixed<const N: usize>(self, piece: &[u8; N]) -> Self {
        self.padded(piece, N)
    }

    /// Writes a number in decimal.
    #[inline(always)]
    #[must_use]
    pub fn decimal(self, number: u32) -> Self {
        if number >= HUNDRED_MILLION {
            // At most 42, in one digit or two.
            let upper = number / HUNDRED_MILLION;
            let pair = u16::from_le_bytes(PAIRS[upper as usize % 100]);
            let (pair, len) = if upper < 10 {
                (pair >> 8, 1)
            } else {
                (pair, 2)
            };
            let lower = eight_digits(number % HUNDRED_MILLION);
            return self
                .padded(&pair.to_le_bytes(), len)
                .padded(&lower.to_le_bytes(), 8);
        }
        let (digits, len) = digits(number);
        self.padded(&digits, len)
    }

    /// Writes a dot, six digits of a number under a million, and a space.
    #[inline(always)]
    #[must_use]
    pub fn fraction(self, number: u32) -> Self {
        self.padded(&dot_and_six_digits(number), 7).fixed(b" ")
    }
}
