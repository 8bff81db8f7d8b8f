//! The packet filter log and the `IPsec` interface of the BSDs.

use crate::address_family::{AddressFamily, bsd_number};
use crate::decode::encapsulation::NextHeader;
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::skip::Skip;

const IPSEC_LEN: usize = 12;
/// The shortest length that the log claims, and as much of it as tcpdump wants
/// to see.
const SHORTEST: u8 = 45;
const PACKET_FILTER_LEN: usize = 64;

impl Walk<'_, '_> {
    /// The `IPsec` interface: a family, as the loopback has it.
    pub(super) fn ipsec(&mut self) -> Result<NextHeader, Skip> {
        let header = self.fixed(LayerKind::Ipsec, IPSEC_LEN)?;
        NextHeader::of_family(AddressFamily::of_bsd(bsd_number(header)))
    }

    /// The packet filter's log: its own length, not rounded up, and a family.
    pub(super) fn packet_filter(&mut self) -> Result<NextHeader, Skip> {
        self.note(LayerKind::PacketFilter)?;
        let &[len, family] = self.rest().first_chunk().ok_or(Skip::CutBelowTcp)?;
        if len < SHORTEST {
            return Err(Skip::BadHeader);
        }
        let len = usize::from(len).next_multiple_of(4);
        if self.rest().len() < len.max(PACKET_FILTER_LEN) {
            return Err(Skip::CutBelowTcp);
        }
        self.at += len;
        NextHeader::of_family(AddressFamily::of_bsd(family.into()))
    }
}
