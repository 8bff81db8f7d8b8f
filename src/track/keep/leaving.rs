//! A connection that has left and waits to be shown, in the form in which it was
//! kept: where many leave at once, most as headers, they take no more memory.

use crate::flow_key::FlowKey;
use crate::time::Timestamp;
use crate::track::connection::Connection;
use crate::track::flow::FlowId;
use crate::track::held::Held;
use crate::track::keep::embryo::Embryo;
use crate::track::wants::Wants;

/// A connection that has left and waits to be shown.
#[derive(Debug)]
pub(super) struct Leaving {
    pub(super) kept: Kept,
    /// Until when silence lasted.
    pub(super) until: Timestamp,
    /// Whether it was given up, so that what came later would not have been told as
    /// its own.
    pub(super) is_given_up: bool,
    /// What kinds of segment the capture had held.
    pub(super) held: Held,
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
        if self.is_given_up {
            connection.flow.count_stalls(connection.flow.last);
            connection.flow.end(self.until, self.held);
        } else {
            connection.end(self.until, self.held);
        }
        connection.is_worth_showing().then_some(connection)
    }
}
