//! The number of a connection.

/// A connection's number, from 0 in the order of first segments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FlowId(pub u32);
