//! Geneve (RFC 8926).

use crate::decode::encapsulation::{NextHeader, table};
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::octets::be16;
use crate::skip::Skip;

const HEADER_LEN: usize = 8;

impl Walk<'_, '_> {
    pub(super) fn geneve(&mut self) -> Result<NextHeader, Skip> {
        let header = self.fixed(LayerKind::Geneve, HEADER_LEN)?;
        let (first, protocol) = (be16(header, 0), be16(header, 2));
        // The version, and the length of the options in words.
        if first >> 14 != 0 {
            return Err(Skip::NotTcp);
        }
        self.at += usize::from(first >> 8 & 0x3f) * 4;
        table::of_ethertype(protocol)
    }
}
