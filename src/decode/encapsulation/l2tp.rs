//! L2TP: version 2 (RFC 2661) and version 3 (RFC 3931), over UDP and over IP.

use crate::decode::encapsulation::{NextHeader, plausible};
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::octets::be16;
use crate::skip::Skip;

/// Flags in the first two octets, and the version there.
const CONTROL: u16 = 0x8000;
const LENGTH: u16 = 0x4000;
const SEQUENCE: u16 = 0x0800;
const OFFSET: u16 = 0x0200;
const VERSION: u16 = 0x000f;
/// Octets of flags, of version 2's identifiers, and of version 3's session.
const FLAGS_LEN: usize = 2;
const IDENTIFIERS_LEN: usize = 4;
const SESSION_LEN: usize = 4;
/// Octets that may stand behind version 3's session: a cookie of none, 4 or 8,
/// and 4 of a sublayer or none (§4.1, §4.6). Only the two ends know.
const COOKIE_LENS: [usize; 4] = [0, 4, 8, 12];

impl Walk<'_, '_> {
    /// Over UDP, where the version is told.
    pub(super) fn l2tp(&mut self) -> Result<NextHeader, Skip> {
        let flags = self.rest().first_chunk().ok_or(Skip::CutBelowTcp)?;
        let flags = u16::from_be_bytes(*flags);
        match flags & (CONTROL | VERSION) {
            2 => self.l2tp_2(flags),
            3 => {
                // Flags and as many reserved.
                self.fixed(LayerKind::L2tpV3, 2 * FLAGS_LEN)?;
                self.l2tp_session()
            }
            _ => Err(Skip::NotTcp),
        }
    }

    /// Version 2: what flags say is there, and PPP (§3.1).
    fn l2tp_2(&mut self, flags: u16) -> Result<NextHeader, Skip> {
        let start = self.at;
        self.fixed(LayerKind::L2tp, FLAGS_LEN)?;
        if flags & LENGTH != 0 {
            let len = self.rest().first_chunk().ok_or(Skip::CutBelowTcp)?;
            self.end_at(start + usize::from(u16::from_be_bytes(*len)));
            self.at += 2;
        }
        self.at += IDENTIFIERS_LEN;
        if flags & SEQUENCE != 0 {
            self.at += 4;
        }
        if flags & OFFSET != 0 {
            let offset = be16(self.rest(), 0);
            self.at += 2 + usize::from(offset);
        }
        Ok(NextHeader::PPP)
    }

    /// Version 3 over IP: a session, of which 0 is the control connection.
    pub(super) fn l2tp_over_ip(&mut self) -> Result<NextHeader, Skip> {
        self.note(LayerKind::L2tpV3)?;
        self.l2tp_session()
    }

    fn l2tp_session(&mut self) -> Result<NextHeader, Skip> {
        let session = self.rest().get(..SESSION_LEN).ok_or(Skip::CutBelowTcp)?;
        if session == [0; SESSION_LEN] {
            return Err(Skip::NotTcp);
        }
        self.at += SESSION_LEN;
        let (rest, left) = (self.rest(), self.wire_len());
        for len in COOKIE_LENS {
            let behind = rest.get(len..).unwrap_or_default();
            if let Some(next) = plausible::packet(behind, left.saturating_sub(len)) {
                self.at += len;
                return Ok(next);
            }
        }
        Err(Skip::NotTcp)
    }
}
