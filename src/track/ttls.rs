//! The TTLs, or hop limits, with which an end's segments came.

/// Hops by which the TTL of a segment may differ from that of its sender's others: a route
/// may change, a third party stands elsewhere.
pub(super) const MOST_HOPS_APART: u8 = 2;

/// The most that are kept.
const MOST: usize = 4;

/// The TTLs of an end's segments: a load balancer answers from elsewhere than the
/// server behind it, and routes change.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ttls {
    /// Each, and how many segments had it; the latest stands in front.
    seen: [(u8, u16); MOST],
}

impl Ttls {
    /// Takes one more.
    #[inline]
    pub(super) fn take(&mut self, ttl: u8) {
        let (latest, times) = &mut self.seen[0];
        if *latest == ttl && *times > 0 {
            *times = times.saturating_add(1);
        } else {
            self.take_other(ttl);
        }
    }

    #[cold]
    fn take_other(&mut self, ttl: u8) {
        let known = self
            .seen
            .iter()
            .position(|&(seen, times)| times > 0 && seen == ttl);
        let at = known.unwrap_or(MOST - 1);
        let times = if known.is_some() { self.seen[at].1 } else { 0 };
        self.seen.copy_within(..at, 1);
        self.seen[0] = (ttl, times.saturating_add(1));
    }

    /// By how many hops a TTL differs from the nearest of them; 0 where there are none.
    pub(super) fn hops_to(self, ttl: u8) -> u8 {
        let known = self.seen.iter().filter(|&&(_, times)| times > 0);
        let hops = known.map(|(seen, _)| seen.abs_diff(ttl));
        hops.min().unwrap_or(0)
    }

    /// How many segments had a TTL, as far as is known.
    pub(super) fn times(&self, ttl: u8) -> u16 {
        let mut seen = self.seen.iter();
        seen.find(|&&(seen, _)| seen == ttl)
            .map_or(0, |&(_, times)| times)
    }

    /// The TTL that most had, where there was any.
    pub(super) fn usual(&self) -> Option<u8> {
        let known = self.seen.iter().filter(|&&(_, times)| times > 0);
        known.max_by_key(|&&(_, times)| times).map(|&(ttl, _)| ttl)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ttl_is_held_against_all_that_came() {
        let mut ttls = Ttls::default();
        assert_eq!((ttls.hops_to(9), ttls.usual()), (0, None));
        for ttl in [250, 57, 57, 250, 57, 64] {
            ttls.take(ttl);
        }
        assert_eq!(
            [250, 56, 64, 101].map(|ttl| ttls.hops_to(ttl)),
            [0, 1, 0, 37]
        );
        assert_eq!([250, 57, 64, 0].map(|ttl| ttls.times(ttl)), [2, 3, 1, 0]);
        assert_eq!(ttls.usual(), Some(57));
        for ttl in [1, 2, 3, 4] {
            ttls.take(ttl);
        }
        assert_eq!(ttls.hops_to(250), 246);
    }
}
