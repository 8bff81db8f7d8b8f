//! Sequence numbers.

use std::ops::{Add, Sub};

/// A point in the sequence space of one direction, modulo 2³².
///
/// RFC 9293 §3.4: the space wraps, so there is no `<`. The difference of two
/// numbers is signed and positive when the left one is later, which makes the
/// RFC's comparisons read as arithmetic:
///
/// ```
/// # use tcptrace::seq::SeqNum;
/// let before_wrap = SeqNum(u32::MAX);
/// let after_wrap = before_wrap + 10;
/// assert_eq!(after_wrap - before_wrap, 10);
/// assert!(before_wrap - after_wrap < 0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct SeqNum(pub u32);

impl SeqNum {
    /// This number counted from `base`: 0 for `base` itself.
    #[must_use]
    pub const fn relative_to(self, base: Self) -> u32 {
        self.0.wrapping_sub(base.0)
    }

    /// The number before this one.
    #[must_use]
    pub const fn previous(self) -> Self {
        Self(self.0.wrapping_sub(1))
    }
}

impl Add<u32> for SeqNum {
    type Output = Self;

    fn add(self, octets: u32) -> Self {
        Self(self.0.wrapping_add(octets))
    }
}

/// The signed distance from `rhs` to `self` on the circle.
impl Sub for SeqNum {
    type Output = i32;

    fn sub(self, rhs: Self) -> i32 {
        self.0.wrapping_sub(rhs.0).cast_signed()
    }
}
