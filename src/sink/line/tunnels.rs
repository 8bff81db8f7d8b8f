//! What carries another packet, as tcpdump prints it.

use std::net::SocketAddr;

use crate::checksum::Sum;
use crate::layer::Layer;
use crate::octets::be16;
use crate::sink::line::directory::Transport;
use crate::sink::line::headers::Headers;
use crate::sink::line::link::ethertype_name;
use crate::sink::text::Text;

const GRE_NAMES: [(u16, &str); 6] = [
    (0x8000, "checksum present"),
    (0x4000, "routing present"),
    (0x2000, "key present"),
    (0x1000, "sequence# present"),
    (0x0800, "source routing present"),
    (0x0080, "ack present"),
];

impl Headers<'_, '_> {
    /// Writes a label stack.
    pub(super) fn mpls(&mut self, octets: &[u8]) {
        let is_verbose = self.options.verbose > 0;
        self.text.str("MPLS");
        for (place, entry) in octets.as_chunks::<4>().0.iter().enumerate() {
            let entry = u32::from_be_bytes(*entry);
            self.text
                .str(if place > 0 && is_verbose { "\n\t" } else { " " });
            self.text.str("(label ");
            self.text.decimal(entry >> 12);
            if let (true, Some(name)) = (is_verbose, label_name(entry >> 12)) {
                self.text.str(" (");
                self.text.str(name);
                self.text.octet(b')');
            }
            self.text.str(", tc ");
            self.text.decimal(entry >> 9 & 7);
            self.text.str(if entry & 0x100 != 0 {
                ", [S], ttl "
            } else {
                ", ttl "
            });
            self.text.decimal(entry & 0xff);
            self.text.octet(b')');
            if entry & 0x100 != 0 {
                break;
            }
        }
        self.text.str(if is_verbose { "\n\t" } else { " " });
    }

    pub(super) fn gre(&mut self, layer: &Layer, octets: &[u8]) {
        let (flags, protocol) = (be16(octets, 0), be16(octets, 2));
        let is_version_1 = flags & 7 == 1;
        self.text.str(if is_version_1 { "GREv1" } else { "GREv0" });
        if self.options.verbose > 0 {
            self.gre_flags(flags);
        }
        let mut words = octets
            .get(4..)
            .unwrap_or_default()
            .as_chunks::<4>()
            .0
            .iter();
        let mut next = || words.next().map_or(0, |word| u32::from_be_bytes(*word));
        if flags & 0xc000 != 0 && !is_version_1 {
            let word = next();
            if self.options.verbose > 0 {
                self.text.str(", sum 0x");
                self.text.hex(word >> 16);
            }
            self.text.str(", off 0x");
            self.text.hex(word & 0xffff);
        }
        if flags & 0x2000 != 0 {
            let key = next();
            if is_version_1 {
                self.text.str(", call ");
                self.text.decimal(key & 0xffff);
            } else {
                self.text.str(", key=0x");
                self.text.hex(key);
            }
        }
        if flags & 0x1000 != 0 {
            self.text.str(", seq ");
            self.text.decimal(next());
        }
        if flags & 0x0080 != 0 && is_version_1 {
            self.text.str(", ack ");
            self.text.decimal(next());
        }
        if self.options.link_header {
            self.protocol(protocol);
        }
        let end = self
            .ip
            .as_ref()
            .map_or(layer.start + layer.len, |ip| ip.end);
        self.text.str(", length ");
        self.text.decimal(end.saturating_sub(layer.start));
        self.text.str(if self.options.verbose > 0 {
            "\n\t"
        } else {
            ": "
        });
    }

    fn gre_flags(&mut self, flags: u16) {
        self.text.str(", Flags [");
        let mut separator = "";
        for (bit, name) in GRE_NAMES {
            if flags & bit != 0 {
                self.text.str(separator);
                self.text.str(name);
                separator = ", ";
            }
        }
        self.text
            .str(if separator.is_empty() { "none]" } else { "]" });
    }

    pub(super) fn protocol(&mut self, protocol: u16) {
        self.text.str(", proto ");
        self.text.str(match ethertype_name(protocol) {
            "Unknown" => "unknown",
            name => name,
        });
        self.text.str(" (0x");
        self.text.hex_digits(u32::from(protocol), 4);
        self.text.octet(b')');
    }

    /// The ports, and under `-v` what becomes of the checksum.
    pub(super) fn udp(&mut self, layer: &Layer, octets: &[u8]) -> bool {
        let Some(ip) = &self.ip else {
            return false;
        };
        let (source, destination) = (be16(octets, 0), be16(octets, 2));
        if ip.names_transport {
            let mut end = |end, text: &mut Text| {
                self.naming.endpoint(end, Transport::Udp, self.packet, text);
            };
            end(SocketAddr::new(ip.src, source), self.text);
            self.text.str(" > ");
            end(SocketAddr::new(ip.dst, destination), self.text);
        } else {
            self.naming.port(source, Transport::Udp, self.text);
            self.text.str(" > ");
            self.naming.port(destination, Transport::Udp, self.text);
        }
        self.text.str(": ");
        if self.options.quiet {
            self.text.str("UDP, length ");
            let len = ip.end.saturating_sub(layer.start).saturating_sub(8);
            self.text.decimal(len);
            return false;
        }
        // For IPv4, where it may be left out, tcpdump wants a second -v.
        let wanted = if ip.src.is_ipv4() { 2 } else { 1 };
        let verbose = self.options.verbose;
        if verbose < wanted || !self.options.checks_checksums || ip.is_fragment {
            return true;
        }
        let len = ip.end.saturating_sub(layer.start);
        let len = match u32::from(be16(octets, 4)) {
            0 => len,
            claimed => claimed.min(len),
        };
        let sent = be16(octets, 6);
        if sent == 0 && ip.src.is_ipv4() {
            self.text.str("[no cksum] ");
            return true;
        }
        let there = ip.captured_end.saturating_sub(layer.start);
        let Some(datagram) = octets.get(..len as usize).filter(|_| len <= there) else {
            return true;
        };
        let pseudo = Sum::default().with_pseudo_header(ip.src, ip.checksum_dst(), 17, len);
        match pseudo.with(datagram).should_be(sent) {
            None => self.text.str("[udp sum ok] "),
            Some(right) => {
                self.text.str("[bad udp cksum 0x");
                self.text.hex_digits(u32::from(sent), 4);
                self.text.str(" -> 0x");
                self.text.hex_digits(u32::from(right), 4);
                self.text.str("!] ");
            }
        }
        true
    }
}

fn label_name(label: u32) -> Option<&'static str> {
    Some(match label {
        0 => "IPv4 explicit NULL",
        1 => "router alert",
        2 => "IPv6 explicit NULL",
        3 => "implicit NULL",
        4..=15 => "rsvd",
        _ => return None,
    })
}
