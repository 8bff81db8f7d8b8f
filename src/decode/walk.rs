//! The walk through the headers of a frame: where it is, and what it has passed.

use crate::decode::datagram::Fragment;
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
    /// Where the wire octets end that belong to the innermost carrier.
    pub(super) wire_end: usize,
    pub(super) layers: &'l mut [Layer; MAX_LAYERS],
    /// How many of the layers are there.
    pub(super) depth: usize,
    /// The innermost datagram, where it is a fragment.
    pub(super) fragment: Option<Fragment>,
}

impl<'a> Walk<'a, '_> {
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
