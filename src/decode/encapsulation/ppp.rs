//! PPP (RFC 1661), and Ethernet bridged in it (RFC 3518).

use crate::decode::encapsulation::{NextHeader, table};
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::skip::Skip;

/// Flags of a bridged frame (RFC 3518 §4.2), its type among networks, and the
/// type of Ethernet.
const HAS_LAN_ID: u8 = 0x40;
const LAN_ID_LEN: usize = 4;
const ETHERNET: u8 = 1;

impl Walk<'_, '_> {
    /// A protocol number, compressed to one octet where it is odd, behind
    /// address and control (RFC 1662) where those were not left out. The PPP
    /// daemon puts a direction in place of the address.
    pub(super) fn ppp(&mut self) -> Result<NextHeader, Skip> {
        self.note(LayerKind::Ppp)?;
        if let [0 | 1 | 0xff, 0x03, ..] = self.rest() {
            self.at += 2;
        }
        let (protocol, len) = match *self.rest() {
            [low, ..] if low & 1 == 1 => (u16::from(low), 1),
            [high, low, ..] => (u16::from_be_bytes([high, low]), 2),
            _ => return Err(Skip::CutBelowTcp),
        };
        self.at += len;
        table::of_ppp_protocol(protocol)
    }

    /// A frame of a network that two ends of a line bridge.
    pub(super) fn bridged(&mut self) -> Result<NextHeader, Skip> {
        let header = self.fixed(LayerKind::PppBridge, 2)?;
        let (flags, network) = (header[0], header[1]);
        if flags & HAS_LAN_ID != 0 {
            self.at += LAN_ID_LEN;
        }
        if network == ETHERNET {
            Ok(NextHeader::ETHERNET)
        } else {
            Err(Skip::NotIp)
        }
    }
}
