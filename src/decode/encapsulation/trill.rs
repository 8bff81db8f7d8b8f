//! TRILL (RFC 6325 §3): a header with options, and an Ethernet frame.

use crate::decode::encapsulation::NextHeader;
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::octets::be16;
use crate::skip::Skip;

const HEADER_LEN: usize = 6;

impl Walk<'_, '_> {
    pub(super) fn trill(&mut self) -> Result<NextHeader, Skip> {
        let header = self.fixed(LayerKind::Trill, HEADER_LEN)?;
        // The length of the options, in words.
        self.at += usize::from(be16(header, 0) >> 6 & 0x1f) * 4;
        Ok(NextHeader::ETHERNET)
    }
}
