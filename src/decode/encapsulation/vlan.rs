//! VLAN tags: IEEE 802.1Q and 802.1ad, and the numbers that were used before
//! the second was standardized.

use etherparse::SingleVlanHeaderSlice;

use crate::decode::encapsulation::NextHeader;
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::skip::Skip;

impl Walk<'_, '_> {
    pub(super) fn vlan(&mut self) -> Result<NextHeader, Skip> {
        let ethertype = self.vlan_tag()?;
        self.ethertype_or_length(ethertype)
    }

    /// Steps over a tag; the number behind it.
    pub(super) fn vlan_tag(&mut self) -> Result<u16, Skip> {
        self.note(LayerKind::Vlan)?;
        let tag = SingleVlanHeaderSlice::from_slice(self.rest()).map_err(|_| Skip::CutBelowTcp)?;
        self.at += tag.slice().len();
        Ok(tag.ether_type().0)
    }
}
