//! IEEE 802.1ah, provider backbone bridges: a service tag, and a customer's
//! Ethernet frame.

use crate::decode::encapsulation::NextHeader;
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::skip::Skip;

/// Flags and the service identifier; the customer's addresses, which the
/// standard counts as part of the tag, begin the frame.
const TAG_LEN: usize = 4;

impl Walk<'_, '_> {
    pub(super) fn pbb(&mut self) -> Result<NextHeader, Skip> {
        self.fixed(LayerKind::Pbb, TAG_LEN)?;
        Ok(NextHeader::ETHERNET)
    }
}
