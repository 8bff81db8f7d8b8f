//! ICMP and `ICMPv6` errors, and the segment that they quote.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;

use etherparse::{IpNumber, Ipv4HeaderSlice, Ipv6HeaderSlice};

use crate::icmp_error::{IcmpError, Reason};
use crate::layer::{Layer, LayerKind};
use crate::segment::Packet;
use crate::seq::SeqNum;
use crate::skip::Skip;

/// Octets of an ICMP header before what it quotes.
const HEADER_LEN: usize = 8;
/// Octets of an IPv6 header, which its length does not count.
const IPV6_LEN: u16 = 40;

/// The ICMP error in a packet in which no segment was found; `None` where it is
/// something else or does not quote a segment.
#[must_use]
pub fn error(packet: &Packet<'_>) -> Option<IcmpError> {
    if !matches!(packet.segment, Err(Skip::Icmp)) {
        return None;
    }
    let ip = packet.layers.iter().rev().find(|layer| is_ip(layer))?;
    let message = packet.octets_from(packet.end);
    let &[kind, code, _, _, rest @ ..] = message.first_chunk::<HEADER_LEN>()?;
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
    let mtu = match reason {
        // RFC 1191 has it in the lower half, and the upper one is unused.
        Reason::TooBig if from.is_ipv4() => u32::from(u16::from_be_bytes([rest[2], rest[3]])),
        Reason::TooBig => u32::from_be_bytes(rest),
        _ => 0,
    };
    let quoted = quoted(message.get(HEADER_LEN..)?)?;
    Some(IcmpError {
        frame: packet.frame.number,
        time: packet.frame.time,
        from,
        reason,
        mtu: NonZeroU32::new(mtu),
        len: quoted.len,
        src: quoted.src,
        dst: quoted.dst,
        seq: quoted.seq,
    })
}

const fn is_ip(layer: &Layer) -> bool {
    matches!(layer.kind, LayerKind::Ipv4 | LayerKind::Ipv6)
}

/// What an error tells of the segment that it is about.
struct Quoted {
    src: SocketAddr,
    dst: SocketAddr,
    seq: SeqNum,
    /// Octets of the datagram.
    len: u32,
}

/// The segment at the beginning of a datagram, of which only the beginning may be
/// there.
fn quoted(datagram: &[u8]) -> Option<Quoted> {
    let (src, dst, len, rest): (IpAddr, IpAddr, _, _) = match datagram.first()? >> 4 {
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
                u32::from(header.total_len()),
                rest,
            )
        }
        6 => {
            let header = Ipv6HeaderSlice::from_slice(datagram).ok()?;
            if header.next_header() != IpNumber::TCP {
                return None;
            }
            let rest = datagram.get(usize::from(IPV6_LEN)..)?;
            (
                header.source_addr().into(),
                header.destination_addr().into(),
                u32::from(IPV6_LEN) + u32::from(header.payload_length()),
                rest,
            )
        }
        _ => return None,
    };
    let &[a, b, c, d, seq @ ..] = rest.first_chunk::<8>()?;
    Some(Quoted {
        src: SocketAddr::new(src, u16::from_be_bytes([a, b])),
        dst: SocketAddr::new(dst, u16::from_be_bytes([c, d])),
        seq: SeqNum(u32::from_be_bytes(seq)),
        len,
    })
}
