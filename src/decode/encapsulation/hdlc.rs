//! Serial lines: PPP in HDLC-like framing (RFC 1662), and Cisco's HDLC.

use crate::decode::encapsulation::{NextHeader, table};
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::octets::be16;
use crate::skip::Skip;

const HDLC_LEN: usize = 4;

impl Walk<'_, '_> {
    /// One or the other, as the address says.
    pub(super) fn hdlc(&mut self) -> Result<NextHeader, Skip> {
        match self.rest().first() {
            Some(0xff) => {
                let header = self.fixed(LayerKind::Hdlc, HDLC_LEN)?;
                table::of_ppp_protocol(be16(header, 2))
            }
            Some(0x0f | 0x8f) => self.cisco_hdlc(),
            Some(_) => Err(Skip::NotIp),
            None => Err(Skip::CutBelowTcp),
        }
    }

    /// Cisco's HDLC: address, control, ethertype.
    pub(super) fn cisco_hdlc(&mut self) -> Result<NextHeader, Skip> {
        let header = self.fixed(LayerKind::Hdlc, HDLC_LEN)?;
        table::of_ethertype(be16(header, 2))
    }
}
