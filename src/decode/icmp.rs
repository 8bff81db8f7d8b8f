//! ICMP and `ICMPv6` errors, and the segment that they quote.

use std::net::{IpAddr, SocketAddr};

use etherparse::{IpNumber, Ipv4HeaderSlice, Ipv6HeaderSlice};

use crate::icmp_error::{IcmpError, Reason};
use crate::layer::{Layer, LayerKind};
use crate::segment::Packet;
use crate::seq::SeqNum;
use crate::skip::Skip;

/// Octets of an ICMP header before what it quotes.
const HEADER_LEN: usize = 8;
const IPV6_LEN: usize = 40;

/// The ICMP error in a packet in which no segment was found; `None` where it is
/// something else or does not quote a segment.
#[must_use]
pub fn error(packet: &Packet<'_>) -> Option<IcmpError> {
    if !matches!(packet.segment, Err(Skip::Icmp)) {
        return None;
    }
    let ip = packet.layers.iter().rev().find(|layer| is_ip(layer))?;
    let message = packet.octets_from(packet.end);
    let &[kind, code, ..] = message.first_chunk::<HEADER_LEN>()?;
    let header = packet.octets_from(ip.start);
    let (from, reason) = if ip.kind == LayerKind::Ipv4 {
        let header = Ipv4HeaderSlice::from_slice(header).ok()?;
        let from = IpAddr::V4(header.source_addr());
        (from, Reason::of_icmp(kind, code)?)
    } else {
        let header = Ipv6HeaderSlice::from_slice(header).ok()?;
        let from = IpAddr::V6(header.source_addr());
        (from, Reason::of_icmpv6(kind, code)?)
    };
    let (src, dst, seq) = quoted(message.get(HEADER_LEN..)?)?;
    Some(IcmpError {
        frame: packet.frame.number,
        time: packet.frame.time,
        from,
        reason,
        src,
        dst,
        seq,
    })
}

const fn is_ip(layer: &Layer) -> bool {
    matches!(layer.kind, LayerKind::Ipv4 | LayerKind::Ipv6)
}

/// Sender, receiver and sequence number of the segment at the beginning of a
/// datagram, of which only the beginning may be there.
fn quoted(datagram: &[u8]) -> Option<(SocketAddr, SocketAddr, SeqNum)> {
    let (src, dst, rest): (IpAddr, IpAddr, _) = match datagram.first()? >> 4 {
        4 => {
            let header = Ipv4HeaderSlice::from_slice(datagram).ok()?;
            let is_first = header.fragments_offset().value() == 0;
            if header.protocol() != IpNumber::TCP || !is_first {
                return None;
            }
            let rest = datagram.get(header.slice().len()..)?;
            (
                header.source_addr().into(),
                header.destination_addr().into(),
                rest,
            )
        }
        6 => {
            let header = Ipv6HeaderSlice::from_slice(datagram).ok()?;
            if header.next_header() != IpNumber::TCP {
                return None;
            }
            let rest = datagram.get(IPV6_LEN..)?;
            (
                header.source_addr().into(),
                header.destination_addr().into(),
                rest,
            )
        }
        _ => return None,
    };
    let &[a, b, c, d, seq @ ..] = rest.first_chunk::<8>()?;
    Some((
        SocketAddr::new(src, u16::from_be_bytes([a, b])),
        SocketAddr::new(dst, u16::from_be_bytes([c, d])),
        SeqNum(u32::from_be_bytes(seq)),
    ))
}
