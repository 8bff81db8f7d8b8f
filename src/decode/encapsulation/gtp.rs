//! GTP version 1 in the user plane (3GPP TS 29.281 §5.1).

use crate::decode::encapsulation::{NextHeader, plausible};
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::skip::Skip;

const HEADER_LEN: usize = 8;
/// Version 1 of GTP itself, not of the charging protocol.
const VERSION: u8 = 0xf0;
const VERSION_1: u8 = 0x30;
/// Four more octets follow where any of three flags is set; one of the flags
/// says that the last of those names an extension header.
const OPTIONAL: u8 = 0x07;
const EXTENDED: u8 = 0x04;
const USER_PACKET: u8 = 255;

impl Walk<'_, '_> {
    /// A packet of a user, which the header does not name: IP, or in a session
    /// of another type a frame.
    pub(super) fn gtp(&mut self) -> Result<NextHeader, Skip> {
        let header = self.fixed(LayerKind::Gtp, HEADER_LEN)?;
        if header[0] & VERSION != VERSION_1 || header[1] != USER_PACKET {
            return Err(Skip::NotTcp);
        }
        if header[0] & OPTIONAL != 0 {
            let optional = self.rest().first_chunk::<4>().ok_or(Skip::CutBelowTcp)?;
            let is_extended = header[0] & EXTENDED != 0;
            self.at += 4;
            self.gtp_extensions(if is_extended { optional[3] } else { 0 })?;
        }
        let (rest, left) = (self.rest(), self.wire_len());
        match rest.first().ok_or(Skip::CutBelowTcp)? >> 4 {
            4 | 6 if plausible::is_ip(rest, left) || !plausible::is_ethernet(rest, left) => {
                Ok(NextHeader::IP)
            }
            _ => plausible::packet(rest, left).ok_or(Skip::NotTcp),
        }
    }

    fn gtp_extensions(&mut self, mut next: u8) -> Result<(), Skip> {
        while next != 0 {
            // In units of four octets, the last of which names the next.
            let len = 4 * usize::from(*self.rest().first().ok_or(Skip::CutBelowTcp)?);
            let last = len.checked_sub(1).ok_or(Skip::BadHeader)?;
            next = *self.rest().get(last).ok_or(Skip::CutBelowTcp)?;
            self.at += len;
        }
        Ok(())
    }
}
