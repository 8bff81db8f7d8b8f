//! The IP part of a line: what tcpdump prints between the link header and TCP.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::checksum::Sum;
use crate::layer::Layer;
use crate::sink::line::headers::Headers;
use crate::sink::line::ip::Ip;
use crate::sink::line::ip_options;
use crate::sink::line::names;

const IPV4_LEN: u32 = 20;
const IPV6_LEN: u32 = 40;
const TCP: u8 = 6;
const UDP: u8 = 17;

impl Headers<'_, '_> {
    pub(super) fn ipv4(&mut self, layer: &Layer, octets: &[u8]) -> bool {
        if !self.options.link_header {
            self.text.str("IP ");
        }
        let Some(header) = octets.first_chunk::<20>() else {
            return self.over(" [|ip]");
        };
        let wire_len = layer.len;
        if wire_len < IPV4_LEN {
            return self.over_with("truncated-ip ", wire_len);
        }
        let header_len = u32::from(header[0] & 0x0f) * 4;
        if header_len < IPV4_LEN {
            return self.over_with("bad-hlen ", header_len);
        }
        let total_len = u32::from(u16::from_be_bytes([header[2], header[3]]));
        if wire_len < total_len {
            self.text.str("truncated-ip - ");
            self.text.decimal(total_len - wire_len);
            self.text.str(" bytes missing! ");
        }
        if total_len < header_len {
            return self.over_with("bad-len ", total_len);
        }
        let addresses = addresses_v4(header);
        self.narrow(layer.start + total_len);
        let captured = self.captured(layer);
        let there = &octets[..captured as usize];
        if self.options.verbose > 0 && !self.ipv4_verbose(header, there, total_len) {
            self.addresses(addresses);
            return self.over(" [|ip]");
        }
        let fragment = u16::from_be_bytes([header[6], header[7]]);
        if fragment & 0x1fff != 0 {
            return self.later_fragment(addresses, header[9]);
        }
        let names_transport = matches!(header[9], TCP | UDP) || self.is_secured;
        if !names_transport {
            self.addresses(addresses);
        }
        if captured < header_len {
            self.text.str(" [remaining caplen(");
            self.text.decimal(captured);
            self.text.str(") < header length(");
            self.text.decimal(header_len);
            return self.over(")] [|ip]");
        }
        let route = there.get(20..header_len as usize).unwrap_or_default();
        let final_dst = ip_options::final_destination(route).map(IpAddr::V4);
        self.ip = Some(Ip {
            src: addresses.0,
            dst: addresses.1,
            end: layer.start + total_len,
            captured_end: self.captured_end,
            payload_len: 0,
            jumbo_missing: 0,
            carrier_end: layer.start + wire_len,
            names_transport,
            final_dst,
            is_fragment: fragment & 0x2000 != 0,
            start: layer.start,
            is_empty: false,
            has_hop_by_hop: false,
        });
        true
    }

    /// Octets that tcpdump looks at from the beginning of a header.
    fn captured(&self, layer: &Layer) -> u32 {
        self.captured_end.saturating_sub(layer.start)
    }

    /// Cuts off what stands behind `end`.
    pub(super) fn narrow(&mut self, end: u32) {
        self.captured_end = self.captured_end.min(end);
    }

    /// The fields of the header, of which `octets` are there, and the next line;
    /// `false` where its options are not all there.
    fn ipv4_verbose(&mut self, header: &[u8; 20], octets: &[u8], total_len: u32) -> bool {
        let header_len = u32::from(header[0] & 0x0f) * 4;
        self.text.str("(tos 0x");
        self.text.hex(u32::from(header[1]));
        self.text
            .str(["", ",ECT(1)", ",ECT(0)", ",CE"][usize::from(header[1] & 3)]);
        if header[8] > 0 {
            self.text.str(", ttl ");
            self.text.decimal(header[8]);
        }
        let fragment = u16::from_be_bytes([header[6], header[7]]);
        self.text.str(", id ");
        self.text
            .decimal(u16::from_be_bytes([header[4], header[5]]));
        self.text.str(", offset ");
        self.text.decimal(u32::from(fragment & 0x1fff) * 8);
        self.text.str(", flags [");
        self.text.str(match fragment >> 13 {
            0 => "none",
            1 => "+",
            2 => "DF",
            3 => "+, DF",
            4 => "rsvd",
            5 => "+, rsvd",
            6 => "DF, rsvd",
            _ => "+, DF, rsvd",
        });
        self.text.str("], proto ");
        self.text.str(protocol_name(header[9]));
        self.text.str(" (");
        self.text.decimal(header[9]);
        self.text.str("), length ");
        self.text.decimal(total_len);
        let mut whole = true;
        if header_len > IPV4_LEN {
            self.text.str(", options (");
            let behind = octets.get(20..).unwrap_or_default();
            whole = ip_options::write(behind, (header_len - IPV4_LEN) as usize, self.text);
            if !whole {
                self.text.str(" [truncated-option]");
            }
            self.text.octet(b')');
        }
        let entire = octets.get(..header_len as usize);
        if let Some(entire) = entire.filter(|_| self.options.checks_checksums) {
            let sent = u16::from_be_bytes([header[10], header[11]]);
            if let Some(right) = Sum::default().with(entire).should_be(sent) {
                self.text.str(", bad cksum ");
                self.text.hex(u32::from(sent));
                self.text.str(" (->");
                self.text.hex(u32::from(right));
                self.text.str(")!");
            }
        }
        self.text.str(")\n    ");
        whole
    }

    fn later_fragment(&mut self, addresses: (IpAddr, IpAddr), protocol: u8) -> bool {
        if self.options.very_quiet {
            return false;
        }
        self.address(addresses.0);
        self.text.str(" > ");
        self.address(addresses.1);
        let name = names::protocol(protocol).filter(|_| self.naming.is_wanted());
        match name {
            Some(name) => {
                self.text.str(": ");
                self.over(name)
            }
            None => self.over_with(": ip-proto-", u32::from(protocol)),
        }
    }

    pub(super) fn ipv6(&mut self, layer: &Layer, octets: &[u8]) -> bool {
        let Some(header) = octets.first_chunk::<40>() else {
            return self.over(" [|ip6]");
        };
        if layer.len < IPV6_LEN {
            return self.over_with("truncated-ip6 ", layer.len);
        }
        if !self.options.link_header {
            self.text.str("IP6 ");
        }
        let payload_len = u32::from(u16::from_be_bytes([header[4], header[5]]));
        if payload_len > layer.len - IPV6_LEN {
            self.text.str("truncated-ip6 - ");
            self.text.decimal(payload_len - (layer.len - IPV6_LEN));
            self.text.str(" bytes missing!");
        }
        if self.options.verbose > 0 {
            self.ipv6_verbose(header, payload_len);
        }
        let (src, dst) = addresses_v6(header);
        // Without a jumbo option tcpdump looks at the IPv6 header alone.
        if payload_len == 0 && matches!(header[6], TCP | UDP) {
            self.address(src);
            self.text.str(" > ");
            self.address(dst);
            return self.over(if header[6] == TCP {
                ": [|tcp]"
            } else {
                ":  [|udp]"
            });
        }
        let names_transport = matches!(header[6], TCP | UDP) || self.is_secured;
        if !names_transport {
            self.addresses((src, dst));
        }
        if payload_len > 0 {
            self.narrow(layer.start + IPV6_LEN + payload_len);
        }
        let claimed = if payload_len == 0 {
            layer.len - IPV6_LEN
        } else {
            payload_len
        };
        self.ip = Some(Ip {
            src,
            dst,
            end: layer.start + IPV6_LEN + claimed,
            captured_end: self.captured_end,
            payload_len,
            jumbo_missing: 0,
            carrier_end: layer.start + layer.len,
            names_transport,
            final_dst: None,
            is_fragment: false,
            start: layer.start,
            is_empty: payload_len == 0,
            has_hop_by_hop: false,
        });
        true
    }

    fn ipv6_verbose(&mut self, header: &[u8; 40], payload_len: u32) {
        let first = u32::from_be_bytes([header[0], header[1], header[2], header[3]]);
        self.text.octet(b'(');
        if first & 0x0ff0_0000 != 0 {
            self.text.str("class 0x");
            self.text.hex_digits(first >> 20 & 0xff, 2);
            self.text.str(", ");
        }
        if first & 0x000f_ffff != 0 {
            self.text.str("flowlabel 0x");
            self.text.hex_digits(first & 0x000f_ffff, 5);
            self.text.str(", ");
        }
        self.text.str("hlim ");
        self.text.decimal(header[7]);
        self.text.str(", next-header ");
        self.text.str(protocol_name(header[6]));
        self.text.str(" (");
        self.text.decimal(header[6]);
        self.text.str(") payload length: ");
        self.text.decimal(payload_len);
        self.text.str(") ");
    }

    fn address(&mut self, address: IpAddr) {
        self.naming.address(address, self.packet, self.text);
    }

    fn addresses(&mut self, (src, dst): (IpAddr, IpAddr)) {
        self.address(src);
        self.text.str(" > ");
        self.address(dst);
        self.text.str(": ");
    }

    pub(super) fn over(&mut self, text: &str) -> bool {
        self.text.str(text);
        false
    }

    fn over_with(&mut self, text: &str, number: u32) -> bool {
        self.text.str(text);
        self.text.decimal(number);
        false
    }
}

impl Ip {
    /// The receiver in the pseudo header that a checksum is over.
    pub(super) fn checksum_dst(&self) -> IpAddr {
        self.final_dst.unwrap_or(self.dst)
    }
}

fn addresses_v4(header: &[u8; 20]) -> (IpAddr, IpAddr) {
    let [.., src, dst] = header.as_chunks::<4>().0 else {
        return (Ipv4Addr::UNSPECIFIED.into(), Ipv4Addr::UNSPECIFIED.into());
    };
    (Ipv4Addr::from(*src).into(), Ipv4Addr::from(*dst).into())
}

fn addresses_v6(header: &[u8; 40]) -> (IpAddr, IpAddr) {
    let address = |at: usize| {
        let octets = header.get(at..).and_then(|rest| rest.first_chunk::<16>());
        IpAddr::V6(Ipv6Addr::from(octets.copied().unwrap_or_default()))
    };
    (address(8), address(24))
}

/// tcpdump's names of the protocols that can stand around TCP.
fn protocol_name(protocol: u8) -> &'static str {
    match protocol {
        0 => "Options",
        4 => "IPIP",
        6 => "TCP",
        17 => "UDP",
        41 => "IPv6",
        43 => "Routing",
        44 => "Fragment",
        47 => "GRE",
        50 => "ESP",
        51 => "AH",
        135 => "Mobile IP (rfc6275)",
        143 => "Ethernet",
        _ => "unknown",
    }
}
