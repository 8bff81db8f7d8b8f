//! PPP in a line: straight on a link, over Ethernet, in HDLC-like framing.

use crate::layer::{Layer, LayerKind};
use crate::octets::be16;
use crate::sink::line::headers::Headers;
use crate::sink::line::link::ethertype_name;

impl Headers<'_, '_> {
    pub(in crate::sink::line) fn pppoe(&mut self, layer: &Layer, octets: &[u8]) {
        let version_and_type = octets.first().copied().unwrap_or_default();
        for (name, value) in [
            (" [ver ", version_and_type >> 4),
            (" [type ", version_and_type & 0x0f),
        ] {
            if value != 1 {
                self.text.str(name);
                self.text.decimal(value);
                self.text.octet(b']');
            }
        }
        self.text.str("PPPoE ");
        let (claimed, left) = (u32::from(be16(octets, 4)), layer.len.saturating_sub(6));
        if claimed > left {
            self.text.str(" [len ");
            self.text.decimal(claimed);
            self.text.str(" > ");
            self.text.decimal(left);
            self.text.str("!]");
        }
        if be16(octets, 2) != 0 {
            self.text.str(" [ses 0x");
            self.text.hex(u32::from(be16(octets, 2)));
            self.text.octet(b']');
        }
        self.text.octet(b' ');
    }

    /// Writes a PPP header; `false` where the line ends with it.
    pub(in crate::sink::line) fn ppp(&mut self, layer: &Layer, octets: &[u8]) -> bool {
        if self.is_behind_ethertype() || self.previous == Some(LayerKind::Geneve) {
            self.text.str(": ");
        }
        if !self.options.link_header {
            return true;
        }
        let (direction, octets) = match octets {
            [0, 0x03, rest @ ..] => ("In  ", rest),
            [1, 0x03, rest @ ..] => ("Out ", rest),
            [0xff, 0x03, rest @ ..] => ("", rest),
            _ => ("", octets),
        };
        self.text.str(direction);
        let protocol = match *octets {
            [low, ..] if low & 1 == 1 => u16::from(low),
            _ => be16(octets, 0),
        };
        let name = protocol_name(protocol);
        self.text.str(name.unwrap_or("unknown"));
        self.text.str(" (0x");
        self.text.hex_digits(u32::from(protocol), 4);
        self.text.str("), length ");
        self.text.decimal(layer.len);
        if name.is_some() {
            self.text.str(": ");
        }
        name.is_some()
    }

    /// Writes the header of a serial line, PPP's or Cisco's.
    pub(super) fn hdlc(&mut self, layer: &Layer, octets: &[u8]) {
        let Some(&[address, control, high, low]) = octets.first_chunk() else {
            return;
        };
        let protocol = u16::from_be_bytes([high, low]);
        if self.is_cisco_hdlc() || address != 0xff {
            return self.cisco_hdlc(layer, address, protocol);
        }
        if self.options.link_header {
            self.text.hex_octet(address);
            self.text.octet(b' ');
            self.text.hex_octet(control);
            self.text.octet(b' ');
            self.text.decimal(layer.len);
            self.text.octet(b' ');
        }
        if let Some(name) = protocol_name(protocol) {
            self.text.str(name);
        } else {
            self.text.str("unknown PPP protocol (0x");
            self.text.hex_digits(u32::from(protocol), 4);
            self.text.octet(b')');
        }
        self.text.str(": ");
    }

    fn cisco_hdlc(&mut self, layer: &Layer, address: u8, protocol: u16) {
        if !self.options.link_header {
            return;
        }
        match address {
            0x0f => self.text.str("unicast"),
            0x8f => self.text.str("bcast"),
            other => {
                self.text.str("0x");
                self.text.hex_octet(other);
            }
        }
        self.text.str(", ethertype ");
        self.text.str(ethertype_name(protocol));
        self.text.str(" (0x");
        self.text.hex_digits(u32::from(protocol), 4);
        self.text.str("), length ");
        self.text.decimal(layer.len);
        self.text.str(": ");
    }
}

/// tcpdump's names of the protocols that can carry TCP.
const fn protocol_name(protocol: u16) -> Option<&'static str> {
    Some(match protocol {
        0x0021 => "IP",
        0x0057 => "IP6",
        0x0281 | 0x0283 => "MPLS",
        _ => return None,
    })
}
