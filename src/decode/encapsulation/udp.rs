//! UDP, where its port says that a tunnel is inside.

use crate::decode::encapsulation::{NextHeader, table};
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::octets::be16;
use crate::skip::Skip;

const HEADER_LEN: usize = 8;

impl Walk<'_, '_> {
    pub(super) fn udp(&mut self) -> Result<NextHeader, Skip> {
        let header = self.fixed(LayerKind::Udp, HEADER_LEN)?;
        let len = match usize::from(be16(header, 4)) {
            // As long as what carries it (RFC 2675 §4).
            0 => usize::MAX,
            claimed => claimed.checked_sub(HEADER_LEN).ok_or(Skip::NotTcp)?,
        };
        self.end_at(self.at.saturating_add(len));
        table::of_udp_ports([be16(header, 0), be16(header, 2)])
    }
}
