//! Apple's PKTAP: whose a frame is, and its link type
//! (<https://www.tcpdump.org/linktypes/LINKTYPE_PKTAP.html>).

use crate::decode::encapsulation::{NextHeader, table};
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::link_type::LinkType;
use crate::skip::Skip;

/// The first header that there was; later ones are longer.
const HEADER_LEN: u32 = 108;
/// A record with a frame in it.
const PACKET: u32 = 1;

impl Walk<'_, '_> {
    pub(super) fn pktap(&mut self) -> Result<NextHeader, Skip> {
        self.note(LayerKind::Pktap)?;
        let words = self.rest().as_chunks::<4>().0;
        let words = words.first_chunk::<3>().ok_or(Skip::CutBelowTcp)?;
        let [len, record, link_type] = words.map(u32::from_le_bytes);
        if len < HEADER_LEN || record != PACKET {
            return Err(Skip::NotIp);
        }
        self.at = self.at.saturating_add(len as usize);
        table::of_link_type(LinkType::of_number(link_type))
    }
}
