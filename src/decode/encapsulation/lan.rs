//! Local networks other than Ethernet: FDDI and ARCNET.

use crate::decode::encapsulation::NextHeader;
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::skip::Skip;

const FDDI_LEN: usize = 13;

impl Walk<'_, '_> {
    /// FDDI: only asynchronous frames carry IEEE 802.2 in tcpdump.
    pub(super) fn fddi(&mut self) -> Result<NextHeader, Skip> {
        match self.fixed(LayerKind::Fddi, FDDI_LEN)?.first() {
            Some(0x50..=0x5f) => Ok(NextHeader::LLC),
            _ => Err(Skip::NotIp),
        }
    }

    pub(super) fn arcnet(&mut self) -> Result<NextHeader, Skip> {
        self.arcnet_packet(false)
    }

    /// Linux leaves two octets of offset before the type.
    pub(super) fn arcnet_linux(&mut self) -> Result<NextHeader, Skip> {
        self.arcnet_packet(true)
    }

    /// ARCNET: source, destination, type, and for the newer types (RFC 1201) a
    /// split flag and a sequence number, the flag twice in an exception packet.
    /// Of a packet that was split, only the first part has headers.
    fn arcnet_packet(&mut self, is_linux: bool) -> Result<NextHeader, Skip> {
        let type_at = if is_linux { 4 } else { 2 };
        self.note(LayerKind::Arcnet)?;
        let octet = |at: usize| self.rest().get(at).copied();
        let kind = octet(type_at).ok_or(Skip::CutBelowTcp)?;
        let is_old = matches!(kind, 240 | 241);
        let flag = octet(type_at + 1).unwrap_or(0);
        let is_exception = flag == 0xff && !is_linux;
        let (flag, len) = match (is_old, is_exception) {
            (true, _) => (0, type_at + 1),
            (false, true) => (octet(type_at + 4).unwrap_or(0), type_at + 8),
            (false, false) => (flag, type_at + 4),
        };
        if flag != 0 && flag & 1 == 0 && !is_linux {
            return Err(Skip::NotIp);
        }
        self.at += len;
        match kind {
            240 | 212 => Ok(NextHeader::IPV4),
            196 => Ok(NextHeader::IPV6),
            _ => Err(Skip::NotIp),
        }
    }
}
