//! The netfilter log of Linux.

use crate::address_family::AddressFamily;
use crate::decode::encapsulation::NextHeader;
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::skip::Skip;

/// The attribute that is the datagram.
const PAYLOAD: u16 = 9;

impl Walk<'_, '_> {
    /// Family, version, resource, and attributes. These are in the byte order
    /// of the host that captured; a length is small, so its upper octet is zero.
    pub(super) fn nflog(&mut self) -> Result<NextHeader, Skip> {
        let header = self.fixed(LayerKind::Nflog, 4)?;
        let family = header.first().copied().unwrap_or_default();
        loop {
            let head = self.rest().first_chunk::<4>().ok_or(Skip::CutBelowTcp)?;
            let little = u16::from_le_bytes([head[0], head[1]]);
            let (len, kind) = if usize::from(little) <= self.wire_len() {
                (little, u16::from_le_bytes([head[2], head[3]]))
            } else {
                (
                    u16::from_be_bytes([head[0], head[1]]),
                    u16::from_be_bytes([head[2], head[3]]),
                )
            };
            if len < 4 {
                return Err(Skip::BadHeader);
            }
            if kind & 0x7fff == PAYLOAD {
                self.at += 4;
                break;
            }
            self.at += usize::from(len).next_multiple_of(4);
        }
        NextHeader::of_family(AddressFamily::of_linux(family))
    }
}
