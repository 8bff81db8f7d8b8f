//! Ethernet and what may stand in front of its ethertype.

use crate::layer::{Layer, LayerKind};
use crate::octets::be16;
use crate::sink::line::headers::Headers;
use crate::sink::line::link::ethertype_name;

impl Headers<'_, '_> {
    /// Writes an Ethernet header; `false` where the line ends with it.
    pub(super) fn ethernet(&mut self, layer: &Layer, octets: &[u8]) -> bool {
        let Some(&[destination, source]) = octets.as_chunks::<6>().0.first_chunk::<2>() else {
            return false;
        };
        self.is_cooked = false;
        if let Some(captured) = self.more_than_carried(layer) {
            self.text.str("[length ");
            self.text.decimal(layer.len);
            self.text.str(" < caplen ");
            self.text.decimal(captured);
            return self.over("] (invalid)");
        }
        let next = be16(octets, 12);
        self.narrow_to_length(next, layer.start + 14);
        if self.options.link_header {
            self.mac_addresses(source, destination);
            self.shown = false;
            self.ethertype(next, layer.len, layer.len.saturating_sub(14));
        }
        true
    }

    /// The octets captured of a frame in a tunnel, where those are more than
    /// the tunnel says that it carries.
    fn more_than_carried(&self, layer: &Layer) -> Option<u32> {
        if self.previous == Some(LayerKind::Snap) {
            return None;
        }
        let captured = self.captured_end.saturating_sub(layer.start);
        (captured > layer.len).then_some(captured)
    }

    /// Where the ethertype is the length of an IEEE 802.3 frame, leaves out the
    /// padding.
    fn narrow_to_length(&mut self, ethertype: u16, start: u32) {
        if ethertype <= 1500 {
            self.narrow(start + u32::from(ethertype));
        }
    }

    pub(super) fn mac_addresses(&mut self, source: [u8; 6], destination: [u8; 6]) {
        self.mac(&source);
        self.text.str(" > ");
        self.mac(&destination);
        self.text.str(", ");
    }

    pub(super) fn vlan(&mut self, layer: &Layer, octets: &[u8]) {
        let next = be16(octets, 2);
        if self.options.link_header {
            let tag = be16(octets, 0);
            self.text.str("vlan ");
            self.text.decimal(tag & 0x0fff);
            self.text.str(", p ");
            self.text.decimal(tag >> 13);
            if tag & 0x1000 != 0 {
                self.text.str(", DEI");
            }
            self.text.str(", ");
        }
        if self.is_cooked {
            self.cooked_ethertype(next);
            return;
        }
        self.narrow_to_length(next, layer.start + 4);
        if self.options.link_header {
            self.ethertype(next, layer.len, layer.len.saturating_sub(4));
        }
    }

    /// Writes an IEEE 802.1AE tag.
    pub(super) fn macsec(&mut self, layer: &Layer, octets: &[u8]) {
        let Some(&[flags, short_len, a, b, c, d]) = octets.first_chunk() else {
            return;
        };
        let has_channel = flags & 0x20 != 0;
        let next_at = if has_channel { 14 } else { 6 };
        let next = be16(octets, next_at as usize);
        // Less the check value at the end of what was captured.
        self.captured_end = self.captured_end.saturating_sub(16);
        self.narrow_to_length(next, layer.start + next_at + 2);
        if !self.options.link_header {
            return;
        }
        self.text.str("an ");
        self.text.decimal(flags & 3);
        self.text.str(", pn ");
        self.text.decimal(u32::from_be_bytes([a, b, c, d]));
        self.text.str(", flags ");
        if flags & 0x7c == 0 {
            self.text.str("none");
        }
        for (bit, letter) in [(0x40, b'S'), (0x10, b'B'), (0x20, b'I')] {
            if flags & bit != 0 {
                self.text.octet(letter);
            }
        }
        if short_len > 0 {
            self.text.str(", sl ");
            self.text.decimal(short_len);
        }
        if has_channel {
            self.text.str(", sci ");
            for &octet in octets.get(6..14).unwrap_or_default() {
                self.text.hex_octet(octet);
            }
        }
        self.text.str(", ");
        self.ethertype(next, layer.len, layer.len);
    }

    /// `ethertype IPv4 (0x0800), length 74: `; with -q only the name; the
    /// length once. Of an IEEE 802.3 frame the length that it claims, at most
    /// the `left` that there is.
    pub(super) fn ethertype(&mut self, ethertype: u16, len: u32, left: u32) {
        if ethertype <= 1500 {
            self.text.str("802.3");
            if !self.shown {
                self.length(u32::from(ethertype).min(left));
            }
            return;
        }
        self.ethertype_named(ethertype);
        self.length(len);
    }

    fn ethertype_named(&mut self, ethertype: u16) {
        let name = ethertype_name(ethertype);
        if self.options.quiet {
            return self.text.str(name);
        }
        self.text.str("ethertype ");
        self.text.str(name);
        self.text.str(" (0x");
        self.text.hex_digits(u32::from(ethertype), 4);
        self.text.octet(b')');
    }
}
