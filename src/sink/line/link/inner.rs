//! Headers with a link type in them, and what else stands straight before IP.

use crate::layer::Layer;
use crate::octets::be16;
use crate::sink::line::headers::Headers;
use crate::sink::line::link::ethertype_name;
use crate::sink::line::link::link_types::link_type_name;

impl Headers<'_, '_> {
    /// `V.0 DLT EN10MB (1) len 8, length 72: `
    pub(super) fn ppi(&mut self, layer: &Layer, octets: &[u8]) {
        let Some(&[version, _, low, high, a, b, c, d]) = octets.first_chunk() else {
            return;
        };
        let len = u16::from_le_bytes([low, high]);
        if !self.options.quiet {
            self.text.str("V.");
            self.text.decimal(version);
            self.text.octet(b' ');
        }
        let link_type = u32::from_le_bytes([a, b, c, d]);
        self.inner_link_type(layer, link_type, u32::from(len));
    }

    /// `DLT EN10MB (1) len 108, length 172: `
    pub(super) fn pktap(&mut self, layer: &Layer, octets: &[u8]) {
        let Some(words) = octets.as_chunks::<4>().0.first_chunk::<3>() else {
            return;
        };
        let [len, _, link_type] = words.map(u32::from_le_bytes);
        self.inner_link_type(layer, link_type, len);
    }

    fn inner_link_type(&mut self, layer: &Layer, number: u32, len: u32) {
        let name = link_type_name(number).unwrap_or("unknown");
        if self.options.quiet {
            self.text.str(name);
        } else {
            self.text.str("DLT ");
            self.text.str(name);
            self.text.str(" (");
            self.text.decimal(number);
            self.text.str(") len ");
            self.text.decimal(len);
        }
        self.text.str(", length ");
        self.text.decimal(layer.len);
        self.text.str(": ");
    }

    /// `0 > 5, family IPv4 (2), length 74: `
    pub(super) fn ipnet(&mut self, layer: &Layer, octets: &[u8]) {
        let number = |at| u32::from(be16(octets, at)) << 16 | u32::from(be16(octets, at + 2));
        self.text.decimal(number(16));
        self.text.str(" > ");
        self.text.decimal(number(20));
        let family = octets.get(1).copied().unwrap_or_default();
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
        self.text.decimal(layer.len);
        self.text.str(": ");
    }

    /// `IPOIB, ethertype IPv4 (0x0800), length 94: `
    pub(super) fn ipoib(&mut self, layer: &Layer, octets: &[u8]) {
        let ethertype = be16(octets, 40);
        self.text.str("IPOIB, ethertype ");
        self.text.str(ethertype_name(ethertype));
        if !self.options.quiet {
            self.text.str(" (0x");
            self.text.hex_digits(u32::from(ethertype), 4);
            self.text.octet(b')');
        }
        self.text.str(", length ");
        self.text.decimal(layer.len);
        self.text.str(": ");
    }
}
