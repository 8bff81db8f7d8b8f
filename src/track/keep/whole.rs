//! A connection that is kept as it is.

use crate::flow_key::FlowKey;
use crate::track::connection::Connection;
use crate::track::keep::header::Header;

/// A connection as it is, and its bed in the nursery.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) connection: Connection,
    pub(super) bed: Option<u32>,
    /// A SYN on it while it was open: if it is answered, another one begins with it.
    pub(super) stray_syn: Option<Box<Header>>,
    /// Whether the time has been noted since when it is over.
    pub(super) is_over: bool,
}

impl Whole {
    /// A connection that begins, and has no bed yet.
    pub(super) const fn of(connection: Connection) -> Self {
        Self {
            connection,
            bed: None,
            stray_syn: None,
            is_over: false,
        }
    }

    #[inline]
    pub(super) fn has_key(&self, key: &FlowKey) -> bool {
        self.connection.flow.key == *key
    }

    /// Whether all that is known of it comes from the segments that were noted.
    pub(super) fn is_made_of_segments(&self) -> bool {
        let flow = &self.connection.flow;
        flow.unreachable.is_none() && !flow.has_returned
    }
}
