//! The E-tag of IEEE 802.1BR, bridge port extension.

use crate::decode::encapsulation::NextHeader;
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::octets::be16;
use crate::skip::Skip;

/// The tag and the number behind it.
const TAG_LEN: usize = 8;

impl Walk<'_, '_> {
    pub(super) fn etag(&mut self) -> Result<NextHeader, Skip> {
        let tag = self.fixed(LayerKind::ETag, TAG_LEN)?;
        self.ethertype_or_length(be16(tag, 6))
    }
}
