//! The link header in front of a line: `-e`, and what cooked captures always
//! show.

use crate::layer::{Layer, LayerKind};
use crate::segment::Packet;
use crate::sink::line::LineOptions;
use crate::sink::text::Text;

/// Writes what stands before IP.
pub(super) fn write(packet: &Packet<'_>, options: &LineOptions, text: &mut Text) {
    let mut links = Links {
        packet,
        options,
        text,
        shows_length: true,
    };
    for layer in packet.layers {
        let octets = packet.octets_from(layer.start);
        if !links.layer(layer, octets) {
            break;
        }
    }
}

struct Links<'a, 't> {
    packet: &'a Packet<'a>,
    options: &'a LineOptions,
    text: &'t mut Text,
    /// Whether the next ethertype is followed by the length of the frame.
    shows_length: bool,
}

impl Links<'_, '_> {
    /// Writes one link header; `false` at the first header that is none.
    fn layer(&mut self, layer: &Layer, octets: &[u8]) -> bool {
        let shown = self.options.link_header;
        match layer.kind {
            LayerKind::Ethernet if shown => self.ethernet(layer, octets),
            LayerKind::Fddi if shown => self.fddi(octets),
            LayerKind::Snap if shown => self.snap(layer, octets),
            LayerKind::Vlan if shown => self.vlan(octets),
            LayerKind::LinuxSll if shown => self.linux_sll(octets),
            LayerKind::LinuxSll2 => self.linux_sll2(octets),
            LayerKind::Loopback if shown => self.loopback(octets),
            LayerKind::Raw if shown => self.text.str("ip: "),
            LayerKind::Ethernet
            | LayerKind::Fddi
            | LayerKind::Snap
            | LayerKind::Vlan
            | LayerKind::LinuxSll
            | LayerKind::Loopback
            | LayerKind::Raw => {}
            _ => return false,
        }
        true
    }

    fn ethernet(&mut self, layer: &Layer, octets: &[u8]) {
        let Some(&[destination, source]) = octets.as_chunks::<6>().0.first_chunk::<2>() else {
            return;
        };
        self.addresses(&source, &destination);
        match be16(octets, 12) {
            claimed @ 0..=1500 => {
                self.text.str("802.3, length ");
                self.text
                    .decimal(u32::from(claimed).min(layer.len.saturating_sub(14)));
                self.text.str(": ");
            }
            ethertype => self.ethertype(ethertype),
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
        self.addresses(&source, &destination);
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

    fn addresses(&mut self, source: &[u8; 6], destination: &[u8; 6]) {
        self.mac(source);
        self.text.str(" > ");
        self.mac(destination);
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
        self.ethertype(be16(octets, 2));
    }

    /// `ethertype IPv4 (0x0800), length 74: `; with -q only the name; the
    /// length once.
    fn ethertype(&mut self, ethertype: u16) {
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
        self.length();
    }

    fn length(&mut self) {
        if self.shows_length {
            self.text.str(", length ");
            self.text.decimal(self.packet.frame.len);
            self.text.str(": ");
            self.shows_length = false;
        } else {
            self.text.str(", ");
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
            self.ethertype(be16(octets, 14));
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
            self.ethertype(be16(octets, 0));
        }
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
        self.length();
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

const fn ethertype_name(ethertype: u16) -> &'static str {
    match ethertype {
        0x0800 => "IPv4",
        0x86dd => "IPv6",
        0x8100 => "802.1Q",
        0x88a8 => "802.1Q-QinQ",
        0x9100 => "802.1Q-9100",
        0x9200 => "802.1Q-9200",
        _ => "Unknown",
    }
}

fn be16(octets: &[u8], at: usize) -> u16 {
    octets
        .get(at..)
        .and_then(|rest| rest.first_chunk())
        .map_or(0, |two| u16::from_be_bytes(*two))
}
