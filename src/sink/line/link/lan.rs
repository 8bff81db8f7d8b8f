//! Local networks other than Ethernet: FDDI and ARCNET.

use crate::layer::Layer;
use crate::link_type::LinkType;
use crate::octets::be16;
use crate::sink::line::headers::Headers;

impl Headers<'_, '_> {
    pub(super) fn fddi(&mut self, layer: &Layer, octets: &[u8]) {
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
        self.text.decimal(layer.len);
        self.text.str(": ");
    }

    /// Source, destination, type, length; for the newer types (RFC 1201) the
    /// sequence number. In a frame that Linux captured, tcpdump takes the first
    /// octet of the offset for the type, and shows no sequence number.
    pub(super) fn arcnet(&mut self, layer: &Layer, octets: &[u8]) {
        let Some(&[source, destination, kind]) = octets.first_chunk() else {
            return;
        };
        self.text.hex_octet(source);
        self.text.octet(b' ');
        self.text.hex_octet(destination);
        self.text.octet(b' ');
        if self.options.quiet {
            self.text.decimal(layer.len);
            return self.text.str(": ");
        }
        self.arcnet_type(kind);
        let is_old = matches!(kind, 240 | 241 | 128);
        if self.packet.frame.link_type == LinkType::ARCNET && !is_old {
            let octet = |at: usize| octets.get(at).copied().unwrap_or(0);
            let (flag, sequence_at) = match octet(3) {
                0xff => (octet(6), 8),
                flag => (flag, 4),
            };
            self.text.str(" seqid ");
            self.text
                .hex_digits(u32::from(be16(octets, sequence_at)), 4);
            if flag & 1 != 0 {
                self.text.str(" (first of ");
                self.text.decimal(u32::from(flag).midpoint(3));
                self.text.str(" fragments)");
            }
        }
        self.text.octet(b' ');
        self.text.decimal(layer.len);
        self.text.str(": ");
    }

    fn arcnet_type(&mut self, kind: u8) {
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
    }
}
