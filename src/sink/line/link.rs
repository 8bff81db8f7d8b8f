//! The link header in front of a line: `-e`, and what cooked captures always
//! show.

use crate::layer::{Layer, LayerKind};
use crate::sink::line::Headers;

impl Headers<'_, '_> {
    /// Writes a link header, where it is asked for.
    pub(super) fn link(&mut self, layer: &Layer, octets: &[u8]) {
        if layer.kind == LayerKind::LinuxSll2 {
            return self.linux_sll2(octets);
        }
        if !self.options.link_header {
            return;
        }
        match layer.kind {
            LayerKind::Ethernet => self.ethernet(layer, octets),
            LayerKind::Fddi => self.fddi(octets),
            LayerKind::Arcnet => self.arcnet(octets),
            LayerKind::Nflog => self.nflog(octets),
            LayerKind::Snap => self.snap(layer, octets),
            LayerKind::Vlan => self.vlan(octets),
            LayerKind::LinuxSll => self.linux_sll(octets),
            LayerKind::Loopback => self.loopback(octets),
            LayerKind::Raw => self.text.str("ip: "),
            _ => {}
        }
    }

    fn ethernet(&mut self, layer: &Layer, octets: &[u8]) {
        let Some(&[destination, source]) = octets.as_chunks::<6>().0.first_chunk::<2>() else {
            return;
        };
        self.mac_addresses(source, destination);
        self.shown = false;
        match be16(octets, 12) {
            claimed @ 0..=1500 => {
                self.text.str("802.3, length ");
                self.text
                    .decimal(u32::from(claimed).min(layer.len.saturating_sub(14)));
                self.text.str(": ");
            }
            ethertype => self.ethertype(ethertype, layer.len),
        }
    }

    fn fddi(&mut self, octets: &[u8]) {
        let Some((&control, addresses)) = octets.split_first() else {
            return;
        };
        let Some(&[destination, source]) = addresses.as_chunks::<6>().0.first_chunk::<2>() else {
            return;
        };
        if !self.options.quiet {
            match control & 0xf0 {
                0x50 => {
                    self.text.str("async");
                    self.text.decimal(control & 0x0f);
                }
                0xd0 => self.text.str("sync"),
                _ => {
                    self.text.str("fc ");
                    self.text.hex_octet(control);
                }
            }
            self.text.octet(b' ');
        }
        self.mac_addresses(source, destination);
        self.text.str("length ");
        self.text.decimal(self.packet.frame.len);
        self.text.str(": ");
    }

    /// The header that is decoded at all has these values and no others.
    fn snap(&mut self, layer: &Layer, octets: &[u8]) {
        self.text.str(
            "LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: \
             oui Ethernet (0x000000), ethertype ",
        );
        let ethertype = be16(octets, 6);
        self.text.str(ethertype_name(ethertype));
        self.text.str(" (0x");
        self.text.hex_digits(u32::from(ethertype), 4);
        self.text.str("), length ");
        self.text.decimal(layer.len.saturating_sub(8));
        self.text.str(": ");
    }

    fn mac_addresses(&mut self, source: [u8; 6], destination: [u8; 6]) {
        self.mac(&source);
        self.text.str(" > ");
        self.mac(&destination);
        self.text.str(", ");
    }

    fn vlan(&mut self, octets: &[u8]) {
        let tag = be16(octets, 0);
        self.text.str("vlan ");
        self.text.decimal(tag & 0x0fff);
        self.text.str(", p ");
        self.text.decimal(tag >> 13);
        if tag & 0x1000 != 0 {
            self.text.str(", DEI");
        }
        self.text.str(", ");
        self.ethertype(be16(octets, 2), 0);
    }

    /// `ethertype IPv4 (0x0800), length 74: `; with -q only the name; the
    /// length once.
    fn ethertype(&mut self, ethertype: u16, len: u32) {
        let name = ethertype_name(ethertype);
        if self.options.quiet {
            self.text.str(name);
        } else {
            self.text.str("ethertype ");
            self.text.str(name);
            self.text.str(" (0x");
            self.text.hex_digits(u32::from(ethertype), 4);
            self.text.octet(b')');
        }
        self.length(len);
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

    /// Direction, address, ethertype.
    fn linux_sll(&mut self, octets: &[u8]) {
        let direction = match be16(octets, 0) {
            0 => "In",
            1 => "B",
            2 => "M",
            3 => "P",
            4 => "Out",
            _ => "?",
        };
        for _ in direction.len()..3 {
            self.text.octet(b' ');
        }
        self.text.str(direction);
        self.text.octet(b' ');
        if be16(octets, 4) == 6 {
            self.mac(octets.get(6..12).unwrap_or_default());
            self.text.octet(b' ');
        }
        if !self.options.quiet {
            self.ethertype(be16(octets, 14), self.packet.frame.len);
        }
    }

    /// Interface and direction always; the rest with -e.
    fn linux_sll2(&mut self, octets: &[u8]) {
        let index = u32::from(be16(octets, 4)) << 16 | u32::from(be16(octets, 6));
        let interfaces = &self.options.interfaces;
        let name = interfaces.iter().find(|known| known.0 == index);
        let name = name.map_or("?", |known| known.1.as_str());
        self.text.str(name);
        for _ in name.len()..5 {
            self.text.octet(b' ');
        }
        self.text.octet(b' ');
        let direction = match octets.get(10) {
            Some(0) => "In",
            Some(1) => "B",
            Some(2) => "M",
            Some(3) => "P",
            Some(4) => "Out",
            _ => "?",
        };
        self.text.str(direction);
        for _ in direction.len()..3 {
            self.text.octet(b' ');
        }
        self.text.octet(b' ');
        if !self.options.link_header {
            return;
        }
        self.text.str("ifindex ");
        self.text.decimal(index);
        self.text.octet(b' ');
        if octets.get(11) == Some(&6) {
            self.mac(octets.get(12..18).unwrap_or_default());
            self.text.octet(b' ');
        }
        if !self.options.quiet {
            self.ethertype(be16(octets, 0), self.packet.frame.len);
        }
    }

    /// Source, destination, type, length. In a frame that Linux captured,
    /// tcpdump takes the first octet of the offset for the type.
    fn arcnet(&mut self, octets: &[u8]) {
        let Some(&[source, destination, kind]) = octets.first_chunk() else {
            return;
        };
        self.text.hex_octet(source);
        self.text.octet(b' ');
        self.text.hex_octet(destination);
        self.text.octet(b' ');
        match kind {
            1 => self.text.str("banyan"),
            128 => self.text.str("diag"),
            196 => self.text.str("ipv6"),
            212 => self.text.str("ip"),
            213 => self.text.str("arp"),
            214 => self.text.str("rarp"),
            221 => self.text.str("atalk"),
            240 => self.text.str("oldip"),
            241 => self.text.str("oldarp"),
            250 => self.text.str("novell"),
            other => self.text.hex_octet(other),
        }
        self.text.octet(b' ');
        self.text.decimal(self.packet.frame.len);
        self.text.str(": ");
    }

    fn nflog(&mut self, octets: &[u8]) {
        let Some(&[family, version, high, low]) = octets.first_chunk() else {
            return;
        };
        self.text.str("version ");
        self.text.decimal(version);
        self.text.str(", resource ID ");
        self.text.decimal(u16::from_be_bytes([high, low]));
        let name = if family == 2 { "IPv4" } else { "IPv6" };
        if self.options.quiet {
            self.text.str(", ");
            self.text.str(name);
        } else {
            self.text.str(", family ");
            self.text.str(name);
            self.text.str(" (");
            self.text.decimal(family);
            self.text.octet(b')');
        }
        self.text.str(", length ");
        self.text.decimal(self.packet.frame.len);
        self.text.str(": ");
    }

    fn loopback(&mut self, octets: &[u8]) {
        let family = octets
            .first_chunk()
            .map_or(0, |four| u32::from_le_bytes(*four));
        let family = if family & 0xffff_0000 == 0 {
            family
        } else {
            family.swap_bytes()
        };
        let name = if family == 2 { "IPv4" } else { "IPv6" };
        if self.options.quiet {
            self.text.str(name);
        } else {
            self.text.str("AF ");
            self.text.str(name);
            self.text.str(" (");
            self.text.decimal(family);
            self.text.octet(b')');
        }
        self.length(self.packet.frame.len);
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
        _ => "Unknown",
    }
}

pub(super) fn be16(octets: &[u8], at: usize) -> u16 {
    octets
        .get(at..)
        .and_then(|rest| rest.first_chunk())
        .map_or(0, |two| u16::from_be_bytes(*two))
}
