//! The connections that have not ended, counted some at a time.

use std::ops::Range;

use crate::sink::metrics::tally::StillOpen;
use crate::sink::round::Round;
use crate::track::flow::Flow;

/// The connections of a run that have not ended, by server: frames may come between two
/// looks at some of them.
#[derive(Debug, Default)]
pub struct OpenConnections {
    round: Round,
    by_server: Vec<StillOpen>,
    /// Those to all other servers.
    others: StillOpen,
}

impl OpenConnections {
    /// Whether all connections were looked at.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.round.is_done()
    }

    /// The numbers of the next `most` connections, of `all` that there are now.
    pub(super) fn next(&mut self, all: &Range<u32>, most: u32) -> Range<u32> {
        self.round.next(all, most)
    }

    /// Takes a connection to the server at this place.
    pub(super) fn take(&mut self, server: Option<usize>, flow: &Flow) {
        let Some(place) = server else {
            return self.others.take(flow);
        };
        if self.by_server.len() <= place {
            self.by_server.resize_with(place + 1, StillOpen::default);
        }
        self.by_server[place].take(flow);
    }

    /// Those to each of so many servers, and to all others.
    pub(super) fn by_server(&self, servers: usize) -> Vec<StillOpen> {
        let none = StillOpen::default();
        let each = (0..servers).map(|place| self.by_server.get(place).unwrap_or(&none));
        each.chain([&self.others]).cloned().collect()
    }
}
