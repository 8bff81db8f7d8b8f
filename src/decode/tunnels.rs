//! What carries another packet inside: label stacks, PPP, and tunnels over IP.

use crate::decode::Path;
use crate::decode::link::{Protocol, be16};
use crate::layer::LayerKind;
use crate::skip::Skip;

const PPPOE_LEN: usize = 6;
const UDP_LEN: usize = 8;
const VXLAN_LEN: usize = 8;
const GENEVE_LEN: usize = 8;

/// UDP ports of tunnels, as tcpdump 4.99.3 knows them.
const VXLAN_PORT: u16 = 4789;
const GENEVE_PORT: u16 = 6081;

impl Path<'_, '_> {
    /// An MPLS label stack (RFC 3032): up to the entry with the bottom bit.
    /// What comes then is not said, but the explicit null labels tell, and
    /// otherwise the first nibble.
    pub(super) fn mpls(&mut self) -> Result<Protocol, Skip> {
        self.note(LayerKind::Mpls)?;
        loop {
            let entry = self.rest().first_chunk::<4>().ok_or(Skip::CutBelowTcp)?;
            let entry = u32::from_be_bytes(*entry);
            self.at += 4;
            if entry & 0x100 == 0 {
                continue;
            }
            return match (entry >> 12, self.rest().first()) {
                (0 | 3, _) | (1 | 4.., Some(0x45..=0x4f)) => Ok(Protocol::Ipv4),
                (2, _) | (1 | 4.., Some(0x60..=0x6f)) => Ok(Protocol::Ipv6),
                _ => Err(Skip::NotIp),
            };
        }
    }

    /// PPP over Ethernet (RFC 2516): only session data carries IP.
    pub(super) fn pppoe(&mut self) -> Result<Protocol, Skip> {
        let header = self.fixed(LayerKind::Pppoe, PPPOE_LEN)?;
        let (code, len) = (be16(header, 0) & 0xff, usize::from(be16(header, 4)));
        if code != 0 {
            return Err(Skip::NotIp);
        }
        self.narrow(len);
        self.ppp()
    }

    /// PPP (RFC 1661): a protocol number, compressed to one octet where it is
    /// odd, behind address and control (RFC 1662) where those were not left
    /// out.
    pub(super) fn ppp(&mut self) -> Result<Protocol, Skip> {
        self.note(LayerKind::Ppp)?;
        if self.rest().starts_with(&[0xff, 0x03]) {
            self.at += 2;
        }
        let (protocol, len) = match *self.rest() {
            [low, ..] if low & 1 == 1 => (u16::from(low), 1),
            [high, low, ..] => (u16::from_be_bytes([high, low]), 2),
            _ => return Err(Skip::CutBelowTcp),
        };
        self.at += len;
        match protocol {
            0x0021 => Ok(Protocol::Ipv4),
            0x0057 => Ok(Protocol::Ipv6),
            0x0281 | 0x0283 => self.mpls(),
            _ => Err(Skip::NotIp),
        }
    }

    /// Generic routing encapsulation: version 0 (RFC 2784, RFC 2890) and
    /// version 1 (RFC 2637).
    pub(super) fn gre(&mut self) -> Result<Protocol, Skip> {
        const CHECKSUM: u16 = 0x8000;
        const ROUTING: u16 = 0x4000;
        const KEY: u16 = 0x2000;
        const SEQUENCE: u16 = 0x1000;
        const ACKNOWLEDGMENT: u16 = 0x0080;
        let header = self.fixed(LayerKind::Gre, 4)?;
        let (flags, protocol) = (be16(header, 0), be16(header, 2));
        let is_version_1 = flags & 7 == 1;
        let words = [
            flags & (CHECKSUM | ROUTING) != 0 && !is_version_1,
            flags & KEY != 0,
            flags & SEQUENCE != 0,
            flags & ACKNOWLEDGMENT != 0 && is_version_1,
        ];
        self.at += 4 * words.into_iter().filter(|&is_there| is_there).count();
        match (flags & 7, flags & ROUTING) {
            (0, 0) => self.carried(protocol),
            // Without a sequence number version 1 carries nothing.
            (1, _) if flags & SEQUENCE != 0 => self.carried(protocol),
            _ => Err(Skip::NotTcp),
        }
    }

    /// UDP, where its port says that a tunnel is inside.
    pub(super) fn udp(&mut self) -> Result<Protocol, Skip> {
        let header = self.fixed(LayerKind::Udp, UDP_LEN)?;
        let ports = [be16(header, 0), be16(header, 2)];
        if ports.contains(&VXLAN_PORT) {
            self.fixed(LayerKind::Vxlan, VXLAN_LEN)?;
            return Ok(Protocol::Ethernet);
        }
        if ports.contains(&GENEVE_PORT) {
            let header = self.fixed(LayerKind::Geneve, GENEVE_LEN)?;
            let (first, protocol) = (be16(header, 0), be16(header, 2));
            // The version, and the length of the options in words.
            if first >> 14 != 0 {
                return Err(Skip::NotTcp);
            }
            self.at += usize::from(first >> 8 & 0x3f) * 4;
            return self.carried(protocol);
        }
        Err(Skip::NotTcp)
    }
}
