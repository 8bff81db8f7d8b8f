//! A connection that is kept as the headers of its segments.

use crate::flow_key::FlowKey;
use crate::track::connection::Connection;
use crate::track::flow::{FlowId, StreamId};
use crate::track::keep::header::Header;
use crate::track::roles::Cast;
use crate::track::wants::Wants;

/// A connection as the headers of its segments.
#[derive(Debug)]
pub(super) struct Embryo {
    pub(super) key: FlowKey,
    pub(super) id: FlowId,
    pub(super) stream: StreamId,
    pub(super) earlier: Option<FlowId>,
    /// Who is who: what a guess goes by may be another thing by now.
    pub(super) cast: Cast,
    pub(super) headers: Box<[Header]>,
}

impl Embryo {
    /// The connection, after its segments.
    pub(super) fn observed_again(&self, wants: Wants) -> Option<Connection> {
        let first = self.headers.first()?;
        let mut connection = Connection::begin(self.id, self.key, self.cast, first.time(), wants);
        connection.flow.earlier = self.earlier;
        connection.flow.stream = self.stream;
        let mut reuses_ports = self.earlier.is_some();
        for header in &self.headers {
            let segment = header.segment(&self.key);
            let sender = header.sender();
            connection.witness(header.held());
            connection.observe(sender, &segment, reuses_ports, &mut header.sight());
            reuses_ports = false;
        }
        Some(connection)
    }
}
