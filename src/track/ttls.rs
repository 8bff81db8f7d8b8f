//! The TTLs, or hop limits, with which an end's segments came.

/// The most that are kept.
const MOST: u8 = 4;

/// The TTLs of an end's segments: a load balancer answers from elsewhere than the
/// server behind it, and routes change.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ttls {
    seen: [u8; MOST as usize],
    len: u8,
}

impl Ttls {
    /// Takes one more.
    #[inline]
    pub(super) fn take(&mut self, ttl: u8) {
        if self.len == 0 || self.seen[0] != ttl {
            self.take_other(ttl);
        }
    }

    /// The latest stands in front.
    #[cold]
    fn take_other(&mut self, ttl: u8) {
        let known = &self.seen[..usize::from(self.len)];
        if let Some(at) = known.iter().position(|&seen| seen == ttl) {
            self.seen.swap(0, at);
        } else {
            self.seen.copy_within(..usize::from(MOST - 1), 1);
            self.seen[0] = ttl;
            self.len = (self.len + 1).min(MOST);
        }
    }

    /// By how many hops a TTL differs from the nearest of them; 0 where there are none.
    pub(super) fn hops_to(self, ttl: u8) -> u8 {
        let known = &self.seen[..usize::from(self.len)];
        let hops = known.iter().map(|seen| seen.abs_diff(ttl));
        hops.min().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ttl_is_held_against_all_that_came() {
        let mut ttls = Ttls::default();
        assert_eq!(ttls.hops_to(9), 0);
        for ttl in [250, 57, 57, 250, 57, 64] {
            ttls.take(ttl);
        }
        assert_eq!(
            [250, 56, 64, 101].map(|ttl| ttls.hops_to(ttl)),
            [0, 1, 0, 37]
        );
        for ttl in [1, 2, 3, 4] {
            ttls.take(ttl);
        }
        assert_eq!(ttls.hops_to(250), 246);
    }
}
