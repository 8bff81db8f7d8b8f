//! The link header in front of a line: `-e`, and what cooked captures always
//! show.

mod cooked;
mod ethernet;
mod firewall;
mod inner;
mod lan;
mod link_types;
mod llc;
mod ppp;
mod radiotap;
mod wireless;

use crate::address_family::{AddressFamily, bsd_number};
use crate::layer::{Layer, LayerKind};
use crate::link_type::LinkType;
use crate::sink::line::headers::Headers;

pub(in crate::sink) use crate::sink::line::link::link_types::link_type_name;

impl Headers<'_, '_> {
    /// Writes a link header, where it is asked for; `false` where the line ends
    /// with it.
    pub(super) fn link(&mut self, layer: &Layer, octets: &[u8]) -> bool {
        match layer.kind {
            LayerKind::Ethernet => return self.ethernet(layer, octets),
            LayerKind::Macsec => self.macsec(layer, octets),
            LayerKind::Vlan => self.vlan(layer, octets),
            LayerKind::LinuxSll => self.linux_sll(layer, octets),
            LayerKind::LinuxSll2 => self.linux_sll2(layer, octets),
            LayerKind::Hdlc => self.hdlc(layer, octets),
            LayerKind::Nflog => return self.nflog(layer, octets),
            LayerKind::Ipsec => self.ipsec(octets),
            LayerKind::Radiotap => return self.radiotap(layer, octets),
            _ if !self.options.link_header => {}
            LayerKind::Ppi => self.ppi(layer, octets),
            LayerKind::Pktap => self.pktap(layer, octets),
            LayerKind::Ipnet => self.ipnet(layer, octets),
            LayerKind::Ipoib => self.ipoib(layer, octets),
            LayerKind::Fddi => self.fddi(layer, octets),
            LayerKind::Arcnet => self.arcnet(layer, octets),
            LayerKind::Snap => self.snap(layer, octets),
            LayerKind::Llc => self.llc(octets),
            LayerKind::Ieee80211 => self.ieee80211(octets),
            LayerKind::PacketFilter => self.packet_filter(octets),
            LayerKind::Loopback => self.loopback(layer, octets),
            LayerKind::Raw => self.text.str("ip: "),
            _ => {}
        }
        true
    }

    /// Whether the ethertype of a link header led here.
    fn is_behind_ethertype(&self) -> bool {
        matches!(
            self.previous,
            Some(
                LayerKind::Ethernet
                    | LayerKind::Vlan
                    | LayerKind::Macsec
                    | LayerKind::Snap
                    | LayerKind::LinuxSll
                    | LayerKind::LinuxSll2
                    | LayerKind::Ipoib
            )
        )
    }

    fn is_cisco_hdlc(&self) -> bool {
        self.packet.frame.link_type == LinkType::C_HDLC
    }

    fn length(&mut self, len: u32) {
        if self.shown {
            self.text.str(", ");
        } else {
            self.text.str(", length ");
            self.text.decimal(len);
            self.text.str(": ");
            self.shown = true;
        }
    }

    /// Writes a header of the netfilter log; `false` where the attribute with
    /// the datagram was cut, and tcpdump does not look into it.
    fn nflog(&mut self, layer: &Layer, octets: &[u8]) -> bool {
        let Some(&[family, version, high, low]) = octets.first_chunk() else {
            return false;
        };
        if version != 0 {
            self.text.str("version ");
            self.text.decimal(version);
            return self.over(" (unknown)");
        }
        if self.options.link_header {
            self.nflog_header(layer, family, version, u16::from_be_bytes([high, low]));
        }
        let is_whole = has_whole_payload(octets.get(4..).unwrap_or_default());
        is_whole || self.over(" [|nflog]")
    }

    fn nflog_header(&mut self, layer: &Layer, family: u8, version: u8, resource: u16) {
        self.text.str("version ");
        self.text.decimal(version);
        self.text.str(", resource ID ");
        self.text.decimal(resource);
        self.text.str(", ");
        self.family("family ", AddressFamily::of_linux(family), family.into());
        self.text.str(", length ");
        self.text.decimal(layer.len);
        self.text.str(": ");
    }

    fn loopback(&mut self, layer: &Layer, octets: &[u8]) {
        let number = bsd_number(octets);
        self.family("AF ", AddressFamily::of_bsd(number), number);
        self.length(layer.len);
    }

    /// Writes a family and its number; the name alone where little is asked for.
    fn family(&mut self, what: &str, family: Option<AddressFamily>, number: u32) {
        let name = match family {
            Some(AddressFamily::Ipv4) => "IPv4",
            Some(AddressFamily::Ipv6) | None => "IPv6",
        };
        if self.options.quiet {
            return self.text.str(name);
        }
        self.text.str(what);
        self.text.str(name);
        self.text.str(" (");
        self.text.decimal(number);
        self.text.octet(b')');
    }

    fn mac(&mut self, address: &[u8]) {
        for (place, &octet) in address.iter().enumerate() {
            if place > 0 {
                self.text.octet(b':');
            }
            self.text.hex_octet(octet);
        }
    }
}

pub(super) const fn ethertype_name(ethertype: u16) -> &'static str {
    match ethertype {
        0x0800 => "IPv4",
        0x86dd => "IPv6",
        0x8100 => "802.1Q",
        0x88a8 => "802.1Q-QinQ",
        0x9100 => "802.1Q-9100",
        0x9200 => "802.1Q-9200",
        0x6558 => "TEB",
        0x880b => "PPP",
        0x8847 => "MPLS unicast",
        0x8848 => "MPLS multicast",
        0x8863 => "PPPoE D",
        0x8864 => "PPPoE S",
        0x88e5 => "802.1AE MACsec",
        0x894f => "NSH",
        _ => "Unknown",
    }
}

/// Whether the attribute with the datagram was captured, padding included.
/// tcpdump takes the attributes to be in its own host's byte order.
fn has_whole_payload(mut attributes: &[u8]) -> bool {
    const PAYLOAD: u16 = 9;
    while let Some(&[a, b, c, d]) = attributes.first_chunk() {
        let len = usize::from(u16::from_ne_bytes([a, b])).next_multiple_of(4);
        let Some(rest) = attributes.get(len..).filter(|_| len >= 4) else {
            return false;
        };
        if u16::from_ne_bytes([c, d]) == PAYLOAD {
            return true;
        }
        attributes = rest;
    }
    false
}
