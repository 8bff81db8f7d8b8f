//! What happens to few ends, kept apart: an end to which nothing happens is small.

use crate::track::acceptance::AllNotTaken;
use crate::track::conflict::Conflicts;
use crate::track::doubling::OtherSights;
use crate::track::oversize::Oversize;
use crate::track::troubles::Troubles;

/// What happened to the segments of an end.
#[derive(Debug, Clone, Default)]
pub(super) struct Incidents {
    /// What went wrong with them or stood still.
    pub(super) troubles: Troubles,
    /// How often the capture showed one more than once.
    pub(super) copies: OtherSights,
    /// What the other end did not take of it.
    pub(super) not_taken: AllNotTaken,
    /// Octets of it that came with two texts.
    pub(super) conflicts: Conflicts,
    /// What was sent again, and what arrived behind that.
    pub(super) oversize: Oversize,
}
