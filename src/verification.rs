//! Whether the checksum of a segment is right.

use std::net::IpAddr;

use crate::checksum::Sum;
use crate::layer::LayerKind;
use crate::segment::{Packet, Reassembly, Segment};

/// TCP's number as an IP protocol.
const TCP: u8 = 6;
/// Octets of an IPv4 header without options.
const IPV4_HEADER: u8 = 20;

/// What verifying a checksum brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verification {
    /// It is right.
    Correct,
    /// It is the sum of the pseudo header alone: the sending system left the
    /// rest to its network card, and the capture stood in front of that.
    Begun,
    /// It should be this.
    Incorrect(u16),
    /// Not all that it is over was captured.
    Cut,
    /// It is over a datagram of which the frame has a fragment.
    Fragment,
    /// It may be over another address than the header's.
    Routed,
}

impl Verification {
    /// Verifies the checksum of a segment that `packet` brings (RFC 9293 §3.1).
    #[must_use]
    pub fn of(packet: &Packet<'_>, segment: &Segment<'_>) -> Self {
        // Of a datagram that was put together no frame has all octets.
        let is_in_pieces = matches!(packet.reassembly, Reassembly::Complete(_));
        if segment.is_fragment || is_in_pieces {
            return Self::Fragment;
        }
        if is_routed(packet) {
            return Self::Routed;
        }
        let len = u32::from(segment.header_len) + segment.payload_len;
        let Some(octets) = packet.octets_from(packet.end).get(..len as usize) else {
            return Self::Cut;
        };
        let (src, dst) = (segment.src.ip(), segment.dst.ip());
        let pseudo_header = Sum::default().with_pseudo_header(src, dst, TCP, len);
        match pseudo_header.with(octets).should_be(segment.checksum) {
            None => Self::Correct,
            Some(_) if !pseudo_header.checksum() == segment.checksum => Self::Begun,
            Some(right) => Self::Incorrect(right),
        }
    }
}

/// Whether a checksum, of a segment or of one that is the same but for it, was left to
/// the hardware: it is that of the pseudo header, or nothing.
#[must_use]
pub fn is_begun(checksum: u16, segment: &Segment<'_>) -> bool {
    let len = u32::from(segment.header_len) + segment.payload_len;
    is_begun_between(checksum, segment.src.ip(), segment.dst.ip(), len)
}

/// The same of a segment of `len` octets, header and all.
pub(crate) fn is_begun_between(checksum: u16, src: IpAddr, dst: IpAddr, len: u32) -> bool {
    let begun = Sum::default().with_pseudo_header(src, dst, TCP, len);
    checksum == 0 || checksum == !begun.checksum()
}

/// Whether the checksum of a segment was left to the hardware, where there is any: what
/// a host sends to itself none completes.
#[must_use]
pub fn is_left_to_hardware(segment: &Segment<'_>) -> bool {
    let (src, dst) = (segment.src.ip(), segment.dst.ip());
    let is_own = src == dst || src.is_loopback() || dst.is_loopback();
    !is_own && is_begun(segment.checksum, segment)
}

fn is_routed(packet: &Packet<'_>) -> bool {
    packet.layers.iter().any(|layer| match layer.kind {
        LayerKind::Routing => true,
        LayerKind::Ipv4 => {
            let first = packet.octets_from(layer.start).first();
            first.is_some_and(|first| (first & 0x0f) << 2 > IPV4_HEADER)
        }
        _ => false,
    })
}
