//! IEEE 802.2 in a line, with -e.

use crate::layer::Layer;
use crate::octets::be16;
use crate::sink::line::headers::Headers;
use crate::sink::line::link::ethertype_name;

impl Headers<'_, '_> {
    /// `LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: `
    pub(super) fn llc(&mut self, octets: &[u8]) {
        let Some(&[to, from, control]) = octets.first_chunk() else {
            return;
        };
        let name = |point: u8| if point & !1 == 6 { "IP" } else { "SNAP" };
        self.text.str("LLC, dsap ");
        self.text.str(name(to));
        self.text.str(" (0x");
        self.text.hex_octet(to & !1);
        self.text.str(if to & 1 == 0 {
            ") Individual, ssap "
        } else {
            ") Group, ssap "
        });
        self.text.str(name(from));
        self.text.str(" (0x");
        self.text.hex_octet(from & !1);
        self.text.str(if from & 1 == 0 {
            ") Command, ctrl 0x"
        } else {
            ") Response, ctrl 0x"
        });
        self.text.hex_octet(control);
        self.text.str(": ");
    }

    /// The same, and who numbered the protocol behind it.
    pub(super) fn snap(&mut self, layer: &Layer, octets: &[u8]) {
        self.llc(octets);
        let protocol = be16(octets, 6);
        self.text.str("oui ");
        let (organization, kind, name) = match octets.get(3..6) {
            Some([0, 0, 0xf8]) => (
                "Cisco bridged (0x0000f8)",
                ", pid ",
                ethertype_name(protocol),
            ),
            Some([0, 0x80, 0xc2]) => (
                "Ethernet bridged (0x0080c2)",
                ", pid ",
                match protocol {
                    1 => "Ethernet + FCS",
                    _ => "Ethernet w/o FCS",
                },
            ),
            _ => (
                "Ethernet (0x000000)",
                ", ethertype ",
                ethertype_name(protocol),
            ),
        };
        self.text.str(organization);
        self.text.str(kind);
        self.text.str(name);
        self.text.str(" (0x");
        self.text.hex_digits(u32::from(protocol), 4);
        self.text.str("), length ");
        self.text.decimal(layer.len.saturating_sub(8));
        self.text.str(": ");
    }
}
