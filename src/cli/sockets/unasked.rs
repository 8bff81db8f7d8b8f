//! How many sockets were not asked about.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How many sockets no question was asked about, as too many waited: who asks counts, and
/// the courier tells in the end.
#[derive(Debug, Clone, Default)]
pub(super) struct Unasked(Arc<AtomicU64>);

impl Unasked {
    pub(super) fn add(&self, sockets: u64) {
        self.0.fetch_add(sockets, Ordering::Relaxed);
    }

    /// A later question about them found room.
    pub(super) fn take_back(&self, sockets: u64) {
        self.0.fetch_sub(sockets, Ordering::Relaxed);
    }

    pub(super) fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}
