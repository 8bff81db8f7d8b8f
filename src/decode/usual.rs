//! The usual frame, decoded in one go: Ethernet, IPv4 without options, TCP,
//! whole and unfragmented.
//!
//! A third of the instructions of the walk through the other files, for nearly
//! every frame there is (measured, `benches/against_peers`). It decides
//! nothing: whatever is odd is left to the walk, and a property holds both to
//! the same result.

use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};

use crate::decode::walk::clamped;
use crate::flags::Flags;
use crate::frame::{Frame, MAX_LEN};
use crate::layer::{Layer, LayerKind};
use crate::link_type::LinkType;
use crate::options::TcpOptions;
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::vantage::Vantage;

/// Where the IPv4 header, the TCP header and its options begin.
const IP: usize = 14;
const TCP: usize = IP + 20;
const OPTIONS: usize = TCP + 20;
/// Fragment offset, and the bit that says that more fragments follow.
const FRAGMENT: u16 = 0x3fff;

/// What is left to know of a usual frame once it is known to be one.
#[derive(Clone, Copy)]
pub(super) struct UsualShape<'a> {
    head: &'a [u8; OPTIONS],
    options: &'a [u8],
    payload: &'a [u8],
    payload_len: u32,
}

impl<'a> UsualShape<'a> {
    /// `None` where there is anything to decide.
    #[inline]
    pub(super) fn of(frame: &Frame<'a>) -> Option<Self> {
        let bytes = frame.bytes;
        let head = bytes.first_chunk::<OPTIONS>()?;
        let is_sound = clamped(bytes.len()) <= frame.len && frame.len <= MAX_LEN;
        let is_usual = frame.link_type == LinkType::ETHERNET
            && be16(head, 12) == 0x0800
            && head[IP] == 0x45
            && be16(head, IP + 6) & FRAGMENT == 0
            && head[IP + 9] == 6;
        let header_len = usize::from(head[TCP + 12] >> 4 << 2);
        let (payload_at, end) = (TCP + header_len, IP + usize::from(be16(head, IP + 2)));
        let fits = header_len >= 20 && payload_at <= end && end <= frame.len as usize;
        if !is_sound || !is_usual || !fits {
            return None;
        }
        Some(Self {
            head,
            options: bytes.get(OPTIONS..payload_at)?,
            payload: bytes.get(payload_at..end.min(bytes.len()))?,
            payload_len: clamped(end - payload_at),
        })
    }

    /// The headers around the segment.
    #[inline]
    pub(super) fn layers(frame: &Frame<'_>) -> [Layer; 2] {
        let (ip, len) = (clamped(IP), frame.len);
        [
            Layer {
                kind: LayerKind::Ethernet,
                start: 0,
                len,
            },
            Layer {
                kind: LayerKind::Ipv4,
                start: ip,
                len: len - ip,
            },
        ]
    }

    /// Where the TCP header begins.
    #[expect(clippy::cast_possible_truncation, reason = "34")]
    pub(super) const TCP: u32 = TCP as u32;

    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "built where it stays, or it is copied twice"
    )]
    pub(super) fn segment(self, frame: &Frame<'_>) -> Segment<'a> {
        let head = self.head;
        Segment {
            frame: frame.number,
            time: frame.time,
            src: endpoint(head, IP + 12, TCP),
            dst: endpoint(head, IP + 16, TCP + 2),
            ttl: head[IP + 8],
            ecn: head[IP + 1] & 0b11,
            identification: Some(be16(head, IP + 4)),
            seq: SeqNum(be32(head, TCP + 4)),
            ack: SeqNum(be32(head, TCP + 8)),
            flags: Flags::from_octets(head[TCP + 12], head[TCP + 13]),
            window: be16(head, TCP + 14),
            urgent: be16(head, TCP + 18),
            checksum: be16(head, TCP + 16),
            header_len: head[TCP + 12] >> 4 << 2,
            options: TcpOptions {
                bytes: self.options,
                missing: 0,
            },
            payload_len: self.payload_len,
            payload: self.payload,
            is_fragment: false,
            vantage: Vantage::plain(frame),
        }
    }
}

#[inline]
fn be16(head: &[u8; OPTIONS], at: usize) -> u16 {
    u16::from_be_bytes([head[at], head[at + 1]])
}

#[inline]
fn be32(head: &[u8; OPTIONS], at: usize) -> u32 {
    u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]])
}

#[inline]
fn endpoint(head: &[u8; OPTIONS], address_at: usize, port_at: usize) -> SocketAddr {
    let address = Ipv4Addr::from_bits(be32(head, address_at));
    SocketAddr::V4(SocketAddrV4::new(address, be16(head, port_at)))
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU64;

    use proptest::prelude::*;

    use super::*;
    use crate::decode::Decoder;

    /// A sound frame, of which the properties spoil an octet or the lengths.
    const SOUND: [u8; 70] = [
        2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0, // Ethernet
        0x45, 0, 0, 56, 0, 1, 0x40, 0, 64, 6, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2, // IPv4
        4, 0, 0, 80, 0, 0, 0, 7, 0, 0, 0, 9, 0x80, 0x18, 1, 0, 0, 0, 0, 0, // TCP
        1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2, // options
        b'd', b'a', b't', b'a',
    ];

    fn frame(bytes: &[u8], len: u32) -> Frame<'_> {
        Frame {
            link_type: LinkType::ETHERNET,
            len,
            bytes,
            ..Frame::numbered(NonZeroU64::MIN)
        }
    }

    proptest! {
        #[test]
        fn the_short_way_says_what_the_walk_says(
            spoiled in 0..SOUND.len(),
            octet: u8,
            captured in 0..=SOUND.len(),
            more in 0..20_u32,
        ) {
            let mut bytes = SOUND;
            bytes[spoiled] = octet;
            let bytes = &bytes[..captured];
            let frame = frame(bytes, clamped(captured) + more);
            let (mut short, mut long) = (Decoder::default(), Decoder::default());
            let short = short.decode(&frame);
            let long = long.decode_by_steps(&frame);
            prop_assert_eq!(format!("{short:?}"), format!("{long:?}"));
        }
    }

    #[test]
    fn a_sound_frame_goes_the_short_way() {
        let frame = frame(&SOUND, 70);
        assert_eq!(
            UsualShape::of(&frame).map(|shape| shape.payload),
            Some(&b"data"[..])
        );
    }
}
