//! An answer that comes from another address than was asked: a load balancer that
//! hands on, a server that answers past it, an address translation gone wrong.

use std::net::SocketAddr;
use std::num::NonZeroU64;

use crate::track::flow_id::FlowId;

/// The other connection of the two that a SYN and its answer make, where the answer
/// comes from another address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elsewhere {
    /// That connection.
    pub id: FlowId,
    /// The frame of its SYN, or of the answer.
    pub frame: NonZeroU64,
    /// Who was asked, or who has answered.
    pub addr: SocketAddr,
}
