//! A short stretch of text whose end is kept in a register.
//!
//! [`Text`](crate::sink::text::Text) knows its end in memory, and every piece
//! waits for the one before to be written there. A line has some thirty pieces,
//! so those that every line has are drafted here and kept at once.

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

/// Two decimal digits of every number under 100.
pub(super) static PAIRS: [[u8; 2]; 100] = {
    let mut table = [[0; 2]; 100];
    let mut number = 0;
    while number < 100 {
        #[expect(clippy::cast_possible_truncation, reason = "under 100")]
        let octet = number as u8;
        table[number] = [b'0' + octet / 10, b'0' + octet % 10];
        number += 1;
    }
    table
};

/// Eight times the digit zero.
const ZEROS: u64 = 0x3030_3030_3030_3030;

/// The digits of a number under 10^8, leading zeros included, the first in the
/// lowest octet: all digits at once, by multiplications with reciprocals in
/// lanes of one word.
#[inline]
pub(super) const fn eight_digits(number: u32) -> u64 {
    let fours = (number / 10_000) as u64 | (number as u64 % 10_000) << 32;
    let hundreds = ((fours * 10_486) >> 20) & 0x7f_0000_007f;
    let pairs = hundreds | (fours - 100 * hundreds) << 16;
    let tens = ((pairs * 103) >> 10) & 0x000f_000f_000f_000f;
    (tens | (pairs - 10 * tens) << 8) | ZEROS
}

/// The digits of a number under 10^8 without leading zeros, and how many.
#[inline]
pub(super) const fn digits(number: u32) -> ([u8; 8], usize) {
    let all = eight_digits(number);
    let zeros = (all & !ZEROS).trailing_zeros() / 8;
    // Of zero itself one digit is kept.
    let zeros = if zeros > 7 { 7 } else { zeros };
    ((all >> (8 * zeros)).to_le_bytes(), 8 - zeros as usize)
}

/// The first number that [`digits`] cannot take.
pub(super) const HUNDRED_MILLION: u32 = 100_000_000;

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
        // Of the eight digits the first two are zeros: a dot takes their place.
        let after_dot = eight_digits(number) >> 8 & !0xff | u64::from(b'.');
        self.padded(&after_dot.to_le_bytes(), 7).fixed(b" ")
    }
}
