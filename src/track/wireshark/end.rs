//! What Wireshark keeps of one end.

use crate::track::wireshark::outstanding::Outstanding;
use crate::track::wireshark::trail::Trail;

/// One end.
#[derive(Debug, Clone, Default)]
pub(super) struct WiresharkEnd {
    /// What its segments left behind.
    pub(super) trail: Trail,
    /// What it sent and the other end has not acknowledged.
    pub(super) outstanding: Outstanding,
}
