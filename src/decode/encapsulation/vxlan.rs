//! VXLAN (RFC 7348), its generic protocol extension
//! (draft-ietf-nvo3-vxlan-gpe), and what is laid out as it is.

use crate::decode::encapsulation::{NextHeader, table};
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::skip::Skip;

const HEADER_LEN: usize = 8;

impl Walk<'_, '_> {
    pub(super) fn vxlan(&mut self) -> Result<NextHeader, Skip> {
        self.fixed(LayerKind::Vxlan, HEADER_LEN)?;
        Ok(NextHeader::ETHERNET)
    }

    /// Overlay transport virtualization, or VXLAN on Linux's old port.
    pub(super) fn otv(&mut self) -> Result<NextHeader, Skip> {
        self.fixed(LayerKind::Otv, HEADER_LEN)?;
        Ok(NextHeader::ETHERNET)
    }

    /// VXLAN whose header says what it carries.
    pub(super) fn vxlan_gpe(&mut self) -> Result<NextHeader, Skip> {
        let header = self.fixed(LayerKind::VxlanGpe, HEADER_LEN)?;
        table::of_service_protocol(header[3])
    }
}
