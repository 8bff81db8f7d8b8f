//! Generic routing encapsulation: version 0 (RFC 2784, RFC 2890), NVGRE (RFC
//! 7637), and version 1 (RFC 2637), which is PPTP's.

use crate::decode::encapsulation::{NextHeader, table};
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::octets::be16;
use crate::skip::Skip;

const CHECKSUM: u16 = 0x8000;
const ROUTING: u16 = 0x4000;
const KEY: u16 = 0x2000;
const SEQUENCE: u16 = 0x1000;
const ACKNOWLEDGMENT: u16 = 0x0080;
/// The first of the ERSPAN protocols, which without a sequence number has no
/// header: type I.
const ERSPAN: u16 = 0x88be;

impl Walk<'_, '_> {
    pub(super) fn gre(&mut self) -> Result<NextHeader, Skip> {
        let header = self.fixed(LayerKind::Gre, 4)?;
        let (flags, protocol) = (be16(header, 0), be16(header, 2));
        let is_version_1 = flags & 7 == 1;
        let words = [
            flags & (CHECKSUM | ROUTING) != 0 && !is_version_1,
            flags & KEY != 0,
            flags & SEQUENCE != 0,
            flags & ACKNOWLEDGMENT != 0 && is_version_1,
        ];
        self.at += 4 * words.into_iter().filter(|&is_there| is_there).count();
        match (flags & 7, flags & ROUTING) {
            (0, 0) if protocol == ERSPAN && flags & SEQUENCE == 0 => Ok(NextHeader::ETHERNET),
            (0, 0) => table::of_gre_protocol(protocol),
            // Without a sequence number version 1 carries nothing.
            (1, _) if flags & SEQUENCE != 0 => table::of_gre_protocol(protocol),
            _ => Err(Skip::NotTcp),
        }
    }
}
