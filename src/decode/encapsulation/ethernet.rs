//! Ethernet (IEEE 802.3), and what its type field says.

use etherparse::Ethernet2HeaderSlice;

use crate::decode::encapsulation::{NextHeader, table};
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::skip::Skip;

/// Up to here, what stands in the place of the ethertype is a length
/// (IEEE 802.3).
pub(super) const MAX_802_3_LENGTH: u16 = 1500;

impl Walk<'_, '_> {
    /// An Ethernet header.
    #[inline]
    pub(super) fn ethernet(&mut self) -> Result<NextHeader, Skip> {
        self.note(LayerKind::Ethernet)?;
        let header =
            Ethernet2HeaderSlice::from_slice(self.rest()).map_err(|_| Skip::CutBelowTcp)?;
        self.at += header.slice().len();
        self.ethertype_or_length(header.ether_type().0)
    }

    /// What stands behind the addresses and behind each tag: an ethertype, or
    /// the length of an IEEE 802.2 frame.
    #[inline]
    pub(super) fn ethertype_or_length(&mut self, number: u16) -> Result<NextHeader, Skip> {
        if number <= MAX_802_3_LENGTH {
            self.narrow(usize::from(number));
            return Ok(NextHeader::LLC);
        }
        table::of_ethertype(number)
    }
}
