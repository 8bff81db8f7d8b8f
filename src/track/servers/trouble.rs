//! Which servers are in trouble, and in how much.

use std::cmp::Reverse;

use crate::time::Span;
use crate::track::servers::{Server, Servers};

/// From how long on an answer is slow: half a second. Under 0.1 s an answer seems to come
/// at once, and over 1 s thoughts wander (Nielsen, Usability Engineering, 1993, §5.5).
const SLOW: Span = Span(500_000_000);

impl Server {
    /// Connections that did not open, or did not end as they should.
    #[must_use]
    pub const fn failed(&self) -> u64 {
        self.refused + self.unanswered + self.unreachable + self.half_open + self.reset + self.stuck
    }

    /// How long 95 of 100 of its answers took at most, where that is slow, half a second or
    /// longer: as the server took for them, or as its clients waited where that is all that
    /// is known.
    #[must_use]
    pub fn slow(&self) -> Option<Span> {
        let times = self.first_byte_at_server().or_else(|| self.first_byte())?;
        (times.p95 >= SLOW).then_some(times.p95)
    }
}

impl Servers {
    /// Those of which connections failed, those with most of them first, and then those
    /// that answer slowly.
    #[must_use]
    pub fn in_trouble(&self) -> Vec<&Server> {
        let has_trouble = |server: &&Server| server.failed() > 0 || server.slow().is_some();
        let mut servers: Vec<_> = self.seen.iter().filter(has_trouble).collect();
        servers.sort_by_key(|server| Reverse((server.failed(), server.slow())));
        servers
    }
}
