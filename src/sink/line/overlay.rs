//! Networks over UDP, as tcpdump prints them: VXLAN and its kin, Geneve.

use crate::octets::be16;
use crate::sink::line::headers::Headers;

const GENEVE_FLAGS: [(u8, &str); 8] = [
    (0x80, "O"),
    (0x40, "C"),
    (0x20, "R1"),
    (0x10, "R2"),
    (0x08, "R3"),
    (0x04, "R4"),
    (0x02, "R5"),
    (0x01, "R6"),
];

impl Headers<'_, '_> {
    pub(super) fn vxlan(&mut self, octets: &[u8]) {
        let flags = octets.first().copied().unwrap_or(0);
        self.text.str(if flags & 8 != 0 {
            "VXLAN, flags [I] (0x"
        } else {
            "VXLAN, flags [invalid] (0x"
        });
        self.text.hex_octet(flags);
        self.text.str("), vni ");
        self.text.decimal(be24(octets, 4));
        self.text.octet(b'\n');
    }

    pub(super) fn vxlan_gpe(&mut self, octets: &[u8]) {
        let flags = octets.first().copied().unwrap_or(0) & 0x0f;
        self.text.str("VXLAN-GPE, flags [");
        if flags == 0 {
            self.text.str("none");
        }
        for (bit, letter) in [(8, b'I'), (4, b'P'), (2, b'B'), (1, b'O')] {
            if flags & bit != 0 {
                self.text.octet(letter);
            }
        }
        self.text.str("], vni ");
        self.text.decimal(be24(octets, 4));
        self.text.str(if self.options.verbose > 0 {
            "\n    "
        } else {
            ": "
        });
    }

    pub(super) fn otv(&mut self, octets: &[u8]) {
        let flags = octets.first().copied().unwrap_or(0);
        self.text.str(if flags & 8 != 0 {
            "OTV, flags [I] (0x"
        } else {
            "OTV, flags [.] (0x"
        });
        self.text.hex_octet(flags);
        self.text.str("), overlay ");
        self.text.decimal(be24(octets, 1));
        self.text.str(", instance ");
        self.text.decimal(be24(octets, 4));
        self.text.octet(b'\n');
    }

    pub(super) fn geneve(&mut self, octets: &[u8]) {
        let flags = octets.get(1).copied().unwrap_or(0);
        self.text.str("Geneve, Flags [");
        if flags == 0 {
            self.text.str("none");
        }
        for (bit, name) in GENEVE_FLAGS {
            if flags & bit != 0 {
                self.text.str(name);
            }
        }
        self.text.str("], vni 0x");
        self.text.hex(be24(octets, 4));
        if let Some(&reserved @ 1..) = octets.get(7) {
            self.text.str(", rsvd 0x");
            self.text.hex(u32::from(reserved));
        }
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
                0xfff0..=0xffff => "Experimental",
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
                return self.text.str(" [bad length]");
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

fn be24(octets: &[u8], at: usize) -> u32 {
    let octets = octets.get(at..at + 3).unwrap_or_default();
    octets
        .iter()
        .fold(0, |sum, &octet| sum << 8 | u32::from(octet))
}
