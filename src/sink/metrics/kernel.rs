//! What the kernel counts of a capture.

/// The kernel's counters of a capture.
#[derive(Debug, Clone, Copy, Default)]
pub struct KernelCounts {
    /// Frames that passed the filter.
    pub received: u64,
    /// Those of them for which there was no room.
    pub dropped: u64,
    /// Frames that the interface lost.
    pub dropped_by_interface: u64,
}
