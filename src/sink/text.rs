//! Text under construction: octets appended without the formatting machinery,
//! because a line is printed for every segment.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// A buffer of text with the few ways of writing that lines need.
#[derive(Debug, Default)]
pub struct Text {
    octets: Vec<u8>,
}

/// Two decimal digits of every number under 100.
static PAIRS: [[u8; 2]; 100] = {
    let mut table = [[0; 2]; 100];
    let mut number = 0;
    while number < 100 {
        #[expect(clippy::cast_possible_truncation, reason = "under 100")]
        let octet = number as u8;
        table[number] = [b'0' + octet / 10, b'0' + octet % 10];
        number += 1;
    }
    table
};

/// The decimal digits of every octet, and how many there are.
static OCTETS: [([u8; 3], u8); 256] = {
    let mut table = [([0; 3], 0); 256];
    let mut number = 0;
    while number < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "under 256")]
        let octet = number as u8;
        let digits = [
            b'0' + octet / 100,
            b'0' + octet / 10 % 10,
            b'0' + octet % 10,
        ];
        table[number] = match octet {
            0..=9 => ([digits[2], 0, 0], 1),
            10..=99 => ([digits[1], digits[2], 0], 2),
            _ => (digits, 3),
        };
        number += 1;
    }
    table
};

const HEX: &[u8; 16] = b"0123456789abcdef";

impl Text {
    /// What was written so far.
    #[must_use]
    pub fn octets(&self) -> &[u8] {
        &self.octets
    }

    /// Octets written so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.octets.len()
    }

    /// Whether nothing was written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.octets.is_empty()
    }

    /// Forgets what was written and keeps the room.
    pub fn clear(&mut self) {
        self.octets.clear();
    }

    /// Writes `text`.
    #[inline]
    pub fn str(&mut self, text: &str) {
        self.octets.extend_from_slice(text.as_bytes());
    }

    /// Writes one octet as it is.
    #[inline]
    pub fn octet(&mut self, octet: u8) {
        self.octets.push(octet);
    }

    /// Writes octets as they are.
    #[inline]
    pub fn raw(&mut self, octets: &[u8]) {
        self.octets.extend_from_slice(octets);
    }

    /// Writes a number in decimal.
    #[inline]
    pub fn decimal(&mut self, number: impl itoa::Integer) {
        self.octets
            .extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
    }

    /// Writes a number in decimal with `digits` digits at least, zeros in front.
    pub fn zero_padded(&mut self, number: u32, digits: usize) {
        let mut buffer = itoa::Buffer::new();
        let plain = buffer.format(number);
        for _ in plain.len()..digits {
            self.octet(b'0');
        }
        self.str(plain);
    }

    /// Writes a number under 100 with two digits.
    #[inline]
    pub fn two_digits(&mut self, number: u32) {
        self.octets.extend_from_slice(&PAIRS[number as usize % 100]);
    }

    /// Writes a number under a million with six digits.
    #[inline]
    pub fn six_digits(&mut self, number: u32) {
        self.two_digits(number / 10_000);
        self.two_digits(number / 100 % 100);
        self.two_digits(number % 100);
    }

    /// Writes a number in lower-case hexadecimal, without leading zeros.
    pub fn hex(&mut self, number: u32) {
        let digits = (32 - number.leading_zeros()).div_ceil(4).max(1);
        self.hex_digits(number, digits as usize);
    }

    /// Writes the last `digits` hexadecimal digits of a number, 8 at most.
    pub fn hex_digits(&mut self, number: u32, digits: usize) {
        for place in (0..digits.min(8)).rev() {
            self.octet(HEX[(number >> (4 * place)) as usize & 0xf]);
        }
    }

    /// Writes an octet with two hexadecimal digits.
    #[inline]
    pub fn hex_octet(&mut self, octet: u8) {
        self.octets
            .extend_from_slice(&[HEX[usize::from(octet >> 4)], HEX[usize::from(octet & 0xf)]]);
    }

    /// Writes an address.
    #[inline]
    pub fn address(&mut self, address: IpAddr) {
        match address {
            IpAddr::V4(address) => self.ipv4(address),
            IpAddr::V6(address) => self.ipv6(address),
        }
    }

    /// Writes an address and a port in tcpdump's manner, joined by a dot.
    #[inline]
    pub fn endpoint(&mut self, end: SocketAddr) {
        self.address(end.ip());
        self.octet(b'.');
        self.decimal(end.port());
    }

    /// Writes an IPv4 address.
    #[inline]
    pub fn ipv4(&mut self, address: Ipv4Addr) {
        let mut text = [0; 15];
        let mut len = 0;
        for (place, octet) in address.octets().into_iter().enumerate() {
            if place > 0 {
                text[len] = b'.';
                len += 1;
            }
            let (digits, count) = OCTETS[usize::from(octet)];
            text[len..len + 3].copy_from_slice(&digits);
            len += usize::from(count);
        }
        self.octets.extend_from_slice(&text[..len]);
    }

    /// Writes an IPv6 address as tcpdump does: the first longest run of two or
    /// more zero groups as `::`, and an IPv4 address at the end where the rest
    /// is zero or says that it was mapped.
    pub fn ipv6(&mut self, address: Ipv6Addr) {
        let groups = address.segments();
        let (start, len) = longest_zeros(&groups);
        let embeds = start == 0 && (len == 6 || len == 5 && groups[5] == 0xffff);
        let mut place = 0;
        while place < 8 {
            if len > 0 && place == start {
                self.str("::");
                place += len;
                continue;
            }
            if place > 0 && (len == 0 || place != start + len) {
                self.octet(b':');
            }
            if embeds && place == 6 {
                let [.., a, b, c, d] = address.octets();
                return self.ipv4(Ipv4Addr::new(a, b, c, d));
            }
            self.hex(u32::from(groups[place]));
            place += 1;
        }
    }
}

/// Where the first longest run of two or more zero groups begins, and its
/// length; 0 where there is none.
fn longest_zeros(groups: &[u16; 8]) -> (usize, usize) {
    let (mut best, mut run) = ((0, 0), 0);
    for (place, &group) in groups.iter().enumerate() {
        run = if group == 0 { run + 1 } else { 0 };
        if run > best.1 && run > 1 {
            best = (place + 1 - run, run);
        }
    }
    best
}

/// Lets `write!` be used where speed does not matter.
impl std::fmt::Write for Text {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.str(text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Text)) -> String {
        let mut text = Text::default();
        write(&mut text);
        String::from_utf8(text.octets).unwrap()
    }

    #[test]
    fn ipv6_addresses_stand_as_tcpdump_writes_them() {
        for (address, shown) in [
            ("::1", "::1"),
            ("::", "::"),
            ("fe80::1:0:0:2", "fe80::1:0:0:2"),
            ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
            ("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"),
            ("1:2:3:4:5:6:0:0", "1:2:3:4:5:6::"),
            ("::ffff:1.2.3.4", "::ffff:1.2.3.4"),
            ("::9.2.3.4", "::9.2.3.4"),
            ("ff02::fb", "ff02::fb"),
        ] {
            let address: Ipv6Addr = address.parse().unwrap();
            assert_eq!(written(|text| text.ipv6(address)), shown);
        }
    }

    #[test]
    fn numbers_stand_in_their_bases() {
        assert_eq!(written(|text| text.hex(0x00ab_0010)), "ab0010");
        assert_eq!(written(|text| text.hex(0)), "0");
        assert_eq!(written(|text| text.hex_digits(0x2a, 4)), "002a");
        assert_eq!(written(|text| text.six_digits(1234)), "001234");
        assert_eq!(written(|text| text.zero_padded(7, 9)), "000000007");
        assert_eq!(
            written(|text| text.ipv4(Ipv4Addr::new(10, 0, 209, 255))),
            "10.0.209.255"
        );
    }
}
