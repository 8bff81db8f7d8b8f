//! VNTAG, the virtual interface that a frame comes from or goes to, which
//! became IEEE 802.1BR.

use crate::decode::encapsulation::NextHeader;
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::octets::be16;
use crate::skip::Skip;

/// The tag and the number behind it.
const TAG_LEN: usize = 6;

impl Walk<'_, '_> {
    pub(super) fn vntag(&mut self) -> Result<NextHeader, Skip> {
        let tag = self.fixed(LayerKind::VnTag, TAG_LEN)?;
        self.ethertype_or_length(be16(tag, 4))
    }
}
