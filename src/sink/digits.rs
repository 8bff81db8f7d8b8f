//! Numbers as decimal digits, as fast as they can be had.

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

/// A dot and the six digits of a number under a million, in the first seven octets.
#[inline]
pub(super) const fn dot_and_six_digits(number: u32) -> [u8; 8] {
    // Of the eight digits the first two are zeros: a dot takes their place.
    (eight_digits(number) >> 8 & !0xff | b'.' as u64).to_le_bytes()
}

/// The digits of every number under a thousand, without leading zeros, and in the
/// last octet how many these are.
pub(super) static SMALL: [[u8; 4]; 1000] = {
    let mut table = [[0; 4]; 1000];
    let mut number = 0;
    while number < 1000 {
        let [hundreds, tens, ones] = [digit(number / 100), digit(number / 10), digit(number)];
        table[number] = match number {
            0..=9 => [ones, 0, 0, 1],
            10..=99 => [tens, ones, 0, 2],
            _ => [hundreds, tens, ones, 3],
        };
        number += 1;
    }
    table
};

/// The three digits of every number under a thousand, leading zeros included, and a
/// zero octet.
pub(super) static THREE: [[u8; 4]; 1000] = {
    let mut table = [[0; 4]; 1000];
    let mut number = 0;
    while number < 1000 {
        table[number] = [digit(number / 100), digit(number / 10), digit(number), 0];
        number += 1;
    }
    table
};

#[expect(clippy::cast_possible_truncation, reason = "a digit")]
const fn digit(number: usize) -> u8 {
    b'0' + (number % 10) as u8
}
