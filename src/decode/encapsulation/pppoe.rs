//! PPP over Ethernet (RFC 2516).

use crate::decode::encapsulation::NextHeader;
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::octets::be16;
use crate::skip::Skip;

const HEADER_LEN: usize = 6;

impl Walk<'_, '_> {
    /// Only session data carries IP.
    pub(super) fn pppoe(&mut self) -> Result<NextHeader, Skip> {
        let header = self.fixed(LayerKind::Pppoe, HEADER_LEN)?;
        let (code, len) = (be16(header, 0) & 0xff, usize::from(be16(header, 4)));
        if code != 0 {
            return Err(Skip::NotIp);
        }
        self.end_at(self.at + len);
        Ok(NextHeader::PPP)
    }
}
