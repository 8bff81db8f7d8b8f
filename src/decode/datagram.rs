//! What IP says about what it carries.

use std::net::IpAddr;

use etherparse::IpNumber;

/// What IP says about the segment that begins at `Walk::at`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Datagram {
    pub(super) src: IpAddr,
    pub(super) dst: IpAddr,
    /// TTL or hop limit.
    pub(super) ttl: u8,
    /// The ECN bits.
    pub(super) ecn: u8,
    /// IPv4's identification.
    pub(super) identification: Option<u16>,
    /// Octets of TCP header and data, as claimed.
    pub(super) len: usize,
    /// Whether more fragments follow this one.
    pub(super) is_fragment: bool,
}

/// A fragment that was captured whole.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fragment {
    /// What IP says about it.
    pub(super) datagram: Datagram,
    /// What fragments of one datagram share besides their ends.
    pub(super) id: u32,
    /// What the datagram carries.
    pub(super) next: IpNumber,
    /// Where it belongs in the datagram, in octets.
    pub(super) offset: usize,
    /// Whether none follows.
    pub(super) is_last: bool,
    /// Where its octets begin in the frame.
    pub(super) at: usize,
}
