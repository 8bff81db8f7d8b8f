//! ESP (RFC 4303) whose cipher is NULL (RFC 2410): nothing says so, but what
//! stands at the end gives it away.

use crate::decode::datagram::Datagram;
use crate::decode::encapsulation::{NextHeader, plausible};
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::skip::Skip;

/// Security parameters index and sequence number.
const HEADER_LEN: usize = 8;
/// Octets of check values: of the hashes that are cut to 96 bits, and of those
/// cut to 128 and of the combined modes.
const CHECK_VALUE_LENS: [usize; 2] = [12, 16];
const TCP: u8 = 6;
const IPV4: u8 = 4;
const IPV6: u8 = 41;

impl Walk<'_, '_> {
    #[cold]
    pub(super) fn esp(&mut self) -> Result<NextHeader, Skip> {
        let datagram = self.datagram.ok_or(Skip::NotTcp)?;
        self.fixed(LayerKind::Esp, HEADER_LEN)?;
        // The end has to be there.
        let secured = self.rest();
        let secured = secured.get(..self.wire_len()).ok_or(Skip::NotTcp)?;
        let found = CHECK_VALUE_LENS.iter().find_map(|&len| {
            let padded = secured.get(..secured.len().checked_sub(len)?)?;
            opened(padded, datagram)
        });
        let (next, len) = found.ok_or(Skip::NotTcp)?;
        self.narrow(len);
        Ok(next)
    }

    /// The same over UDP (RFC 3948), where four octets of zero say that it is a
    /// message of the key exchange.
    pub(super) fn esp_over_udp(&mut self) -> Result<NextHeader, Skip> {
        match self.rest() {
            [0, 0, 0, 0, ..] | [] | [_] => Err(Skip::NotTcp),
            _ => Ok(NextHeader::Read(|walk| walk.esp())),
        }
    }
}

/// What stands in front of the padding, and how long it is, if the padding
/// counts up as the sender's has to (§2.4) and the rest looks like what the last
/// octet names.
fn opened(padded: &[u8], datagram: Datagram) -> Option<(NextHeader, usize)> {
    let [front @ .., pad_len, next] = padded else {
        return None;
    };
    let len = front.len().checked_sub(usize::from(*pad_len))?;
    let (packet, padding) = front.split_at(len);
    let counts_up = padding
        .iter()
        .zip(1..)
        .all(|(&octet, count)| octet == count);
    if !counts_up || !padded.len().is_multiple_of(4) {
        return None;
    }
    let next = match *next {
        IPV4 if plausible::is_ipv4(packet, len) => NextHeader::IPV4,
        IPV6 if plausible::is_ipv6(packet, len) => NextHeader::IPV6,
        TCP if plausible::is_tcp(packet) => NextHeader::Tcp(Datagram { len, ..datagram }),
        _ => return None,
    };
    Some((next, len))
}
