//! What the receiver of an IEEE 802.11 frame noted, before there was radiotap:
//! the headers of Prism and of AVS.

use crate::decode::encapsulation::NextHeader;
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::skip::Skip;

/// Octets that Prism's header has, whatever it says.
const PRISM_LEN: usize = 144;
/// The first word of AVS's header, in either version.
const AVS: [[u8; 4]; 2] = [[0x80, 0x21, 0x10, 1], [0x80, 0x21, 0x10, 2]];

impl Walk<'_, '_> {
    /// Prism's header, or AVS's in its place.
    pub(super) fn prism(&mut self) -> Result<NextHeader, Skip> {
        if self
            .rest()
            .first_chunk()
            .is_some_and(|word| AVS.contains(word))
        {
            return self.avs();
        }
        self.fixed(LayerKind::Prism, PRISM_LEN)?;
        Ok(NextHeader::IEEE80211)
    }

    /// A header that tells its length.
    pub(super) fn avs(&mut self) -> Result<NextHeader, Skip> {
        self.note(LayerKind::Avs)?;
        let head = self.rest().first_chunk::<8>().ok_or(Skip::CutBelowTcp)?;
        let [_, _, _, _, a, b, c, d] = *head;
        let len = u32::from_be_bytes([a, b, c, d]) as usize;
        if len < head.len() {
            return Err(Skip::BadHeader);
        }
        self.rest().get(..len).ok_or(Skip::CutBelowTcp)?;
        self.at += len;
        Ok(NextHeader::IEEE80211)
    }
}
