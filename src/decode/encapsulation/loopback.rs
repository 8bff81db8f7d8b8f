//! No link, or hardly one: the loopback of the BSDs, and bare IP.

use crate::address_family::{AddressFamily, bsd_number};
use crate::decode::encapsulation::NextHeader;
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::skip::Skip;

const LOOPBACK_LEN: usize = 4;

impl Walk<'_, '_> {
    /// BSD loopback: an address family.
    pub(super) fn loopback(&mut self) -> Result<NextHeader, Skip> {
        let header = self.fixed(LayerKind::Loopback, LOOPBACK_LEN)?;
        NextHeader::of_family(AddressFamily::of_bsd(bsd_number(header)))
    }

    /// A link without a header.
    pub(super) fn raw(&mut self, next: NextHeader) -> Result<NextHeader, Skip> {
        self.note(LayerKind::Raw)?;
        Ok(next)
    }
}
