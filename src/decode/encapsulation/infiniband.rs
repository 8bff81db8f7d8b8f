//! InfiniBand from its link header on (InfiniBand architecture, volume 1,
//! chapters 7 to 9), with IP in it (RFC 4391).

use crate::decode::encapsulation::{NextHeader, table};
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::octets::be16;
use crate::skip::Skip;

/// Octets of the local and global routing headers, of the transport header,
/// and of what a datagram adds to it.
const LOCAL_LEN: usize = 8;
const GLOBAL_LEN: usize = 40;
const TRANSPORT_LEN: usize = 12;
const DATAGRAM_LEN: usize = 8;
/// What follows the local header: a transport header, or a global one first.
const LOCAL: u8 = 2;
const GLOBAL: u8 = 3;
/// Whole messages, by the service that takes them there.
const RELIABLE_SEND_ONLY: u8 = 0x04;
const UNRELIABLE_SEND_ONLY: u8 = 0x24;
const DATAGRAM_SEND_ONLY: u8 = 0x64;
/// The encapsulation's own header: an ethertype and two octets that are
/// reserved.
const ENCAPSULATION_LEN: usize = 4;

impl Walk<'_, '_> {
    pub(super) fn infiniband(&mut self) -> Result<NextHeader, Skip> {
        match self.fixed(LayerKind::Infiniband, LOCAL_LEN)?[1] & 3 {
            LOCAL => {}
            GLOBAL => self.at += GLOBAL_LEN,
            _ => return Err(Skip::NotIp),
        }
        let operation = *self.rest().first().ok_or(Skip::CutBelowTcp)?;
        self.at += TRANSPORT_LEN;
        match operation {
            DATAGRAM_SEND_ONLY => self.at += DATAGRAM_LEN,
            RELIABLE_SEND_ONLY | UNRELIABLE_SEND_ONLY => {}
            _ => return Err(Skip::NotIp),
        }
        let header = self.rest().get(..ENCAPSULATION_LEN);
        let ethertype = be16(header.ok_or(Skip::CutBelowTcp)?, 0);
        self.at += ENCAPSULATION_LEN;
        table::of_ethertype(ethertype)
    }
}
