//! Why a frame is no TCP segment.

/// Why decoding a frame ended before a whole TCP header.
///
/// A skip costs one frame and is counted. Those with TCP inside still have a
/// line in tcpdump's output, so [`sink::line`](crate::sink::line) prints them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Skip {
    /// The link type is not one that this program takes apart.
    UnknownLink,
    /// The frame carries no IP: ARP, spanning tree, an unknown ethertype.
    NotIp,
    /// The datagram carries no TCP.
    NotTcp,
    /// The datagram carries ICMP or `ICMPv6`, which may say what became of a
    /// segment.
    Icmp,
    /// The frame ends inside a header below TCP.
    CutBelowTcp,
    /// A header below TCP contradicts itself: version, length, offset.
    BadHeader,
    /// The first fragment of a datagram that is not all there yet: its segment
    /// comes with the fragment that completes it.
    FirstFragment,
    /// A fragment other than the first: it carries no TCP header.
    LaterFragment,
    /// Fewer than 20 octets of the TCP header are here.
    CutTcp,
    /// The data offset is under 5 words (RFC 9293 §3.1).
    ShortOffset,
    /// The data offset points behind the end of the segment.
    LongOffset,
    /// The capture file holds an impossible record: no octets, or more
    /// captured than were on the wire.
    BadRecord,
}
