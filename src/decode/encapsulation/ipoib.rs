//! IP over InfiniBand (RFC 4391), as Linux and others capture it.

use crate::decode::encapsulation::{NextHeader, table};
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::octets::be16;
use crate::skip::Skip;

/// A global routing header, and the encapsulation's own.
const HEADER_LEN: usize = 44;
const TYPE_AT: usize = 40;

impl Walk<'_, '_> {
    pub(super) fn ipoib(&mut self) -> Result<NextHeader, Skip> {
        let header = self.fixed(LayerKind::Ipoib, HEADER_LEN)?;
        table::of_ethertype(be16(header, TYPE_AT))
    }
}
