//! Stage 2: from the octets of a frame to a TCP segment.
//!
//! A `walk` from header to header. What stands before IP and what carries
//! another packet has a file each, and all are told by one table
//! (`encapsulation`); then IP itself (`net`) and TCP (`tcp`). The walk goes
//! on to the innermost. Each header is left in a list of [`Layer`]s that is
//! reused from frame to frame, so decoding allocates nothing. Where a header
//! lies about a length, the decoder goes on as long as tcpdump does.

mod datagram;
mod encapsulation;
mod fragments;
pub mod icmp;
mod net;
mod tcp;
mod usual;
mod walk;

use crate::decode::datagram::Fragment;
use crate::decode::encapsulation::{NextHeader, table};
use crate::decode::fragments::{Fragments, Taken};
use crate::decode::usual::UsualShape;
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
        if let Some(shape) = UsualShape::of(frame) {
            let layers = self.layers.split_at_mut(2).0;
            layers.copy_from_slice(&UsualShape::layers(frame));
            return Packet {
                frame,
                layers,
                end: UsualShape::TCP,
                segment: Ok(shape.segment(frame)),
                reassembly: Reassembly::None,
            };
        }
        self.decode_by_steps(frame)
    }

    /// As [`decode`](Self::decode), always header by header.
    fn decode_by_steps<'a>(&'a mut self, frame: &'a Frame<'a>) -> Packet<'a> {
        let mut walk = Walk::new(frame.bytes, frame.len as usize, &mut self.layers);
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
    let mut walk = Walk::new(&fragments.whole, fragments.whole.len(), layers);
    let next = walk.inside(datagram, next);
    match next.and_then(|next| walk.innermost(next, frame)) {
        Ok(segment) => Reassembly::Complete(Box::new(segment)),
        Err(_) => Reassembly::Waiting,
    }
}

impl<'a> Walk<'a, '_> {
    fn segment(&mut self, frame: &Frame<'_>) -> Result<Segment<'a>, Skip> {
        if is_impossible(frame) {
            return Err(Skip::BadRecord);
        }
        let link = table::of_link_type(frame.link_type)?;
        self.innermost(link, frame).map_err(|skip| match skip {
            Skip::NotIp if self.has_ip() => Skip::NotTcp,
            skip => skip,
        })
    }

    /// The segment at the end of the headers that begin here.
    fn innermost(&mut self, mut next: NextHeader, frame: &Frame<'_>) -> Result<Segment<'a>, Skip> {
        loop {
            next = match next {
                // Every turn notes a layer, and there is a bound on those.
                NextHeader::Read(read) => read(self)?,
                NextHeader::Tcp(datagram) => return self.tcp(frame, &datagram),
            };
        }
    }

    /// Whether one of the headers was IP's.
    fn has_ip(&self) -> bool {
        let layers = self.layers.iter().take(self.depth);
        layers.into_iter().any(|layer| layer.kind.is_ip())
    }
}

/// Whether the record itself is nonsense, by tcpdump's four tests.
#[inline]
fn is_impossible(frame: &Frame<'_>) -> bool {
    let captured = clamped(frame.bytes.len());
    captured == 0 || frame.len < captured || frame.len > MAX_LEN
}
