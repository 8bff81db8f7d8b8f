//! Who reads what: by link type, ethertype, IP protocol, UDP port, and the
//! numbers of those that have their own.

use std::ops::RangeInclusive;

use crate::decode::encapsulation::NextHeader;
use crate::link_type::LinkType;
use crate::skip::Skip;

/// Link types, by their LINKTYPE numbers
/// (<https://www.tcpdump.org/linktypes.html>). An inner link type may be a DLT
/// of the host that captured, which differs for raw IP alone.
const LINK_TYPES: &[(LinkType, NextHeader)] = &[
    (LinkType::ETHERNET, NextHeader::ETHERNET),
    (
        LinkType::LINUX_SLL2,
        NextHeader::Read(|walk| walk.cooked_2()),
    ),
    (LinkType::LINUX_SLL, NextHeader::Read(|walk| walk.cooked())),
    (
        LinkType::RAW,
        NextHeader::Read(|walk| walk.raw(NextHeader::IP)),
    ),
    (
        LinkType(12),
        NextHeader::Read(|walk| walk.raw(NextHeader::IP)),
    ),
    (
        LinkType(14),
        NextHeader::Read(|walk| walk.raw(NextHeader::IP)),
    ),
    (
        LinkType::IPV4,
        NextHeader::Read(|walk| walk.raw(NextHeader::IPV4)),
    ),
    (
        LinkType::IPV6,
        NextHeader::Read(|walk| walk.raw(NextHeader::IPV6)),
    ),
    (LinkType::NULL, NextHeader::Read(|walk| walk.loopback())),
    (LinkType::LOOP, NextHeader::Read(|walk| walk.loopback())),
    (LinkType::IEEE802_11, NextHeader::IEEE80211),
    (LinkType::RADIOTAP, NextHeader::Read(|walk| walk.radiotap())),
    (LinkType::PRISM, NextHeader::Read(|walk| walk.prism())),
    (LinkType::AVS, NextHeader::Read(|walk| walk.avs())),
    (LinkType::PPI, NextHeader::Read(|walk| walk.ppi())),
    (LinkType::PKTAP, NextHeader::Read(|walk| walk.pktap())),
    (LinkType::USER2, NextHeader::Read(|walk| walk.pktap())),
    (LinkType::PPP, NextHeader::PPP),
    (LinkType::PPP_PPPD, NextHeader::PPP),
    (LinkType::PPP_HDLC, NextHeader::Read(|walk| walk.hdlc())),
    (LinkType::C_HDLC, NextHeader::Read(|walk| walk.cisco_hdlc())),
    (LinkType::PPP_ETHER, NextHeader::Read(|walk| walk.pppoe())),
    (LinkType::IPNET, NextHeader::Read(|walk| walk.ipnet())),
    (LinkType::IPOIB, NextHeader::Read(|walk| walk.ipoib())),
    (
        LinkType::INFINIBAND,
        NextHeader::Read(|walk| walk.infiniband()),
    ),
    (LinkType::NFLOG, NextHeader::Read(|walk| walk.nflog())),
    (
        LinkType::PFLOG,
        NextHeader::Read(|walk| walk.packet_filter()),
    ),
    (LinkType::ENC, NextHeader::Read(|walk| walk.ipsec())),
    (LinkType::FDDI, NextHeader::Read(|walk| walk.fddi())),
    (LinkType::ARCNET, NextHeader::Read(|walk| walk.arcnet())),
    (
        LinkType::ARCNET_LINUX,
        NextHeader::Read(|walk| walk.arcnet_linux()),
    ),
];

/// Ethertypes (IEEE registration authority, and IANA's `ieee-802-numbers`).
const ETHERTYPES: &[(u16, NextHeader)] = &[
    (0x0800, NextHeader::IPV4),
    (0x86dd, NextHeader::IPV6),
    (0x8100, NextHeader::Read(|walk| walk.vlan())),
    (0x88a8, NextHeader::Read(|walk| walk.vlan())),
    (0x9100, NextHeader::Read(|walk| walk.vlan())),
    (0x9200, NextHeader::Read(|walk| walk.vlan())),
    (0x9300, NextHeader::Read(|walk| walk.vlan())),
    (0x8847, NextHeader::MPLS),
    (0x8848, NextHeader::MPLS),
    (0x8864, NextHeader::Read(|walk| walk.pppoe())),
    (0x88e5, NextHeader::Read(|walk| walk.macsec())),
    (0x88e7, NextHeader::Read(|walk| walk.pbb())),
    (0x8926, NextHeader::Read(|walk| walk.vntag())),
    (0x893f, NextHeader::Read(|walk| walk.etag())),
    (0x8903, NextHeader::Read(|walk| walk.fabricpath())),
    (0x22f3, NextHeader::Read(|walk| walk.trill())),
    (0x894f, NextHeader::NSH),
    (0x6558, NextHeader::ETHERNET),
    (0x880b, NextHeader::PPP),
];

/// What GRE alone carries; the other numbers are ethertypes.
const GRE_PROTOCOLS: &[(RangeInclusive<u16>, NextHeader)] = &[
    (0x88be..=0x88be, NextHeader::Read(|walk| walk.erspan())),
    (0x22eb..=0x22eb, NextHeader::Read(|walk| walk.erspan())),
    (0x8200..=0x83ff, NextHeader::IEEE80211),
    (0x9000..=0x900f, NextHeader::IEEE80211),
];

/// IP protocols (IANA's `protocol-numbers`).
const IP_PROTOCOLS: &[(u8, NextHeader)] = &[
    (17, NextHeader::Read(|walk| walk.udp())),
    (4, NextHeader::IPV4),
    (41, NextHeader::IPV6),
    (47, NextHeader::Read(|walk| walk.gre())),
    (50, NextHeader::Read(|walk| walk.esp())),
    (97, NextHeader::Read(|walk| walk.etherip())),
    (115, NextHeader::Read(|walk| walk.l2tp_over_ip())),
    (137, NextHeader::MPLS),
    (143, NextHeader::ETHERNET),
];

/// UDP ports of tunnels: those that tcpdump 4.99.3 knows first, in its order,
/// which decides where both ports are known.
const UDP_PORTS: &[(u16, NextHeader)] = &[
    (1701, NextHeader::Read(|walk| walk.l2tp())),
    (4500, NextHeader::Read(|walk| walk.esp_over_udp())),
    (8472, NextHeader::Read(|walk| walk.otv())),
    (4789, NextHeader::Read(|walk| walk.vxlan())),
    (6081, NextHeader::Read(|walk| walk.geneve())),
    (4790, NextHeader::Read(|walk| walk.vxlan_gpe())),
    (6635, NextHeader::MPLS),
    (2152, NextHeader::Read(|walk| walk.gtp())),
    (3544, NextHeader::Read(|walk| walk.teredo())),
    (5072, NextHeader::Read(|walk| walk.ayiya())),
    (37008, NextHeader::Read(|walk| walk.tzsp())),
    (5247, NextHeader::Read(|walk| walk.capwap())),
    (4341, NextHeader::Read(|walk| walk.lisp())),
    (4754, NextHeader::Read(|walk| walk.gre())),
];

/// PPP protocols (IANA's `ppp-numbers`); the ethertypes are not PPP's, but have
/// been seen.
const PPP_PROTOCOLS: &[(u16, NextHeader)] = &[
    (0x0021, NextHeader::IPV4),
    (0x0057, NextHeader::IPV6),
    (0x0031, NextHeader::Read(|walk| walk.bridged())),
    (0x0281, NextHeader::MPLS),
    (0x0283, NextHeader::MPLS),
    (0x0800, NextHeader::IPV4),
    (0x86dd, NextHeader::IPV6),
];

/// Next protocols of NSH (RFC 8300 §2.2) and of VXLAN-GPE
/// (draft-ietf-nvo3-vxlan-gpe §3.1), which are the same so far.
const SERVICE_PROTOCOLS: &[(u8, NextHeader)] = &[
    (1, NextHeader::IPV4),
    (2, NextHeader::IPV6),
    (3, NextHeader::ETHERNET),
    (4, NextHeader::NSH),
    (5, NextHeader::MPLS),
];

/// What TZSP says is inside.
const TZSP_PROTOCOLS: &[(u16, NextHeader)] = &[
    (1, NextHeader::ETHERNET),
    (4, NextHeader::PPP),
    (7, NextHeader::IP),
    (18, NextHeader::IEEE80211),
    (119, NextHeader::Read(|walk| walk.prism())),
    (127, NextHeader::Read(|walk| walk.avs())),
];

/// What a link type leads to.
pub(in crate::decode) fn of_link_type(link_type: LinkType) -> Result<NextHeader, Skip> {
    row(LINK_TYPES, link_type).ok_or(Skip::UnknownLink)
}

/// What an ethertype leads to.
#[inline]
pub(super) fn of_ethertype(ethertype: u16) -> Result<NextHeader, Skip> {
    row(ETHERTYPES, ethertype).ok_or(Skip::NotIp)
}

pub(super) fn of_gre_protocol(protocol: u16) -> Result<NextHeader, Skip> {
    let named = GRE_PROTOCOLS.iter().find(|row| row.0.contains(&protocol));
    named.map_or_else(|| of_ethertype(protocol), |row| Ok(row.1))
}

/// What an IP protocol other than TCP leads to.
pub(in crate::decode) fn of_ip_protocol(protocol: u8) -> Result<NextHeader, Skip> {
    const ICMP: u8 = 1;
    const ICMP_V6: u8 = 58;
    match protocol {
        ICMP | ICMP_V6 => Err(Skip::Icmp),
        other => row(IP_PROTOCOLS, other).ok_or(Skip::NotTcp),
    }
}

/// What one of two UDP ports leads to.
pub(super) fn of_udp_ports(ports: [u16; 2]) -> Result<NextHeader, Skip> {
    let named = UDP_PORTS.iter().find(|row| ports.contains(&row.0));
    named.map(|row| row.1).ok_or(Skip::NotTcp)
}

pub(super) fn of_ppp_protocol(protocol: u16) -> Result<NextHeader, Skip> {
    row(PPP_PROTOCOLS, protocol).ok_or(Skip::NotIp)
}

pub(super) fn of_service_protocol(protocol: u8) -> Result<NextHeader, Skip> {
    row(SERVICE_PROTOCOLS, protocol).ok_or(Skip::NotIp)
}

pub(super) fn of_tzsp_protocol(protocol: u16) -> Result<NextHeader, Skip> {
    row(TZSP_PROTOCOLS, protocol).ok_or(Skip::NotIp)
}

/// The row with a number.
#[inline]
fn row<N: Copy + PartialEq>(table: &[(N, NextHeader)], number: N) -> Option<NextHeader> {
    let row = table.iter().find(|row| row.0 == number);
    row.map(|row| row.1)
}
