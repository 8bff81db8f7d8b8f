//! `EtherIP` (RFC 3378): an Ethernet frame in IP.

use crate::decode::encapsulation::NextHeader;
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::skip::Skip;

const HEADER_LEN: usize = 2;
const VERSION: u8 = 3;

impl Walk<'_, '_> {
    pub(super) fn etherip(&mut self) -> Result<NextHeader, Skip> {
        let header = self.fixed(LayerKind::EtherIp, HEADER_LEN)?;
        if header[0] >> 4 == VERSION {
            Ok(NextHeader::ETHERNET)
        } else {
            Err(Skip::NotIp)
        }
    }
}
