//! Where a connection's time went: each instant, from its first segment to its last,
//! belongs to one [`TimeCause`].
//!
//! Asked is what the connection waits for. The next that either application does, a
//! write or its close, tells: either its end had all that it needed, and the time was
//! the application's, or it waited, for octets to arrive or to be let go. So time that
//! passes is first noted as it looks (octets under way, all of them arrived, nothing),
//! and booked when something new is sent: that is due to something that has just
//! arrived there, or the application took its time.
//!
//! A segment is seen where it was captured, and matters at both its ends: it left one
//! earlier, by the distance from there, and arrives at the other later.

mod account;
mod cause;
mod corrections;
mod course;
mod crossings;
mod flight;
mod identifications;
mod knowledge;
mod lag;
mod measure;
mod moves;
mod nature;
mod offered;
mod opening;
mod pauses;
mod present;
mod repairs;
mod spent;
mod stamps;
mod stretch;
mod sums;
mod time_kept;
mod time_ledger;
mod waited;

pub use crate::track::time_spent::cause::TimeCause;
pub use crate::track::time_spent::offered::Offered;
pub use crate::track::time_spent::pauses::Pauses;
pub use crate::track::time_spent::spent::TimeSpent;
pub(super) use crate::track::time_spent::time_kept::TimeKept;
pub use crate::track::time_spent::waited::Waited;
