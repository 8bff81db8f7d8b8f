//! The network service header (RFC 8300).

use crate::decode::encapsulation::{NextHeader, table};
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::octets::be16;
use crate::skip::Skip;

/// Octets of the base header and of the service path; metadata follow.
const HEADER_LEN: usize = 8;

impl Walk<'_, '_> {
    pub(super) fn nsh(&mut self) -> Result<NextHeader, Skip> {
        let header = self.fixed(LayerKind::Nsh, HEADER_LEN)?;
        let first = be16(header, 0);
        // In words, the two above included.
        let len = usize::from(first & 0x3f) * 4;
        if first >> 14 != 0 || len < HEADER_LEN {
            return Err(Skip::BadHeader);
        }
        self.at += len - HEADER_LEN;
        table::of_service_protocol(header[3])
    }
}
