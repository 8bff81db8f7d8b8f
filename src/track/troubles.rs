//! What went wrong or stood still on the way, counted: why a connection that
//! closed in order was slow all the same.

use crate::track::stalls::Stalls;

/// What happened to the segments of one end, and to its window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Troubles {
    /// Segments sent again after a timeout.
    pub timeouts: u32,
    /// Segments sent again because the other end asked for them.
    pub fast: u32,
    /// Last segments sent again to hear whether they arrived.
    pub tail_probes: u32,
    /// Segments sent again that had arrived.
    pub spurious: u32,
    /// Segments sent again since larger ones do not pass, as an ICMP error said.
    pub path_mtu: u32,
    /// Segments sent again, nothing shows why.
    pub repeated: u32,
    /// Segments overtaken on the way.
    pub overtaken: u32,
    /// Segments copied by the network.
    pub copied: u32,
    /// Segments with another text than the octets had before.
    pub conflicting: u32,
    /// Times that something was missing before a segment: lost, late or not
    /// captured.
    pub gaps: u32,
    /// Segments that offered a window of 0.
    pub closed_windows: u32,
    /// How often and how long its window was closed.
    pub stalls: Stalls,
    /// Segments that filled the other end's window.
    pub filled_windows: u32,
    /// Keep-alives.
    pub keep_alives: u32,
    /// Probes of the other end's closed window, with an octet more or without.
    pub window_probes: u32,
    /// Segments with urgent data.
    pub urgent: u32,
    /// Octets of data sent after the other end's FIN.
    pub after_fin: u64,
}

impl Troubles {
    /// Segments sent again, for whatever reason.
    #[must_use]
    pub const fn retransmissions(&self) -> u32 {
        self.timeouts + self.fast + self.tail_probes + self.spurious + self.path_mtu + self.repeated
    }
}
