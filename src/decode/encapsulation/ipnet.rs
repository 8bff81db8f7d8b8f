//! Solaris's IPNET: which zones a packet passes between
//! (<https://www.tcpdump.org/linktypes/LINKTYPE_IPNET.html>).

use crate::decode::encapsulation::NextHeader;
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::skip::Skip;

const HEADER_LEN: usize = 24;
/// Solaris's families.
const IPV4: u8 = 2;
const IPV6: u8 = 26;

impl Walk<'_, '_> {
    pub(super) fn ipnet(&mut self) -> Result<NextHeader, Skip> {
        match self.fixed(LayerKind::Ipnet, HEADER_LEN)?[1] {
            IPV4 => Ok(NextHeader::IPV4),
            IPV6 => Ok(NextHeader::IPV6),
            _ => Err(Skip::NotIp),
        }
    }
}
