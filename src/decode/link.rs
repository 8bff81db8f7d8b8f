//! What stands before IP: one arm for each link type.

use etherparse::{Ethernet2HeaderSlice, SingleVlanHeaderSlice};

use crate::decode::Path;
use crate::layer::LayerKind;
use crate::link_type::LinkType;
use crate::skip::Skip;

/// What a link header says comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Protocol {
    Ipv4,
    Ipv6,
    /// Version 4 or 6, as the first nibble says.
    Ip,
}

/// Tags that may stand before the ethertype: 802.1Q, 802.1ad, and the two
/// numbers used before that was standardized.
const VLAN_TAGS: [u16; 4] = [0x8100, 0x88a8, 0x9100, 0x9200];
/// Up to here, what stands in the place of the ethertype is a length
/// (IEEE 802.3).
const MAX_802_3_LENGTH: u16 = 1500;
const ETHERTYPE_IPV4: u16 = 0x0800;
const ETHERTYPE_IPV6: u16 = 0x86dd;

/// Octets of the headers with a fixed length, and of an ethertype.
const LINUX_SLL_LEN: usize = 16;
const LINUX_SLL2_LEN: usize = 20;
const LOOPBACK_LEN: usize = 4;
const FDDI_LEN: usize = 13;
const SNAP_LEN: usize = 8;

impl Path<'_, '_> {
    /// Steps over the link header and the tags behind it.
    #[inline]
    pub(super) fn link(&mut self, link_type: LinkType) -> Result<Protocol, Skip> {
        match link_type {
            LinkType::ETHERNET => self.ethernet(),
            LinkType::FDDI => {
                self.note(LayerKind::Fddi)?;
                self.rest().get(..FDDI_LEN).ok_or(Skip::CutBelowTcp)?;
                self.at += FDDI_LEN;
                self.snap()
            }
            LinkType::LINUX_SLL => {
                let ethertype = self.fixed(LayerKind::LinuxSll, LINUX_SLL_LEN, 14)?;
                self.tagged(ethertype)
            }
            LinkType::LINUX_SLL2 => {
                let ethertype = self.fixed(LayerKind::LinuxSll2, LINUX_SLL2_LEN, 0)?;
                self.tagged(ethertype)
            }
            LinkType::NULL | LinkType::LOOP => self.loopback(),
            LinkType::IPV4 => self.note(LayerKind::Raw).map(|()| Protocol::Ipv4),
            LinkType::IPV6 => self.note(LayerKind::Raw).map(|()| Protocol::Ipv6),
            raw if raw.is_raw() => self.note(LayerKind::Raw).map(|()| Protocol::Ip),
            _ => Err(Skip::UnknownLink),
        }
    }

    #[inline]
    fn ethernet(&mut self) -> Result<Protocol, Skip> {
        self.note(LayerKind::Ethernet)?;
        let header =
            Ethernet2HeaderSlice::from_slice(self.rest()).map_err(|_| Skip::CutBelowTcp)?;
        self.at += header.slice().len();
        self.tagged(header.ether_type().0)
    }

    /// Steps over VLAN tags, any number of them.
    #[inline]
    fn tagged(&mut self, mut ethertype: u16) -> Result<Protocol, Skip> {
        while VLAN_TAGS.contains(&ethertype) {
            self.note(LayerKind::Vlan)?;
            let tag =
                SingleVlanHeaderSlice::from_slice(self.rest()).map_err(|_| Skip::CutBelowTcp)?;
            ethertype = tag.ether_type().0;
            self.at += tag.slice().len();
        }
        if ethertype <= MAX_802_3_LENGTH {
            self.narrow(usize::from(ethertype));
            return self.snap();
        }
        ip(ethertype)
    }

    /// Steps over an IEEE 802.2 header that names an ethertype.
    fn snap(&mut self) -> Result<Protocol, Skip> {
        self.note(LayerKind::Snap)?;
        let header = self
            .rest()
            .first_chunk::<SNAP_LEN>()
            .ok_or(Skip::CutBelowTcp)?;
        self.at += SNAP_LEN;
        match *header {
            [0xaa, 0xaa, 3, 0, 0, 0, high, low] => ip(u16::from_be_bytes([high, low])),
            _ => Err(Skip::NotIp),
        }
    }

    /// Steps over a header of `len` octets with an ethertype at `protocol_at`.
    fn fixed(&mut self, kind: LayerKind, len: usize, protocol_at: usize) -> Result<u16, Skip> {
        self.note(kind)?;
        let header = self.rest().get(..len).ok_or(Skip::CutBelowTcp)?;
        let ethertype = header
            .get(protocol_at..)
            .and_then(|rest| rest.first_chunk());
        self.at += len;
        Ok(ethertype.map_or(0, |two| u16::from_be_bytes(*two)))
    }

    /// BSD loopback: an address family in the byte order of the host that
    /// captured, which shows by which half is zero.
    fn loopback(&mut self) -> Result<Protocol, Skip> {
        self.note(LayerKind::Loopback)?;
        let family = self
            .rest()
            .first_chunk::<LOOPBACK_LEN>()
            .ok_or(Skip::CutBelowTcp)?;
        self.at += LOOPBACK_LEN;
        let family = u32::from_le_bytes(*family);
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
}

fn ip(ethertype: u16) -> Result<Protocol, Skip> {
    match ethertype {
        ETHERTYPE_IPV4 => Ok(Protocol::Ipv4),
        ETHERTYPE_IPV6 => Ok(Protocol::Ipv6),
        _ => Err(Skip::NotIp),
    }
}
