//! The walk through the headers of a frame: where it is, and what it has passed.

use crate::decode::datagram::{Datagram, Fragment};
use crate::layer::{Layer, LayerKind};
use crate::skip::Skip;

/// The most headers taken apart in one frame: ends a chain that a hostile
/// frame could make as long as itself.
pub(super) const MAX_LAYERS: usize = 32;

/// A walk through the headers of one frame.
pub(super) struct Walk<'a, 'l> {
    /// The captured octets, cut to what the innermost IP header claims.
    pub(super) bytes: &'a [u8],
    /// Where the next header begins.
    pub(super) at: usize,
    /// Where the wire octets end that belong to the innermost carrier. An IP
    /// header may claim more than what carries it, and that counts inside it.
    pub(super) wire_end: usize,
    /// The same as far as the octets were on the wire.
    pub(super) sent_end: usize,
    pub(super) layers: &'l mut [Layer; MAX_LAYERS],
    /// How many of the layers are there.
    pub(super) depth: usize,
    /// The innermost datagram, where it is a fragment.
    pub(super) fragment: Option<Fragment>,
    /// What IP said last, where it carries a tunnel.
    pub(super) datagram: Option<Datagram>,
}

impl<'a, 'l> Walk<'a, 'l> {
    /// A walk that begins at the first of `bytes`, of which there were
    /// `wire_len` on the wire.
    #[inline]
    pub(super) const fn new(
        bytes: &'a [u8],
        wire_len: usize,
        layers: &'l mut [Layer; MAX_LAYERS],
    ) -> Self {
        Self {
            bytes,
            at: 0,
            wire_end: wire_len,
            sent_end: wire_len,
            layers,
            depth: 0,
            fragment: None,
            datagram: None,
        }
    }

    /// The captured octets from here on.
    #[inline]
    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Octets on the wire from here on.
    #[inline]
    pub(super) fn wire_len(&self) -> usize {
        self.wire_end.saturating_sub(self.at)
    }

    /// Cuts off what stands behind `len` octets that begin here: Ethernet
    /// padding, a frame check sequence.
    #[inline]
    pub(super) fn narrow(&mut self, len: usize) {
        let end = self.at.saturating_add(len);
        self.end_at(end);
        self.bytes = &self.bytes[..self.bytes.len().min(end)];
    }

    /// Ends what belongs to the innermost carrier, if it does not end before.
    #[inline]
    pub(super) fn end_at(&mut self, end: usize) {
        self.wire_end = self.wire_end.min(end);
        self.sent_end = self.sent_end.min(end);
    }

    /// The same for a datagram of `len` octets that begins here: it may claim
    /// more than what carries it.
    #[inline]
    pub(super) fn hold(&mut self, len: usize) {
        self.narrow(len);
        self.wire_end = self.at.saturating_add(len);
    }

    /// Notes a header that begins here.
    #[inline]
    pub(super) fn note(&mut self, kind: LayerKind) -> Result<(), Skip> {
        let (start, len) = (clamped(self.at), clamped(self.wire_len()));
        let place = self.layers.get_mut(self.depth).ok_or(Skip::BadHeader)?;
        *place = Layer { kind, start, len };
        self.depth += 1;
        Ok(())
    }
}

/// An offset in a frame; frames are far shorter than 4 GiB.
pub(super) fn clamped(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
