//! What tcpdump prints of L2TP and of the network service header.

use crate::layer::Layer;
use crate::octets::be16;
use crate::sink::line::headers::Headers;

/// Flags of L2TP that show, in tcpdump's order.
const L2TP_FLAGS: [(u16, u8); 4] = [
    (0x4000, b'L'),
    (0x0800, b'S'),
    (0x0200, b'O'),
    (0x0100, b'P'),
];
const LENGTH: u16 = 0x4000;
const SEQUENCE: u16 = 0x0800;

/// Names of what the network service header carries, as far as tcpdump goes on.
const NEXT_PROTOCOLS: [&str; 3] = ["IPv4", "IPv6", "Ethernet"];
/// The flag of a packet of operations and maintenance.
const OPERATIONS: u16 = 0x2000;
/// Kinds of metadata: four words, and fields with a length each.
const FIXED: u8 = 1;
const VARIABLE: u8 = 2;

impl Headers<'_, '_> {
    /// ` l2tp:[LS](7/9)Ns=1,Nr=2 {`, and the brace closes at the end of the
    /// line; `false` where more is claimed than there is.
    pub(super) fn l2tp(&mut self, layer: &Layer, octets: &[u8]) -> bool {
        let flags = be16(octets, 0);
        self.text.str(" l2tp:[");
        for (bit, letter) in L2TP_FLAGS {
            if flags & bit != 0 {
                self.text.octet(letter);
            }
        }
        self.text.octet(b']');
        let at = if flags & LENGTH != 0 { 4 } else { 2 };
        self.text.octet(b'(');
        self.text.decimal(be16(octets, at));
        self.text.octet(b'/');
        self.text.decimal(be16(octets, at + 2));
        self.text.octet(b')');
        if flags & SEQUENCE != 0 {
            self.text.str("Ns=");
            self.text.decimal(be16(octets, at + 4));
            self.text.str(",Nr=");
            self.text.decimal(be16(octets, at + 6));
        }
        let claimed = u32::from(be16(octets, 2));
        if flags & LENGTH != 0 && claimed > layer.len {
            self.text.str(" Length ");
            self.text.decimal(claimed);
            return self.over(" larger than packet");
        }
        self.text.str(" {");
        self.braces += 1;
        true
    }

    /// `NSH, flags [none], service-path-id 0x00002a, service-index 0xff: `;
    /// `false` where tcpdump does not believe the metadata.
    pub(super) fn nsh(&mut self, layer: &Layer, octets: &[u8]) -> bool {
        let Some((&[high, low, kind, next], rest)) = octets.split_first_chunk() else {
            return false;
        };
        let Some((&[a, b, c, index], metadata)) = rest.split_first_chunk() else {
            return false;
        };
        let verbose = self.options.verbose;
        let first = u16::from_be_bytes([high, low]);
        let words = first & 0x3f;
        let kind = kind & 0x0f;
        self.text.str("NSH, ");
        if verbose > 1 {
            self.text.str("ver 0, ");
        }
        self.text.str("flags [");
        self.text
            .str(if first & OPERATIONS != 0 { "O" } else { "none" });
        self.text.str("], ");
        if verbose > 2 {
            self.text.str("TTL ");
            self.text.decimal(first >> 6 & 0x3f);
            self.text.str(", length ");
            self.text.decimal(words);
            self.text.str(", md type ");
            self.metadata_kind(kind);
            self.text.str(", ");
        }
        if verbose > 1 {
            self.text.str("next-protocol ");
            let name = NEXT_PROTOCOLS.get(usize::from(next).wrapping_sub(1));
            self.text.str(name.copied().unwrap_or("unknown"));
            self.text.str(", ");
        }
        self.text.str("service-path-id 0x");
        self.text.hex_digits(u32::from_be_bytes([0, a, b, c]), 6);
        self.text.str(", service-index 0x");
        self.text.hex(u32::from(index));
        if u32::from(words) * 4 > layer.len {
            self.text.str(" (too many headers for packet length ");
            self.text.decimal(layer.len);
            return self.over(") (invalid)");
        }
        let metadata = metadata.get(..usize::from(words) * 4 - 8);
        let metadata = metadata.unwrap_or_default();
        // Only who shows them looks at them.
        if verbose > 2 && !self.nsh_metadata(kind, metadata) {
            return false;
        }
        self.text.str(if verbose > 0 { "\n    " } else { ": " });
        true
    }

    fn metadata_kind(&mut self, kind: u8) {
        match kind {
            FIXED | VARIABLE => self.text.decimal(kind),
            15 => self.text.str("experimental"),
            _ => {
                self.text.str("unknown (0x");
                self.text.hex_octet(kind);
                self.text.octet(b')');
            }
        }
    }

    fn nsh_metadata(&mut self, kind: u8, metadata: &[u8]) -> bool {
        match kind {
            FIXED if metadata.len() != 16 => {
                self.over(" (invalid length for the MD type) (invalid)")
            }
            FIXED => {
                for (place, word) in metadata.as_chunks::<4>().0.iter().enumerate() {
                    self.text.str("\n        Context[0");
                    self.text.decimal(place as u64);
                    self.text.str("]: 0x");
                    self.text.hex_digits(u32::from_be_bytes(*word), 8);
                }
                true
            }
            VARIABLE => self.nsh_fields(metadata),
            _ => true,
        }
    }

    fn nsh_fields(&mut self, mut metadata: &[u8]) -> bool {
        while let Some((&[high, low, kind, len], rest)) = metadata.split_first_chunk() {
            let len = usize::from(len & 0x7f);
            self.text.str("\n        TLV Class ");
            self.text.decimal(u16::from_be_bytes([high, low]));
            self.text.str(", Type ");
            self.text.decimal(kind);
            self.text.str(", Len ");
            self.text.decimal(len as u64);
            let Some((field, rest)) = rest.split_at_checked(len.next_multiple_of(4)) else {
                return self.over(" (length too big) (invalid)");
            };
            if len > 0 {
                self.text.str("\n            Value: ");
                for (place, &octet) in field.iter().take(len).enumerate() {
                    self.text.str(if place > 0 { ":" } else { "0x" });
                    self.text.hex_octet(octet);
                }
            }
            metadata = rest;
        }
        true
    }
}
