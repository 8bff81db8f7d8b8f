//! What stands before IP: one arm for each link type.

use etherparse::{Ethernet2HeaderSlice, SingleVlanHeaderSlice};

use crate::decode::Path;
use crate::layer::LayerKind;
use crate::link_type::LinkType;
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
/// Up to here, what stands in the place of the ethertype is a length
/// (IEEE 802.3).
const MAX_802_3_LENGTH: u16 = 1500;

/// Octets of the headers with a fixed length.
const LINUX_SLL_LEN: usize = 16;
const LINUX_SLL2_LEN: usize = 20;
const LOOPBACK_LEN: usize = 4;
const FDDI_LEN: usize = 13;
const SNAP_LEN: usize = 8;

impl<'a> Path<'a, '_> {
    /// Steps over the link header and the tags behind it.
    #[inline]
    pub(super) fn link(&mut self, link_type: LinkType) -> Result<Protocol, Skip> {
        match link_type {
            LinkType::ETHERNET => self.ethernet(),
            LinkType::FDDI => {
                self.fixed(LayerKind::Fddi, FDDI_LEN)?;
                self.snap()
            }
            LinkType::LINUX_SLL => {
                let header = self.fixed(LayerKind::LinuxSll, LINUX_SLL_LEN)?;
                self.tagged(be16(header, 14))
            }
            LinkType::LINUX_SLL2 => {
                let header = self.fixed(LayerKind::LinuxSll2, LINUX_SLL2_LEN)?;
                self.tagged(be16(header, 0))
            }
            LinkType::NULL | LinkType::LOOP => self.loopback(),
            LinkType::IPV4 => self.note(LayerKind::Raw).map(|()| Protocol::Ipv4),
            LinkType::IPV6 => self.note(LayerKind::Raw).map(|()| Protocol::Ipv6),
            LinkType::PPP | LinkType::PPP_HDLC => self.ppp(),
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
        while VLAN_TAGS.contains(&ethertype) {
            self.note(LayerKind::Vlan)?;
            let tag =
                SingleVlanHeaderSlice::from_slice(self.rest()).map_err(|_| Skip::CutBelowTcp)?;
            ethertype = tag.ether_type().0;
            self.at += tag.slice().len();
        }
        match ethertype {
            0x0800 => Ok(Protocol::Ipv4),
            0x86dd => Ok(Protocol::Ipv6),
            0..=MAX_802_3_LENGTH => {
                self.narrow(usize::from(ethertype));
                self.snap()
            }
            other => self.carried(other),
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

    /// Steps over an IEEE 802.2 header that names an ethertype.
    pub(super) fn snap(&mut self) -> Result<Protocol, Skip> {
        match *self.fixed(LayerKind::Snap, SNAP_LEN)? {
            [0xaa, 0xaa, 3, 0, 0, 0, high, low] => self.carried(u16::from_be_bytes([high, low])),
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

    /// BSD loopback: an address family in the byte order of the host that
    /// captured, which shows by which half is zero.
    fn loopback(&mut self) -> Result<Protocol, Skip> {
        let header = self.fixed(LayerKind::Loopback, LOOPBACK_LEN)?;
        let family = header
            .first_chunk()
            .map_or(0, |four| u32::from_le_bytes(*four));
        let family = if family & 0xffff_0000 == 0 {
            family
        } else {
            family.swap_bytes()
        };
        match family {
            2 => Ok(Protocol::Ipv4),
            24 | 28 | 30 => Ok(Protocol::Ipv6),
            _ => Err(Skip::NotIp),
        }
    }

    /// ARCNET: source, destination, type, and for the newer types (RFC 1201) a
    /// split flag and a sequence number. Linux leaves two octets of offset
    /// before the type. A packet that was split is not put together.
    fn arcnet(&mut self, link_type: LinkType) -> Result<Protocol, Skip> {
        let type_at = if link_type == LinkType::ARCNET { 2 } else { 4 };
        self.note(LayerKind::Arcnet)?;
        let kind = *self.rest().get(type_at).ok_or(Skip::CutBelowTcp)?;
        let is_old = matches!(kind, 240 | 241);
        let is_split = !is_old && self.rest().get(type_at + 1).is_some_and(|&flag| flag != 0);
        let len = if is_old { type_at + 1 } else { type_at + 4 };
        if is_split {
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
                self.narrow(usize::from(len));
                self.at += 4;
                break;
            }
            self.at += usize::from(len).next_multiple_of(4);
        }
        match family {
            2 => Ok(Protocol::Ipv4),
            10 => Ok(Protocol::Ipv6),
            _ => Err(Skip::NotIp),
        }
    }
}

pub(super) fn be16(octets: &[u8], at: usize) -> u16 {
    octets
        .get(at..)
        .and_then(|rest| rest.first_chunk())
        .map_or(0, |two| u16::from_be_bytes(*two))
}
