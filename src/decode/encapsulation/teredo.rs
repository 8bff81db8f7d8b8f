//! Teredo (RFC 4380 §5.1.1): IPv6 behind what a server may put in front.

use crate::decode::encapsulation::NextHeader;
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::skip::Skip;

/// Octets of an authentication besides its two fields of any length: indicator,
/// both lengths, nonce, confirmation.
const AUTHENTICATION_LEN: usize = 13;
/// Indicator, port, address.
const ORIGIN_LEN: usize = 8;

impl Walk<'_, '_> {
    /// An authentication and the origin of the packet may stand in front, in
    /// this order.
    pub(super) fn teredo(&mut self) -> Result<NextHeader, Skip> {
        self.note(LayerKind::Teredo)?;
        if let &[0, 1, client_len, value_len, ..] = self.rest() {
            self.at += AUTHENTICATION_LEN + usize::from(client_len) + usize::from(value_len);
        }
        if let [0, 0, ..] = self.rest() {
            self.at += ORIGIN_LEN;
        }
        match self.rest().first().ok_or(Skip::CutBelowTcp)? >> 4 {
            6 => Ok(NextHeader::IPV6),
            _ => Err(Skip::NotTcp),
        }
    }
}
