//! Linux cooked captures, both versions.

use crate::layer::Layer;
use crate::octets::be16;
use crate::sink::line::headers::Headers;
use crate::sink::line::link::ethertype_name;

impl Headers<'_, '_> {
    /// Direction, address, ethertype.
    pub(super) fn linux_sll(&mut self, layer: &Layer, octets: &[u8]) {
        self.is_cooked = true;
        if !self.options.link_header {
            return;
        }
        let direction = direction(be16(octets, 0));
        for _ in direction.len()..3 {
            self.text.octet(b' ');
        }
        self.text.str(direction);
        self.text.octet(b' ');
        if be16(octets, 4) == 6 {
            self.mac(octets.get(6..12).unwrap_or_default());
            self.text.octet(b' ');
        }
        self.cooked_protocol(layer, be16(octets, 14));
    }

    /// Interface and direction always; the rest with -e.
    pub(super) fn linux_sll2(&mut self, layer: &Layer, octets: &[u8]) {
        self.is_cooked = true;
        let index = u32::from(be16(octets, 4)) << 16 | u32::from(be16(octets, 6));
        let interfaces = &self.options.interfaces;
        let name = interfaces.iter().find(|known| known.0 == index);
        let name = name.map_or("?", |known| known.1.as_str());
        self.text.str(name);
        for _ in name.len()..5 {
            self.text.octet(b' ');
        }
        self.text.octet(b' ');
        let direction = direction(u16::from(octets.get(10).copied().unwrap_or(u8::MAX)));
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
        self.cooked_protocol(layer, be16(octets, 0));
    }

    fn cooked_protocol(&mut self, layer: &Layer, protocol: u16) {
        if self.options.quiet {
            return;
        }
        match protocol {
            1 => self.text.str("802.3"),
            4 => self.text.str("802.2"),
            _ => {
                self.text.str("ethertype ");
                self.text.str(ethertype_name(protocol));
                self.text.str(" (0x");
                self.text.hex_digits(u32::from(protocol), 4);
                self.text.octet(b')');
            }
        }
        self.text.str(", length ");
        self.text.decimal(layer.len);
        self.text.str(": ");
    }

    /// The ethertype behind a VLAN tag, which is shown without -e too; a length
    /// there counts as the protocol number of IEEE 802.2, which has no name.
    pub(super) fn cooked_ethertype(&mut self, ethertype: u16) {
        if self.options.quiet {
            return;
        }
        self.text.str("ethertype ");
        self.text.str(ethertype_name(ethertype));
        self.text.str(", ");
    }
}

const fn direction(kind: u16) -> &'static str {
    match kind {
        0 => "In",
        1 => "B",
        2 => "M",
        3 => "P",
        4 => "Out",
        _ => "?",
    }
}
