//! Per-packet information: fields about a frame, and its link type
//! (<https://www.tcpdump.org/linktypes/LINKTYPE_PPI.html>).

use crate::decode::encapsulation::{NextHeader, table};
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::link_type::LinkType;
use crate::skip::Skip;

const HEADER_LEN: usize = 8;

impl Walk<'_, '_> {
    pub(super) fn ppi(&mut self) -> Result<NextHeader, Skip> {
        let header = self.fixed(LayerKind::Ppi, HEADER_LEN)?;
        let len = usize::from(u16::from_le_bytes([header[2], header[3]]));
        let link_type = [header[4], header[5], header[6], header[7]];
        self.at += len.checked_sub(HEADER_LEN).ok_or(Skip::BadHeader)?;
        table::of_link_type(LinkType::of_number(u32::from_le_bytes(link_type)))
    }
}
