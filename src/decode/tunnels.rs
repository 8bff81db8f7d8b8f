//! What carries another packet inside: label stacks, PPP, and tunnels over IP.

use crate::decode::link::Protocol;
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::octets::be16;
use crate::skip::Skip;

const PPPOE_LEN: usize = 6;
const UDP_LEN: usize = 8;
const VXLAN_LEN: usize = 8;
const GENEVE_LEN: usize = 8;

const HDLC_LEN: usize = 4;
const GTP_LEN: usize = 8;

/// What reads a tunnel.
type Overlay = for<'p, 'a, 'l> fn(&'p mut Walk<'a, 'l>) -> Result<Protocol, Skip>;

/// UDP ports of tunnels, as tcpdump 4.99.3 knows them and in its order; GTP's,
/// which it does not know, comes last.
const OVERLAYS: [(u16, Overlay); 6] = [
    (8472, |walk| walk.otv()),
    (4789, |walk| walk.vxlan()),
    (6081, |walk| walk.geneve()),
    (4790, |walk| walk.vxlan_gpe()),
    (6635, |walk| walk.mpls()),
    (2152, |walk| walk.gtp()),
];

impl Walk<'_, '_> {
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
        self.wire_end = self.wire_end.min(self.at + len);
        self.ppp()
    }

    /// PPP (RFC 1661): a protocol number, compressed to one octet where it is
    /// odd, behind address and control (RFC 1662) where those were not left
    /// out. The PPP daemon puts a direction in place of the address.
    pub(super) fn ppp(&mut self) -> Result<Protocol, Skip> {
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
        self.ppp_protocol(protocol)
    }

    /// What a PPP protocol number stands for; the ethertypes are not PPP's, but
    /// have been seen.
    fn ppp_protocol(&mut self, protocol: u16) -> Result<Protocol, Skip> {
        match protocol {
            0x0021 | 0x0800 => Ok(Protocol::Ipv4),
            0x0057 | 0x86dd => Ok(Protocol::Ipv6),
            0x0281 | 0x0283 => self.mpls(),
            _ => Err(Skip::NotIp),
        }
    }

    /// A serial line: PPP in HDLC-like framing (RFC 1662) or Cisco's HDLC, as
    /// the address says.
    pub(super) fn hdlc(&mut self) -> Result<Protocol, Skip> {
        match self.rest().first() {
            Some(0xff) => {
                let header = self.fixed(LayerKind::Hdlc, HDLC_LEN)?;
                self.ppp_protocol(be16(header, 2))
            }
            Some(0x0f | 0x8f) => self.cisco_hdlc(),
            Some(_) => Err(Skip::NotIp),
            None => Err(Skip::CutBelowTcp),
        }
    }

    /// Cisco's HDLC: address, control, ethertype.
    pub(super) fn cisco_hdlc(&mut self) -> Result<Protocol, Skip> {
        let header = self.fixed(LayerKind::Hdlc, HDLC_LEN)?;
        match be16(header, 2) {
            ethertype @ (0x0800 | 0x86dd | 0x8847 | 0x8848) => self.carried(ethertype),
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
        let len = match usize::from(be16(header, 4)) {
            // As long as what carries it (RFC 2675 §4).
            0 => usize::MAX,
            claimed => claimed.checked_sub(UDP_LEN).ok_or(Skip::NotTcp)?,
        };
        self.wire_end = self.wire_end.min(self.at.saturating_add(len));
        let ports = [be16(header, 0), be16(header, 2)];
        // In tcpdump's order, which decides where both ports are known.
        let named = |(port, _): &&(u16, Overlay)| ports.contains(port);
        match OVERLAYS.iter().find(named) {
            Some((_, overlay)) => overlay(self),
            None => Err(Skip::NotTcp),
        }
    }

    fn otv(&mut self) -> Result<Protocol, Skip> {
        self.fixed(LayerKind::Otv, VXLAN_LEN)?;
        Ok(Protocol::Ethernet)
    }

    /// VXLAN (RFC 7348).
    fn vxlan(&mut self) -> Result<Protocol, Skip> {
        self.fixed(LayerKind::Vxlan, VXLAN_LEN)?;
        Ok(Protocol::Ethernet)
    }

    /// VXLAN whose header says what it carries.
    fn vxlan_gpe(&mut self) -> Result<Protocol, Skip> {
        match self.fixed(LayerKind::VxlanGpe, VXLAN_LEN)?[3] {
            1 => Ok(Protocol::Ipv4),
            2 => Ok(Protocol::Ipv6),
            3 => Ok(Protocol::Ethernet),
            _ => Err(Skip::NotTcp),
        }
    }

    /// Geneve (RFC 8926).
    fn geneve(&mut self) -> Result<Protocol, Skip> {
        let header = self.fixed(LayerKind::Geneve, GENEVE_LEN)?;
        let (first, protocol) = (be16(header, 0), be16(header, 2));
        // The version, and the length of the options in words.
        if first >> 14 != 0 {
            return Err(Skip::NotTcp);
        }
        self.at += usize::from(first >> 8 & 0x3f) * 4;
        self.carried(protocol)
    }

    /// GTP version 1, a packet of a user (3GPP TS 29.281 §5.1): eight octets,
    /// four more where a flag says so, then extension headers.
    fn gtp(&mut self) -> Result<Protocol, Skip> {
        const OPTIONAL: u8 = 0x07;
        const EXTENDED: u8 = 0x04;
        const USER_PACKET: u8 = 255;
        let header = self.fixed(LayerKind::Gtp, GTP_LEN)?;
        if header[0] & 0xf0 != 0x30 || header[1] != USER_PACKET {
            return Err(Skip::NotTcp);
        }
        if header[0] & OPTIONAL != 0 {
            let optional = self.rest().first_chunk::<4>().ok_or(Skip::CutBelowTcp)?;
            let mut next = if header[0] & EXTENDED == 0 {
                0
            } else {
                optional[3]
            };
            self.at += 4;
            while next != 0 {
                // In units of four octets, the last of which names the next.
                let len = 4 * usize::from(*self.rest().first().ok_or(Skip::CutBelowTcp)?);
                let last = len.checked_sub(1).ok_or(Skip::BadHeader)?;
                next = *self.rest().get(last).ok_or(Skip::CutBelowTcp)?;
                self.at += len;
            }
        }
        Ok(Protocol::Ip)
    }
}
