//! The control bits of a TCP header.

use std::fmt;
use std::ops::BitOr;

/// The control bits (RFC 9293 §3.1), any combination of them: an observer must
/// be able to see SYN+FIN.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Flags(u16);

impl Flags {
    /// No more data from the sender.
    pub const FIN: Self = Self(0x001);
    /// Synchronize sequence numbers.
    pub const SYN: Self = Self(0x002);
    /// Reset the connection.
    pub const RST: Self = Self(0x004);
    /// Push what was buffered.
    pub const PSH: Self = Self(0x008);
    /// The acknowledgment field is significant.
    pub const ACK: Self = Self(0x010);
    /// The urgent pointer is significant.
    pub const URG: Self = Self(0x020);
    /// Echo of explicit congestion notification (RFC 3168).
    pub const ECE: Self = Self(0x040);
    /// Congestion window reduced (RFC 3168).
    pub const CWR: Self = Self(0x080);
    /// Accurate ECN (RFC 9768), once the nonce sum.
    pub const AE: Self = Self(0x100);

    /// From the 13th and 14th octet of a TCP header, data offset and reserved
    /// bits masked away.
    #[must_use]
    pub const fn from_octets(offset_octet: u8, control_octet: u8) -> Self {
        Self((offset_octet as u16 & 1) << 8 | control_octet as u16)
    }

    /// From the bits as in the header, AE in bit 8; what lies above is left out.
    #[must_use]
    pub const fn from_bits(bits: u16) -> Self {
        Self(bits & 0x1ff)
    }

    /// Whether every bit of `bits` is set.
    #[must_use]
    pub const fn has(self, bits: Self) -> bool {
        self.0 & bits.0 == bits.0
    }

    /// Whether at least one bit of `bits` is set.
    #[must_use]
    pub const fn any(self, bits: Self) -> bool {
        self.0 & bits.0 != 0
    }

    /// The bits as in the header, AE in bit 8.
    #[must_use]
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// tcpdump's letters in tcpdump's order, `none` where there are none. AE
    /// has no letter in tcpdump 4.99.3.
    #[must_use]
    pub fn letters(self) -> &'static str {
        NAMES[self.0 as usize & 0xff]
    }

    /// The [`letters`](Self::letters) and how many there are, for copying with a
    /// fixed length.
    #[must_use]
    #[inline]
    pub fn padded_letters(self) -> ([u8; 8], usize) {
        let letters = &LETTERS[self.0 as usize & 0xff];
        (letters.text, letters.len as usize)
    }
}

impl BitOr for Flags {
    type Output = Self;

    fn bitor(self, rhs: Self) -> Self {
        Self(self.0 | rhs.0)
    }
}

impl fmt::Display for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.letters())
    }
}

impl fmt::Debug for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{self}]")
    }
}

/// Up to eight letters, kept in a table because every line prints them.
#[derive(Clone, Copy)]
struct Letters {
    text: [u8; 8],
    len: u8,
}

impl Letters {
    const fn of(bits: u8) -> Self {
        const ORDER: &[u8; 8] = b"FSRP.UEW";
        let mut letters = Self {
            text: [0; 8],
            len: 0,
        };
        let mut bit = 0;
        while bit < 8 {
            if bits & 1 << bit != 0 {
                letters.text[letters.len as usize] = ORDER[bit];
                letters.len += 1;
            }
            bit += 1;
        }
        if letters.len == 0 {
            letters.text = *b"none\0\0\0\0";
            letters.len = 4;
        }
        letters
    }

    const fn as_str(&self) -> &str {
        match str::from_utf8(self.text.split_at(self.len as usize).0) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}

static LETTERS: [Letters; 256] = {
    let mut table = [Letters::of(0); 256];
    let mut bits = 0;
    while bits < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "under 256")]
        let octet = bits as u8;
        table[bits] = Letters::of(octet);
        bits += 1;
    }
    table
};

static NAMES: [&str; 256] = {
    let mut table = [""; 256];
    let mut bits = 0;
    while bits < 256 {
        table[bits] = LETTERS[bits].as_str();
        bits += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_stand_in_tcpdumps_order() {
        let all = Flags::from_octets(0x51, 0xff);
        assert_eq!(all.letters(), "FSRP.UEW");
        assert_eq!((Flags::ACK | Flags::SYN).letters(), "S.");
        assert_eq!(Flags::from_octets(0x50, 0).letters(), "none");
    }
}
