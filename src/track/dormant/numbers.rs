//! Numbers, each in as few octets as it needs.
//!
//! For each number there is a token of four bits, and behind all tokens stand
//! the octets that they ask for. A number under 6 is its token. Others often
//! were written a moment before, or are near such a one: lengths that several
//! counts agree in, sequence numbers of one direction, times of one connection.
//! Then it is written which one, or the difference.

use crate::track::dormant::Broken;

/// From here on a number is large: it is compared, and remembered.
const LARGE: u64 = 1 << 16;
/// How many large numbers are remembered.
const REMEMBERED: usize = 4;
/// Numbers below are their own tokens.
const TOKENS: u64 = 6;
/// Tokens of the number of two octets that came last, and of another one that
/// came before it.
const SAME: u8 = 6;
const SAME_AS_BEFORE: u8 = 7;
/// Tokens of numbers of one and two octets, and of any other.
const ONE: u8 = 8;
const TWO: u8 = 9;
const FOUR: u8 = 10;
const EIGHT: u8 = 11;
/// Tokens of differences: with the place of the number that they count from,
/// 1, 2, 3 or 4 octets.
const NEAR: u8 = 12;

/// The large numbers that came last.
#[derive(Debug, Default)]
struct Recent {
    numbers: [u64; REMEMBERED],
    next: usize,
}

impl Recent {
    fn remember(&mut self, number: u64) {
        self.numbers[self.next % REMEMBERED] = number;
        self.next += 1;
    }

    /// The place of the nearest number and the difference from it, the lowest
    /// bit being its sign.
    fn nearest(&self, number: u64) -> (usize, u64) {
        let mut best = (0, u64::MAX);
        for (place, known) in self.numbers.iter().enumerate() {
            let away = folded(number.wrapping_sub(*known).cast_signed());
            if away < best.1 {
                best = (place, away);
            }
        }
        best
    }

    fn at(&self, place: usize) -> u64 {
        self.numbers[place % REMEMBERED]
    }
}

/// The two numbers of two octets that came last.
#[derive(Debug, Default)]
struct Pair {
    latest: u64,
    before: u64,
}

impl Pair {
    /// Takes a number for the latest; its token, where it is one of the two.
    fn turn_to(&mut self, number: u64) -> Option<u8> {
        if number == self.latest {
            return Some(SAME);
        }
        let is_before = number == self.before;
        self.before = self.latest;
        self.latest = number;
        is_before.then_some(SAME_AS_BEFORE)
    }

    /// Takes the number before for the latest.
    const fn turn(&mut self) -> u64 {
        (self.latest, self.before) = (self.before, self.latest);
        self.latest
    }
}

/// A signed number as one that is small where it is near 0.
pub(super) const fn folded(number: i64) -> u64 {
    (number << 1 ^ number >> 63).cast_unsigned()
}

/// The reverse of [`folded`].
pub(super) const fn unfolded(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -((number & 1).cast_signed())
}

/// What numbers are written to; used again for the next connection.
#[derive(Debug, Default)]
pub(super) struct Draft {
    tokens: Vec<u8>,
    /// Longer than what was written by at least one number, after the first.
    octets: Vec<u8>,
    written: usize,
    recent: Recent,
    pair: Pair,
}

/// Octets of the longest number.
const LONGEST: usize = 8;

impl Draft {
    pub(super) fn clear(&mut self) {
        self.tokens.clear();
        self.written = 0;
        self.recent = Recent::default();
        self.pair = Pair::default();
    }

    #[inline]
    pub(super) fn write(&mut self, number: u64) {
        if number < TOKENS {
            self.tokens.push(number.to_le_bytes()[0]);
        } else {
            self.write_octets(number);
        }
    }

    #[inline(never)]
    fn write_octets(&mut self, number: u64) {
        match number {
            0..=0xff => self.put(ONE, number, 1),
            0x100..LARGE => match self.pair.turn_to(number) {
                Some(token) => self.tokens.push(token),
                None => self.put(TWO, number, 2),
            },
            LARGE.. => self.write_large(number),
        }
    }

    fn write_large(&mut self, number: u64) {
        let (place, away) = self.recent.nearest(number);
        self.recent.remember(number);
        let near = away << 2 | place as u64;
        match away {
            0..0x40 => self.put(NEAR, near, 1),
            0x40..0x4000 => self.put(NEAR + 1, near, 2),
            0x4000..0x40_0000 => self.put(NEAR + 2, near, 3),
            _ if number < 1 << 32 => self.put(FOUR, number, 4),
            0x40_0000..0x4000_0000 => self.put(NEAR + 3, near, 4),
            _ => self.put(EIGHT, number, LONGEST),
        }
    }

    /// Writes the `len` lowest octets of a number.
    #[inline]
    fn put(&mut self, token: u8, number: u64, len: usize) {
        self.tokens.push(token);
        // All of them, since a copy of a length that is known is a store.
        if let Some(octets) = self.octets.get_mut(self.written..self.written + LONGEST) {
            octets.copy_from_slice(&number.to_le_bytes());
        } else {
            self.lengthen(number);
        }
        self.written += len;
    }

    #[cold]
    fn lengthen(&mut self, number: u64) {
        self.octets.truncate(self.written);
        self.octets.extend(number.to_le_bytes());
        self.octets.resize(self.written + 1024, 0);
    }

    /// The length of the octets, these, and the tokens, two in an octet.
    pub(super) fn finish(&self) -> Box<[u8]> {
        let octets = self.octets.get(..self.written).unwrap_or_default();
        let pairs = self.tokens.len().div_ceil(2);
        let mut whole = Vec::with_capacity(4 + octets.len() + pairs);
        whole.extend_from_slice(&octets.len().to_le_bytes()[..4]);
        whole.extend_from_slice(octets);
        let pairs = self.tokens.chunks_exact(2);
        let last = pairs.remainder().first();
        whole.extend(pairs.map(|pair| pair[0] | pair[1] << 4));
        whole.extend(last);
        whole.into_boxed_slice()
    }
}

/// Reads what a [`Draft`] came to.
#[derive(Debug)]
pub(super) struct Numbers<'a> {
    /// Octets, and behind them the tokens.
    rest: &'a [u8],
    tokens: &'a [u8],
    /// How many tokens were read.
    at: usize,
    recent: Recent,
    pair: Pair,
}

impl<'a> Numbers<'a> {
    pub(super) fn of(whole: &'a [u8]) -> Result<Self, Broken> {
        let (len, rest) = whole.split_first_chunk::<4>().ok_or(Broken)?;
        let len = u32::from_le_bytes(*len) as usize;
        Ok(Self {
            rest,
            tokens: rest.get(len..).ok_or(Broken)?,
            at: 0,
            recent: Recent::default(),
            pair: Pair::default(),
        })
    }

    #[inline]
    pub(super) fn read(&mut self) -> Result<u64, Broken> {
        let pair = self.tokens.get(self.at / 2).ok_or(Broken)?;
        let token = pair >> (self.at % 2 * 4) & 0xf;
        self.at += 1;
        if u64::from(token) < TOKENS {
            Ok(token.into())
        } else {
            self.read_octets(token)
        }
    }

    #[inline(never)]
    fn read_octets(&mut self, token: u8) -> Result<u64, Broken> {
        let number = match token {
            SAME => return Ok(self.pair.latest),
            SAME_AS_BEFORE => return Ok(self.pair.turn()),
            ONE => return self.octets(1),
            TWO => {
                let number = self.octets(2)?;
                self.pair.turn_to(number);
                return Ok(number);
            }
            FOUR => self.octets(4)?,
            EIGHT => self.octets(LONGEST)?,
            _ => {
                let near = self.octets(usize::from(token - NEAR) + 1)?;
                let away = unfolded(near >> 2).cast_unsigned();
                let place = usize::from(near.to_le_bytes()[0] & 3);
                self.recent.at(place).wrapping_add(away)
            }
        };
        self.recent.remember(number);
        Ok(number)
    }

    #[inline]
    fn octets(&mut self, len: usize) -> Result<u64, Broken> {
        let number = match self.rest.first_chunk::<LONGEST>() {
            Some(octets) => u64::from_le_bytes(*octets),
            None => self.last_octets(),
        };
        self.rest = self.rest.get(len..).ok_or(Broken)?;
        let unused = 64 - 8 * len;
        Ok(number << unused >> unused)
    }

    /// Those near the end, with zeros behind.
    #[cold]
    fn last_octets(&self) -> u64 {
        let mut octets = [0; LONGEST];
        octets
            .iter_mut()
            .zip(self.rest)
            .for_each(|(octet, own)| *octet = *own);
        u64::from_le_bytes(octets)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_number_comes_back(
            numbers in prop::collection::vec((any::<u64>(), 0..64_u32, any::<i8>()), 0..40),
        ) {
            let mut draft = Draft::default();
            let mut all = vec![0, u64::MAX, 1 << 16, (1 << 16) - 1, 1 << 32];
            for (number, shift, away) in numbers {
                all.push(number >> shift);
                all.push((number >> shift).wrapping_add_signed(away.into()));
                all.push(number >> shift);
            }
            for number in &all {
                draft.write(*number);
            }
            let whole = draft.finish();
            let mut read = Numbers::of(&whole).unwrap();
            for number in &all {
                prop_assert_eq!(read.read().unwrap(), *number);
            }
        }
    }

    #[test]
    fn a_number_near_one_before_takes_two_octets_less() {
        let len = |numbers: &[u64]| {
            let mut draft = Draft::default();
            for number in numbers {
                draft.write(*number);
            }
            draft.finish().len()
        };
        let alone = len(&[4_000_000_000]);
        assert_eq!(alone, 4 + 1 + 4);
        assert_eq!(len(&[4_000_000_000, 4_000_000_001]), alone + 1);
    }
}
