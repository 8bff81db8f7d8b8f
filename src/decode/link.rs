//! What stands before IP: one arm for each link type.

use etherparse::{Ethernet2HeaderSlice, MacsecHeaderSlice, SingleVlanHeaderSlice};

use crate::address_family::{AddressFamily, bsd_number};
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::link_type::LinkType;
use crate::octets::be16;
use crate::skip::Skip;

/// What a header says comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Protocol {
    Ipv4,
    Ipv6,
    /// Version 4 or 6, as the first nibble says.
    Ip,
    /// A whole Ethernet frame, in a tunnel.
    Ethernet,
    /// PPP, in a tunnel.
    Ppp,
}

/// Tags that may stand before the ethertype: 802.1Q, 802.1ad, and the two
/// numbers used before that was standardized.
const VLAN_TAGS: [u16; 4] = [0x8100, 0x88a8, 0x9100, 0x9200];
/// IEEE 802.1AE.
const MACSEC: u16 = 0x88e5;
/// Up to here, what stands in the place of the ethertype is a length
/// (IEEE 802.3).
const MAX_802_3_LENGTH: u16 = 1500;

/// Octets of the headers with a fixed length.
const LINUX_SLL_LEN: usize = 16;
const LINUX_SLL2_LEN: usize = 20;
const LOOPBACK_LEN: usize = 4;
const IPSEC_LEN: usize = 12;
/// As much of the packet filter's log as tcpdump wants to see.
const PACKET_FILTER_LEN: usize = 64;
const FDDI_LEN: usize = 13;
const SNAP_LEN: usize = 8;

impl<'a> Walk<'a, '_> {
    /// Steps over the link header and the tags behind it.
    #[inline]
    pub(super) fn link(&mut self, link_type: LinkType) -> Result<Protocol, Skip> {
        match link_type {
            LinkType::ETHERNET => self.ethernet(),
            LinkType::FDDI => {
                // Only asynchronous frames carry IEEE 802.2 in tcpdump.
                match self.fixed(LayerKind::Fddi, FDDI_LEN)?.first() {
                    Some(0x50..=0x5f) => self.llc(),
                    _ => Err(Skip::NotIp),
                }
            }
            LinkType::LINUX_SLL => {
                let header = self.fixed(LayerKind::LinuxSll, LINUX_SLL_LEN)?;
                self.cooked(be16(header, 2), be16(header, 14))
            }
            LinkType::LINUX_SLL2 => {
                let header = self.fixed(LayerKind::LinuxSll2, LINUX_SLL2_LEN)?;
                self.cooked(be16(header, 8), be16(header, 0))
            }
            LinkType::NULL | LinkType::LOOP => self.loopback(),
            LinkType::IPV4 => self.note(LayerKind::Raw).map(|()| Protocol::Ipv4),
            LinkType::IPV6 => self.note(LayerKind::Raw).map(|()| Protocol::Ipv6),
            LinkType::PPP | LinkType::PPP_PPPD => self.ppp(),
            LinkType::PFLOG => self.packet_filter(),
            LinkType::ENC => self.ipsec(),
            LinkType::PPP_HDLC => self.hdlc(),
            LinkType::C_HDLC => self.cisco_hdlc(),
            LinkType::PPP_ETHER => self.pppoe(),
            LinkType::IEEE802_11 => self.ieee80211(),
            LinkType::RADIOTAP => self.radiotap(),
            LinkType::ARCNET | LinkType::ARCNET_LINUX => self.arcnet(link_type),
            LinkType::NFLOG => self.nflog(),
            raw if raw.is_raw() => self.note(LayerKind::Raw).map(|()| Protocol::Ip),
            _ => Err(Skip::UnknownLink),
        }
    }

    /// Steps over an Ethernet header and the tags behind it.
    #[inline]
    pub(super) fn ethernet(&mut self) -> Result<Protocol, Skip> {
        self.note(LayerKind::Ethernet)?;
        let header =
            Ethernet2HeaderSlice::from_slice(self.rest()).map_err(|_| Skip::CutBelowTcp)?;
        self.at += header.slice().len();
        self.tagged(header.ether_type().0)
    }

    /// Steps over VLAN tags, any number of them, and over what an ethertype
    /// may stand for besides IP.
    #[inline]
    pub(super) fn tagged(&mut self, mut ethertype: u16) -> Result<Protocol, Skip> {
        if ethertype == 0x0800 {
            return Ok(Protocol::Ipv4);
        }
        loop {
            ethertype = match ethertype {
                tag if VLAN_TAGS.contains(&tag) => self.vlan()?,
                MACSEC => self.macsec()?,
                _ => break,
            };
        }
        if ethertype <= MAX_802_3_LENGTH {
            self.narrow(usize::from(ethertype));
            return self.llc();
        }
        self.carried(ethertype)
    }

    /// Steps over a tag; the ethertype behind it.
    fn vlan(&mut self) -> Result<u16, Skip> {
        self.note(LayerKind::Vlan)?;
        let tag = SingleVlanHeaderSlice::from_slice(self.rest()).map_err(|_| Skip::CutBelowTcp)?;
        self.at += tag.slice().len();
        Ok(tag.ether_type().0)
    }

    /// Steps over an IEEE 802.1AE tag and cuts off the check value at the end;
    /// the ethertype behind it. What is encrypted or changed stays closed.
    #[cold]
    fn macsec(&mut self) -> Result<u16, Skip> {
        const CHECK_VALUE_LEN: usize = 16;
        self.note(LayerKind::Macsec)?;
        let tag = MacsecHeaderSlice::from_slice(self.rest()).map_err(|_| Skip::CutBelowTcp)?;
        let ethertype = tag.next_ether_type().ok_or(Skip::NotIp)?;
        let tag_len = tag.slice().len();
        // What is secured begins with the ethertype, which that slice includes.
        let secured_at = self.at + tag_len - 2;
        let secured = self.wire_end.checked_sub(secured_at + CHECK_VALUE_LEN);
        let secured = secured.ok_or(Skip::CutBelowTcp)?;
        self.wire_end -= CHECK_VALUE_LEN;
        self.bytes = &self.bytes[..self.bytes.len().saturating_sub(CHECK_VALUE_LEN)];
        match usize::from(tag.short_len().value()) {
            0 => {}
            claimed if claimed > secured => return Err(Skip::BadHeader),
            claimed => self.wire_end = secured_at + claimed,
        }
        self.at += tag_len;
        Ok(ethertype.0)
    }

    /// What a Linux cooked header leads to. The hardware type says that a
    /// radiotap header follows; a protocol number that is no ethertype says
    /// that IEEE 802.2 does.
    fn cooked(&mut self, hardware: u16, protocol: u16) -> Result<Protocol, Skip> {
        const RADIOTAP: u16 = 803;
        const IEEE_802_2: u16 = 4;
        if hardware == RADIOTAP {
            return self.radiotap();
        }
        let mut protocol = protocol;
        while VLAN_TAGS.contains(&protocol) {
            protocol = match self.vlan()? {
                0..=MAX_802_3_LENGTH => IEEE_802_2,
                ethertype => ethertype,
            };
        }
        match protocol {
            IEEE_802_2 => self.llc(),
            0..=MAX_802_3_LENGTH => Err(Skip::NotIp),
            ethertype => self.carried(ethertype),
        }
    }

    /// What an ethertype other than IP's stands for.
    pub(super) fn carried(&mut self, ethertype: u16) -> Result<Protocol, Skip> {
        match ethertype {
            0x0800 => Ok(Protocol::Ipv4),
            0x86dd => Ok(Protocol::Ipv6),
            0x6558 => Ok(Protocol::Ethernet),
            0x880b => Ok(Protocol::Ppp),
            0x8847 | 0x8848 => self.mpls(),
            0x8864 => self.pppoe(),
            _ => Err(Skip::NotIp),
        }
    }

    /// Steps over an IEEE 802.2 header, and over the extension that names an
    /// ethertype or carries a whole Ethernet frame (RFC 2684 §5.2).
    pub(super) fn llc(&mut self) -> Result<Protocol, Skip> {
        const SNAP: u8 = 0xaa;
        const IP: u8 = 0x06;
        const UNNUMBERED_INFORMATION: u8 = 3;
        let &[to, from, control] = self.rest().first_chunk().ok_or(Skip::CutBelowTcp)?;
        // The lowest bit of each address is a flag.
        match (to & !1, from & !1, control) {
            (IP, IP, UNNUMBERED_INFORMATION) => {
                self.fixed(LayerKind::Llc, 3)?;
                return Ok(Protocol::Ipv4);
            }
            (SNAP, SNAP, UNNUMBERED_INFORMATION) => {}
            _ => return Err(Skip::NotIp),
        }
        let header = self.fixed(LayerKind::Snap, SNAP_LEN)?;
        let (organization, protocol) = (&header[3..6], be16(header, 6));
        match (organization, protocol) {
            ([0, 0, 0 | 0xf8], ethertype) => self.carried(ethertype),
            ([0, 0x80, 0xc2], 1 | 7) => {
                self.at += 2;
                Ok(Protocol::Ethernet)
            }
            _ => Err(Skip::NotIp),
        }
    }

    /// Steps over a header of `len` octets.
    pub(super) fn fixed(&mut self, kind: LayerKind, len: usize) -> Result<&'a [u8], Skip> {
        self.note(kind)?;
        let header = self.rest().get(..len).ok_or(Skip::CutBelowTcp)?;
        self.at += len;
        Ok(header)
    }

    /// BSD loopback: an address family.
    fn loopback(&mut self) -> Result<Protocol, Skip> {
        let header = self.fixed(LayerKind::Loopback, LOOPBACK_LEN)?;
        of_family(AddressFamily::of_bsd(bsd_number(header)))
    }

    /// The `IPsec` interface of the BSDs: a family likewise.
    fn ipsec(&mut self) -> Result<Protocol, Skip> {
        let header = self.fixed(LayerKind::Ipsec, IPSEC_LEN)?;
        of_family(AddressFamily::of_bsd(bsd_number(header)))
    }

    /// The packet filter's log: its own length, not rounded up, and a family.
    fn packet_filter(&mut self) -> Result<Protocol, Skip> {
        const SHORTEST: u8 = 45;
        self.note(LayerKind::PacketFilter)?;
        let &[len, family] = self.rest().first_chunk().ok_or(Skip::CutBelowTcp)?;
        if len < SHORTEST {
            return Err(Skip::BadHeader);
        }
        let len = usize::from(len).next_multiple_of(4);
        if self.rest().len() < len.max(PACKET_FILTER_LEN) {
            return Err(Skip::CutBelowTcp);
        }
        self.at += len;
        of_family(AddressFamily::of_bsd(family.into()))
    }

    /// ARCNET: source, destination, type, and for the newer types (RFC 1201) a
    /// split flag and a sequence number, the flag twice in an exception packet.
    /// Linux leaves two octets of offset before the type. Of a packet that was
    /// split, only the first part has headers.
    fn arcnet(&mut self, link_type: LinkType) -> Result<Protocol, Skip> {
        let is_linux = link_type == LinkType::ARCNET_LINUX;
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
            240 | 212 => Ok(Protocol::Ipv4),
            196 => Ok(Protocol::Ipv6),
            _ => Err(Skip::NotIp),
        }
    }

    /// The netfilter log: family, version, resource, and attributes of which
    /// one is the datagram. The attributes are in the byte order of the host
    /// that captured; a length is small, so its upper octet is zero.
    fn nflog(&mut self) -> Result<Protocol, Skip> {
        const PAYLOAD: u16 = 9;
        let family = *self
            .fixed(LayerKind::Nflog, 4)?
            .first()
            .ok_or(Skip::CutBelowTcp)?;
        loop {
            let head = self.rest().first_chunk::<4>().ok_or(Skip::CutBelowTcp)?;
            let little = u16::from_le_bytes([head[0], head[1]]);
            let (len, kind) = if usize::from(little) <= self.wire_len() {
                (little, u16::from_le_bytes([head[2], head[3]]))
            } else {
                (
                    u16::from_be_bytes([head[0], head[1]]),
                    u16::from_be_bytes([head[2], head[3]]),
                )
            };
            if len < 4 {
                return Err(Skip::BadHeader);
            }
            if kind & 0x7fff == PAYLOAD {
                self.at += 4;
                break;
            }
            self.at += usize::from(len).next_multiple_of(4);
        }
        of_family(AddressFamily::of_linux(family))
    }
}

fn of_family(family: Option<AddressFamily>) -> Result<Protocol, Skip> {
    match family {
        Some(AddressFamily::Ipv4) => Ok(Protocol::Ipv4),
        Some(AddressFamily::Ipv6) => Ok(Protocol::Ipv6),
        None => Err(Skip::NotIp),
    }
}
