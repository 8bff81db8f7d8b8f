//! What IP leaves to what it carries.

use std::net::IpAddr;

/// What IP leaves to what it carries.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a thing that a header said"
)]
pub(super) struct Ip {
    /// Where the datagram begins, from the beginning of the frame.
    pub(super) start: u32,
    /// The addresses of the datagram.
    pub(super) src: IpAddr,
    pub(super) dst: IpAddr,
    /// Where the datagram ends, as claimed, from the beginning of the frame.
    pub(super) end: u32,
    /// As far as tcpdump looks, from the beginning of the frame.
    pub(super) captured_end: u32,
    /// The length that an IPv6 header claims for what is behind it.
    pub(super) payload_len: u32,
    /// Octets missing of what a jumbo option claims.
    pub(super) jumbo_missing: u32,
    /// Where what carries the datagram ends.
    pub(super) carrier_end: u32,
    /// Whether the header names TCP or UDP itself; if an extension header
    /// stands between, tcpdump shows the addresses in front of that and only
    /// ports in front of TCP.
    pub(super) names_transport: bool,
    /// The last address of a source route, which the checksum is over.
    pub(super) final_dst: Option<IpAddr>,
    /// Whether more fragments follow.
    pub(super) is_fragment: bool,
    /// Whether an IPv6 header claims no payload, and no jumbo option does.
    pub(super) is_empty: bool,
    /// Whether a hop-by-hop header was seen.
    pub(super) has_hop_by_hop: bool,
}
