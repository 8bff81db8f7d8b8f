//! Stage 2: from the octets of a frame to a TCP segment.
//!
//! Three steps, each in a file: what stands before IP ([`link`], [`wireless`]),
//! IP itself ([`net`]), TCP ([`tcp`]). Where IP carries another packet
//! ([`tunnels`]), the walk goes on to the innermost. Each leaves its headers in a list of
//! [`Layer`]s that is reused from frame to frame, so decoding allocates
//! nothing. Where a header lies about a length, the decoder goes on as long as
//! tcpdump does.

pub mod icmp;
pub mod link;
pub mod net;
pub mod tcp;
pub mod tunnels;
mod usual;
pub mod wireless;

use crate::decode::net::Inside;
use crate::decode::usual::Shape;
use crate::frame::{Frame, MAX_LEN};
use crate::layer::{Layer, LayerKind};
use crate::segment::{Packet, Segment};
use crate::skip::Skip;

/// The most headers taken apart in one frame: ends a chain that a hostile
/// frame could make as long as itself.
const MAX_LAYERS: usize = 32;

/// Takes frames apart.
#[derive(Debug)]
pub struct Decoder {
    layers: [Layer; MAX_LAYERS],
}

impl Default for Decoder {
    fn default() -> Self {
        let unused = Layer {
            kind: LayerKind::Raw,
            start: 0,
            len: 0,
        };
        Self {
            layers: [unused; MAX_LAYERS],
        }
    }
}

impl Decoder {
    /// The headers of `frame` and the segment in it, or why there is none.
    #[inline]
    pub fn decode<'a>(&'a mut self, frame: &'a Frame<'a>) -> Packet<'a> {
        if let Some(shape) = Shape::of(frame) {
            let layers = self.layers.split_at_mut(2).0;
            layers.copy_from_slice(&Shape::layers(frame));
            return Packet {
                frame,
                layers,
                end: Shape::TCP,
                segment: Ok(shape.segment(frame)),
            };
        }
        self.decode_by_steps(frame)
    }

    /// As [`decode`](Self::decode), always header by header.
    fn decode_by_steps<'a>(&'a mut self, frame: &'a Frame<'a>) -> Packet<'a> {
        let mut path = Path {
            bytes: frame.bytes,
            at: 0,
            wire_end: frame.len as usize,
            layers: &mut self.layers,
            depth: 0,
        };
        let segment = path.segment(frame);
        let (end, depth) = (clamped(path.at), path.depth);
        Packet {
            frame,
            layers: self.layers.get(..depth).unwrap_or_default(),
            end,
            segment,
        }
    }
}

/// A walk through the headers of one frame.
struct Path<'a, 'l> {
    /// The captured octets, cut to what the innermost IP header claims.
    bytes: &'a [u8],
    /// Where the next header begins.
    at: usize,
    /// Where the wire octets end that belong to the innermost carrier.
    wire_end: usize,
    layers: &'l mut [Layer; MAX_LAYERS],
    /// How many of the layers are there.
    depth: usize,
}

impl<'a> Path<'a, '_> {
    fn segment(&mut self, frame: &Frame<'a>) -> Result<Segment<'a>, Skip> {
        if is_impossible(frame) {
            return Err(Skip::BadRecord);
        }
        let mut protocol = self.link(frame.link_type)?;
        loop {
            match self.net(protocol)? {
                Inside::Tcp(datagram) => return self.tcp(frame, &datagram),
                // Every turn notes a layer, and there is a bound on those.
                Inside::Packet(carried) => protocol = carried,
            }
        }
    }

    /// The captured octets from here on.
    #[inline]
    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Octets on the wire from here on.
    #[inline]
    fn wire_len(&self) -> usize {
        self.wire_end.saturating_sub(self.at)
    }

    /// Notes a header that begins here.
    #[inline]
    fn note(&mut self, kind: LayerKind) -> Result<(), Skip> {
        let (start, len) = (clamped(self.at), clamped(self.wire_len()));
        let place = self.layers.get_mut(self.depth).ok_or(Skip::BadHeader)?;
        *place = Layer { kind, start, len };
        self.depth += 1;
        Ok(())
    }
}

/// Whether the record itself is nonsense, by tcpdump's four tests.
#[inline]
fn is_impossible(frame: &Frame<'_>) -> bool {
    let captured = clamped(frame.bytes.len());
    captured == 0 || frame.len < captured || frame.len > MAX_LEN
}

/// An offset in a frame; frames are far shorter than 4 GiB.
fn clamped(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
