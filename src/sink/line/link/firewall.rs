//! The packet filter log and the `IPsec` interface of the BSDs.

use crate::octets::be16;
use crate::sink::line::headers::Headers;

/// Why a packet was logged, as tcpdump has it: its table names the fourth
/// reason for the third, and not the third.
const REASONS: [&str; 15] = [
    "0(match)",
    "1(bad-offset)",
    "2(fragment)",
    "unkn(3)",
    "3(short)",
    "5(memory)",
    "6(bad-timestamp)",
    "7(congestion)",
    "8(ip-option)",
    "9(proto-cksum)",
    "10(state-mismatch)",
    "11(state-insert)",
    "12(state-limit)",
    "13(src-limit)",
    "14(synproxy)",
];
const ACTIONS: [&str; 11] = [
    "pass",
    "block",
    "scrub",
    "unkn(3)",
    "nat",
    "nonat",
    "binat",
    "nobinat",
    "rdr",
    "nordr",
    "synproxy-drop",
];
const DIRECTIONS: [&str; 3] = ["in/out", "in", "out"];

/// Where the fields of the log stand.
const ACTION_AT: usize = 2;
const REASON_AT: usize = 3;
const INTERFACE_AT: usize = 4;
const RULE_SET_AT: usize = 20;
const RULE_AT: usize = 36;
const SUB_RULE_AT: usize = 40;
const DIRECTION_AT: usize = 60;
const NAME_LEN: usize = 16;

impl Headers<'_, '_> {
    /// `rule 3/0(match): block in on em0: `
    pub(super) fn packet_filter(&mut self, octets: &[u8]) {
        let number = |at| u32::from(be16(octets, at)) << 16 | u32::from(be16(octets, at + 2));
        self.text.str("rule ");
        self.text.decimal(number(RULE_AT));
        if number(SUB_RULE_AT) != u32::MAX {
            self.text.octet(b'.');
            self.name(octets.get(RULE_SET_AT..RULE_SET_AT + NAME_LEN));
            self.text.octet(b'.');
            self.text.decimal(number(SUB_RULE_AT));
        }
        self.text.octet(b'/');
        self.one_of(&REASONS, octets.get(REASON_AT));
        self.text.str(": ");
        self.one_of(&ACTIONS, octets.get(ACTION_AT));
        self.text.octet(b' ');
        self.one_of(&DIRECTIONS, octets.get(DIRECTION_AT));
        self.text.str(" on ");
        self.name(octets.get(INTERFACE_AT..INTERFACE_AT + NAME_LEN));
        self.text.str(": ");
    }

    fn one_of(&mut self, names: &[&str], number: Option<&u8>) {
        let number = number.copied().unwrap_or(0);
        if let Some(name) = names.get(usize::from(number)) {
            return self.text.str(name);
        }
        self.text.str("unkn(");
        self.text.decimal(number);
        self.text.octet(b')');
    }

    /// A name that ends with a zero, control characters as tcpdump shows them.
    fn name(&mut self, octets: Option<&[u8]>) {
        let octets = octets.unwrap_or_default().iter();
        for &octet in octets.take_while(|&&octet| octet != 0) {
            let seven_bits = octet & 0x7f;
            if octet >= 0x80 {
                self.text.str("M-");
            }
            if seven_bits.is_ascii_graphic() || seven_bits == b' ' {
                self.text.octet(seven_bits);
            } else {
                self.text.octet(b'^');
                self.text.octet(seven_bits ^ 0x40);
            }
        }
    }

    /// `(authentic,confidential): SPI 0x00001234: `, with or without -e.
    pub(super) fn ipsec(&mut self, octets: &[u8]) {
        let Some((&[family, security, flags], _)) = octets.as_chunks::<4>().0.split_first_chunk()
        else {
            return;
        };
        let is_swapped = u32::from_ne_bytes(family) & 0xffff_0000 != 0;
        let flags = u32::from_ne_bytes(flags);
        let flags = if is_swapped {
            flags.swap_bytes()
        } else {
            flags
        };
        let (authentic, confidential) = (flags & 0x0800 != 0, flags & 0x0400 != 0);
        self.text
            .str(if flags == 0 { "(unprotected): " } else { "(" });
        // The bracket closes where no other flag is left.
        if authentic {
            let is_last = flags == 0x0800;
            self.text.str(if is_last {
                "authentic): "
            } else {
                "authentic,"
            });
        }
        if confidential {
            let is_last = flags & !0x0800 == 0x0400;
            self.text.str(if is_last {
                "confidential): "
            } else {
                "confidential,"
            });
        }
        self.text.str("SPI 0x");
        for octet in security {
            self.text.hex_octet(octet);
        }
        self.text.str(": ");
    }
}
