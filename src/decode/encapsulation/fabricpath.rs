//! Cisco `FabricPath`: forwarding tag and time to live, and an Ethernet frame.

use crate::decode::encapsulation::NextHeader;
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::skip::Skip;

const TAG_LEN: usize = 2;

impl Walk<'_, '_> {
    pub(super) fn fabricpath(&mut self) -> Result<NextHeader, Skip> {
        self.fixed(LayerKind::FabricPath, TAG_LEN)?;
        Ok(NextHeader::ETHERNET)
    }
}
