//! A connection that has left and waits to be shown, in the form in which it was
//! kept: where many leave at once, most as headers, they take no more memory.

use crate::flow_key::FlowKey;
use crate::time::Timestamp;
use crate::track::connection::Connection;
use crate::track::flow::FlowId;
use crate::track::keep::embryo::Embryo;
use crate::track::wants::Wants;

/// A connection that has left and waits to be shown.
#[derive(Debug)]
pub(super) struct Leaving {
    pub(super) kept: Kept,
    /// Until when silence lasted; `None` of one that was given up: to its latest
    /// segment.
    pub(super) until: Option<Timestamp>,
}

/// What it is kept as.
#[derive(Debug)]
pub(super) enum Kept {
    /// As it is.
    Whole(Box<Connection>),
    /// As the headers of its segments.
    Embryo(Embryo),
}

impl Kept {
    pub(super) const fn key(&self) -> &FlowKey {
        match self {
            Self::Whole(connection) => &connection.flow.key,
            Self::Embryo(embryo) => &embryo.key,
        }
    }

    /// The connection as it is.
    pub(super) fn whole(self, wants: Wants) -> Option<Connection> {
        match self {
            Self::Whole(connection) => Some(*connection),
            Self::Embryo(embryo) => embryo.observed_again(wants),
        }
    }
}

impl Leaving {
    pub(super) const fn id(&self) -> FlowId {
        match &self.kept {
            Kept::Whole(connection) => connection.flow.id,
            Kept::Embryo(embryo) => embryo.id,
        }
    }

    /// The connection, where it is to be shown.
    pub(super) fn connection(self, wants: Wants) -> Option<Connection> {
        let mut connection = self.kept.whole(wants)?;
        match self.until {
            Some(until) => connection.end(until),
            None => connection.flow.end_stalls(connection.flow.last),
        }
        connection.is_worth_showing().then_some(connection)
    }
}
