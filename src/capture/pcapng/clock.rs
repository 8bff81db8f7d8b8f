//! How the interfaces of a pcapng file count time.

use crate::time::{Resolution, Timestamp};

/// Nanoseconds in a second.
const SECOND: u64 = 1_000_000_000;
/// The finest clock whose part of a second, in nanoseconds, is computed in 64
/// bits.
const FINEST: u64 = u64::MAX / SECOND;

/// How an interface counts time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct InterfaceClock {
    units_per_second: u64,
    /// Seconds to be added (`if_tsoffset`).
    offset: i64,
}

impl InterfaceClock {
    /// From an `if_tsresol`: a negative power of ten, or of two where the top
    /// bit is set. One that is too fine for 64 bits counts in the smallest unit
    /// that is not, as in Wireshark, so that the frames can be shown.
    pub(super) fn new(resolution: u8, offset: i64) -> Self {
        let (base, exponent) = if resolution & 0x80 == 0 {
            (10, resolution)
        } else {
            (2, resolution & 0x7f)
        };
        let units_per_second = u64::saturating_pow(base, u32::from(exponent));
        Self {
            units_per_second,
            offset,
        }
    }

    /// The time after `units`; finer digits than nanoseconds are cut off.
    #[inline]
    pub(super) fn time(self, units: u64) -> Timestamp {
        let seconds = (units / self.units_per_second).cast_signed();
        let rest = units % self.units_per_second;
        let nanoseconds = if self.units_per_second <= FINEST {
            rest * SECOND / self.units_per_second
        } else {
            let exact = u128::from(rest) * u128::from(SECOND) / u128::from(self.units_per_second);
            u64::try_from(exact).unwrap_or_default()
        };
        Timestamp::new(seconds.saturating_add(self.offset), nanoseconds)
    }

    pub(super) const fn resolution(self) -> Resolution {
        if self.units_per_second > 1_000_000 {
            Resolution::Nano
        } else {
            Resolution::Micro
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_resolution_comes_to_nanoseconds() {
        let time = |resolution, units| InterfaceClock::new(resolution, 0).time(units);
        assert_eq!(time(6, 1_500_000), Timestamp::new(1, 500_000_000));
        assert_eq!(time(9, 1_000_000_007), Timestamp::new(1, 7));
        assert_eq!(time(12, 1_000_000_007_999), Timestamp::new(1, 7));
        assert_eq!(time(19, 15_000_000_000_000_000_000).seconds(), 1);
        assert_eq!(time(0, 3), Timestamp::new(3, 0));
        assert_eq!(time(0x80 | 32, 3 << 31), Timestamp::new(1, 500_000_000));
        assert_eq!(time(0x80 | 63, 1 << 62), Timestamp::new(0, 500_000_000));
        assert_eq!(time(20, 1 << 63), Timestamp::new(0, 500_000_000));
        assert_eq!(time(0xff, 1 << 63), Timestamp::new(0, 500_000_000));
    }

    #[test]
    fn an_offset_moves_whole_seconds() {
        let time = InterfaceClock::new(3, -2).time(3_250);
        assert_eq!(time, Timestamp::new(1, 250_000_000));
    }
}
