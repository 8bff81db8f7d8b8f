//! IEEE 802.2, with and without the extension that names an ethertype.

use crate::decode::encapsulation::{NextHeader, table};
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::octets::be16;
use crate::skip::Skip;

const LLC_LEN: usize = 3;
const SNAP_LEN: usize = 8;
/// Service access points, without the flag in their lowest bits.
const SNAP: u8 = 0xaa;
const IP: u8 = 0x06;
const UNNUMBERED_INFORMATION: u8 = 3;

impl Walk<'_, '_> {
    /// Steps over an IEEE 802.2 header, and over the extension that names an
    /// ethertype or carries a whole Ethernet frame (RFC 2684 §5.2).
    pub(super) fn llc(&mut self) -> Result<NextHeader, Skip> {
        let &[to, from, control] = self.rest().first_chunk().ok_or(Skip::CutBelowTcp)?;
        match (to & !1, from & !1, control) {
            (IP, IP, UNNUMBERED_INFORMATION) => {
                self.fixed(LayerKind::Llc, LLC_LEN)?;
                return Ok(NextHeader::IPV4);
            }
            (SNAP, SNAP, UNNUMBERED_INFORMATION) => {}
            _ => return Err(Skip::NotIp),
        }
        let header = self.fixed(LayerKind::Snap, SNAP_LEN)?;
        let (organization, protocol) = (&header[3..6], be16(header, 6));
        match (organization, protocol) {
            ([0, 0, 0 | 0xf8], ethertype) => table::of_ethertype(ethertype),
            ([0, 0x80, 0xc2], 1 | 7) => {
                self.at += 2;
                Ok(NextHeader::ETHERNET)
            }
            _ => Err(Skip::NotIp),
        }
    }
}
