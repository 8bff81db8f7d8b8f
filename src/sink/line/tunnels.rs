//! What carries another packet, as tcpdump prints it.

use std::net::SocketAddr;

use crate::checksum::Sum;
use crate::layer::Layer;
use crate::sink::line::Headers;
use crate::sink::line::link::{be16, ethertype_name};

const GRE_NAMES: [(u16, &str); 6] = [
    (0x8000, "checksum present"),
    (0x4000, "routing present"),
    (0x2000, "key present"),
    (0x1000, "sequence# present"),
    (0x0800, "source routing present"),
    (0x0080, "ack present"),
];

impl Headers<'_, '_> {
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

    pub(super) fn pppoe(&mut self, octets: &[u8]) {
        self.text.str("PPPoE ");
        if be16(octets, 2) != 0 {
            self.text.str(" [ses 0x");
            self.text.hex(u32::from(be16(octets, 2)));
            self.text.octet(b']');
        }
        self.text.octet(b' ');
    }

    pub(super) fn ppp(&mut self, layer: &Layer, octets: &[u8]) {
        if !self.options.link_header {
            return;
        }
        let octets = octets.strip_prefix(&[0xff, 0x03]).unwrap_or(octets);
        let protocol = match *octets {
            [low, ..] if low & 1 == 1 => u16::from(low),
            _ => be16(octets, 0),
        };
        self.text.str(match protocol {
            0x0021 => "IP",
            0x0057 => "IP6",
            0x0281 => "MPLS unicast",
            0x0283 => "MPLS multicast",
            _ => "unknown",
        });
        self.text.str(" (0x");
        self.text.hex_digits(u32::from(protocol), 4);
        self.text.str("), length ");
        self.text.decimal(layer.len);
        self.text.str(": ");
    }

    /// `false` where the header carries nothing that is shown.
    pub(super) fn gre(&mut self, layer: &Layer, octets: &[u8]) -> bool {
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
        true
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

    fn protocol(&mut self, protocol: u16) {
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
            self.text.endpoint(SocketAddr::new(ip.src, source));
            self.text.str(" > ");
            self.text.endpoint(SocketAddr::new(ip.dst, destination));
        } else {
            self.text.decimal(source);
            self.text.str(" > ");
            self.text.decimal(destination);
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
        let sent = be16(octets, 6);
        if sent == 0 && ip.src.is_ipv4() {
            self.text.str("[no cksum] ");
            return true;
        }
        let Some(datagram) = octets.get(..len as usize) else {
            return true;
        };
        let pseudo = Sum::default().with_pseudo_header(ip.src, ip.checksum_dst, 17, len);
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

    pub(super) fn vxlan(&mut self, octets: &[u8]) {
        let flags = octets.first().copied().unwrap_or(0);
        self.text.str(if flags & 8 != 0 {
            "VXLAN, flags [I] (0x"
        } else {
            "VXLAN, flags [.] (0x"
        });
        self.text.hex_octet(flags);
        self.text.str("), vni ");
        self.text.decimal(be24(octets, 4));
        self.text.octet(b'\n');
    }

    pub(super) fn geneve(&mut self, octets: &[u8]) {
        let flags = octets.get(1).copied().unwrap_or(0);
        self.text.str("Geneve, Flags [");
        self.text.str(match flags >> 6 {
            0 => "none",
            1 => "C",
            2 => "O",
            _ => "OC",
        });
        self.text.str("], vni 0x");
        self.text.hex(be24(octets, 4));
        if self.options.link_header {
            self.protocol(be16(octets, 2));
        }
        let options_len = usize::from(octets.first().map_or(0, |first| first & 0x3f)) * 4;
        if options_len > 0 {
            self.text.str(", options [");
            if self.options.verbose > 0 {
                let options = octets.get(8..).unwrap_or_default();
                self.geneve_options(options.get(..options_len).unwrap_or(options));
            } else {
                self.text.decimal(options_len as u64);
                self.text.str(" bytes");
            }
            self.text.octet(b']');
        }
        self.text.str(if self.options.verbose > 0 {
            "\n\t"
        } else {
            ": "
        });
    }

    fn geneve_options(&mut self, mut options: &[u8]) {
        let mut separator = "";
        while let Some((&[high, low, kind, units], rest)) = options.split_first_chunk() {
            let class = u16::from_be_bytes([high, low]);
            let len = usize::from(units & 0x1f) * 4;
            self.text.str(separator);
            separator = ", ";
            self.text.str("class ");
            self.text.str(match class {
                0x0000..=0x00ff => "Standard",
                0x0100 => "Linux",
                0x0101 => "Open vSwitch",
                0x0102 => "Open Virtual Networking (OVN)",
                0x0103 => "In-band Network Telemetry (INT)",
                0x0104 => "VMware",
                0xff00..=0xffff => "Experimental",
                _ => "Unknown",
            });
            self.text.str(" (0x");
            self.text.hex(u32::from(class));
            self.text.str(") type 0x");
            self.text.hex(u32::from(kind));
            if kind & 0x80 != 0 {
                self.text.str("(C)");
            }
            self.text.str(" len ");
            self.text.decimal(len as u64 + 4);
            let Some((data, rest)) = rest.split_at_checked(len) else {
                return;
            };
            if self.options.verbose > 1 && len > 0 {
                self.text.str(" data");
                for word in data.as_chunks::<4>().0 {
                    self.text.octet(b' ');
                    self.text.hex_digits(u32::from_be_bytes(*word), 8);
                }
            }
            options = rest;
        }
    }
}

fn label_name(label: u32) -> Option<&'static str> {
    Some(match label {
        0 => "IPv4 explicit NULL",
        1 => "router alert",
        2 => "IPv6 explicit NULL",
        3 => "implicit NULL",
        _ => return None,
    })
}

fn be24(octets: &[u8], at: usize) -> u32 {
    let octets = octets.get(at..at + 3).unwrap_or_default();
    octets
        .iter()
        .fold(0, |sum, &octet| sum << 8 | u32::from(octet))
}
