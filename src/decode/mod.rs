//! Stage 2: from the octets of a frame to a TCP segment.
//!
//! Three steps, each in a file: what stands before IP ([`link`], [`wireless`]),
//! IP itself ([`net`]), TCP ([`tcp`]). Where IP carries another packet
//! ([`tunnels`]), the walk goes on to the innermost. Each leaves its headers in a list of
//! [`Layer`]s that is reused from frame to frame, so decoding allocates
//! nothing. Where a header lies about a length, the decoder goes on as long as
//! tcpdump does.

mod datagram;
mod fragments;
pub mod icmp;
pub mod link;
pub mod net;
pub mod tcp;
pub mod tunnels;
mod usual;
mod walk;
pub mod wireless;

use crate::decode::datagram::Fragment;
use crate::decode::fragments::{Fragments, Taken};
use crate::decode::net::Inside;
use crate::decode::usual::Shape;
use crate::decode::walk::{MAX_LAYERS, Walk, clamped};
use crate::frame::{Frame, MAX_LEN};
use crate::layer::{Layer, LayerKind};
use crate::segment::{Packet, Reassembly, Segment};
use crate::skip::Skip;
use crate::vantage::Vantage;

/// Takes frames apart.
#[derive(Debug)]
pub struct Decoder {
    layers: [Layer; MAX_LAYERS],
    fragments: Fragments,
    /// The headers inside a datagram that was put together, which nobody sees.
    inner_layers: [Layer; MAX_LAYERS],
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
            fragments: Fragments::default(),
            inner_layers: [unused; MAX_LAYERS],
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
                reassembly: Reassembly::None,
            };
        }
        self.decode_by_steps(frame)
    }

    /// As [`decode`](Self::decode), always header by header.
    fn decode_by_steps<'a>(&'a mut self, frame: &'a Frame<'a>) -> Packet<'a> {
        let mut walk = Walk {
            bytes: frame.bytes,
            at: 0,
            wire_end: frame.len as usize,
            layers: &mut self.layers,
            depth: 0,
            fragment: None,
        };
        let mut segment = walk.segment(frame);
        let (end, depth) = (clamped(walk.at), walk.depth);
        if let Ok(segment) = &mut segment {
            segment.vantage = Vantage::of(frame, walk.layers.get(..depth).unwrap_or_default());
        }
        let reassembly = match walk.fragment {
            Some(fragment) => reassemble(
                &mut self.fragments,
                &mut self.inner_layers,
                &fragment,
                frame,
            ),
            None => Reassembly::None,
        };
        Packet {
            frame,
            layers: self.layers.get(..depth).unwrap_or_default(),
            end,
            segment,
            reassembly,
        }
    }
}

/// Adds a fragment to those kept, and decodes the datagram that it completes. A
/// fragment inside such a datagram is not put together again.
#[cold]
fn reassemble<'a>(
    fragments: &'a mut Fragments,
    layers: &mut [Layer; MAX_LAYERS],
    fragment: &Fragment,
    frame: &'a Frame<'a>,
) -> Reassembly<'a> {
    let octets = frame.bytes.get(fragment.at..).unwrap_or_default();
    let octets = octets.get(..fragment.datagram.len).unwrap_or_default();
    let (datagram, next) = match fragments.take(fragment, octets, frame.time) {
        Taken::No => return Reassembly::None,
        Taken::Waiting => return Reassembly::Waiting,
        Taken::Complete(datagram, next) => (datagram, next),
    };
    let mut walk = Walk {
        bytes: &fragments.whole,
        at: 0,
        wire_end: fragments.whole.len(),
        layers,
        depth: 0,
        fragment: None,
    };
    let inside = walk.inside(datagram, next);
    match inside.and_then(|inside| walk.innermost(inside, frame)) {
        Ok(segment) => Reassembly::Complete(Box::new(segment)),
        Err(_) => Reassembly::Waiting,
    }
}

impl<'a> Walk<'a, '_> {
    fn segment(&mut self, frame: &Frame<'_>) -> Result<Segment<'a>, Skip> {
        if is_impossible(frame) {
            return Err(Skip::BadRecord);
        }
        let protocol = self.link(frame.link_type)?;
        self.innermost(Inside::Packet(protocol), frame)
    }

    /// The segment at the end of the tunnels that begin here.
    fn innermost(&mut self, mut inside: Inside, frame: &Frame<'_>) -> Result<Segment<'a>, Skip> {
        loop {
            inside = match inside {
                Inside::Tcp(datagram) => return self.tcp(frame, &datagram),
                // Every turn notes a layer, and there is a bound on those.
                Inside::Packet(carried) => self.net(carried)?,
            };
        }
    }
}

/// Whether the record itself is nonsense, by tcpdump's four tests.
#[inline]
fn is_impossible(frame: &Frame<'_>) -> bool {
    let captured = clamped(frame.bytes.len());
    captured == 0 || frame.len < captured || frame.len > MAX_LEN
}
