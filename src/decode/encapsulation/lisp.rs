//! Packets in LISP (RFC 9300 §5.3), and its generic protocol extension (RFC
//! 9305).

use crate::decode::encapsulation::{NextHeader, table};
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::skip::Skip;

const HEADER_LEN: usize = 8;
const NAMES_PROTOCOL: u8 = 0x04;

impl Walk<'_, '_> {
    pub(super) fn lisp(&mut self) -> Result<NextHeader, Skip> {
        let header = self.fixed(LayerKind::Lisp, HEADER_LEN)?;
        if header[0] & NAMES_PROTOCOL != 0 {
            return table::of_service_protocol(header[3]);
        }
        Ok(NextHeader::IP)
    }
}
