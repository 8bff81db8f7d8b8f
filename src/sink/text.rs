//! Text under construction: octets appended without the formatting machinery,
//! because a line is printed for every segment.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use crate::sink::digits::{
    HUNDRED_MILLION, PAIRS, SMALL, THREE, digits, dot_and_six_digits, eight_digits,
};
use crate::sink::draft::{Draft, ROOM};

/// A buffer of text with the few ways of writing that lines need.
///
/// The room behind the text is always there, so that short pieces are copied
/// with a fixed length, which is several times faster than with their own.
#[derive(Debug, Default)]
pub struct Text {
    /// The text, and room behind it.
    room: Vec<u8>,
    len: usize,
}

/// The decimal digits of every octet and a dot, and how many these are.
static DOTTED: [([u8; 4], u8); 256] = {
    let mut table = [([0; 4], 0); 256];
    let mut number = 0;
    while number < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "under 256")]
        let octet = number as u8;
        let [hundreds, tens, ones] = [octet / 100, octet / 10 % 10, octet % 10];
        table[number] = match octet {
            0..=9 => ([b'0' + ones, b'.', 0, 0], 2),
            10..=99 => ([b'0' + tens, b'0' + ones, b'.', 0], 3),
            _ => ([b'0' + hundreds, b'0' + tens, b'0' + ones, b'.'], 4),
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
        &self.room[..self.len]
    }

    /// Octets written so far.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether nothing was written.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Forgets what was written and keeps the room.
    pub const fn clear(&mut self) {
        self.len = 0;
    }

    /// Writes `text`.
    #[inline]
    pub fn str(&mut self, text: &str) {
        self.raw(text.as_bytes());
    }

    /// Writes one octet as it is.
    #[inline]
    pub fn octet(&mut self, octet: u8) {
        self.padded([octet], 1);
    }

    /// Writes text from outside: what could move the cursor of a terminal, or
    /// begin another line, becomes a question mark.
    pub fn printable(&mut self, text: &str) {
        for letter in text.chars() {
            if letter.is_control() {
                self.octet(b'?');
            } else {
                self.str(letter.encode_utf8(&mut [0; 4]));
            }
        }
    }

    /// Writes octets as they are.
    #[inline]
    pub fn raw(&mut self, octets: &[u8]) {
        loop {
            if let Some(place) = self.room.get_mut(self.len..self.len + octets.len()) {
                place.copy_from_slice(octets);
                self.len += octets.len();
                return;
            }
            self.grow(octets.len());
        }
    }

    /// Writes the first `used` octets of a short piece, copied with a fixed
    /// length.
    #[inline]
    pub fn padded<const N: usize>(&mut self, piece: [u8; N], used: usize) {
        loop {
            let behind = self
                .room
                .get_mut(self.len..)
                .and_then(|room| room.first_chunk_mut());
            if let Some(place) = behind {
                *place = piece;
                self.len += used;
                return;
            }
            self.grow(N);
        }
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, octets: usize) {
        let least = self.len + octets + 1024;
        self.room.resize(least.next_power_of_two(), 0);
    }

    /// Writes a number in decimal.
    #[inline]
    pub fn decimal(&mut self, number: impl Into<u64>) {
        let number = number.into();
        // Most counts are small.
        if let Some(&digits) = SMALL.get(usize::try_from(number).unwrap_or(usize::MAX)) {
            return self.padded(digits, usize::from(digits[3]));
        }
        match u32::try_from(number) {
            Ok(number) => self.long_decimal(number),
            Err(_) => self.raw(number.to_string().as_bytes()),
        }
    }

    /// Writes a number of four digits or more, in one piece.
    fn long_decimal(&mut self, number: u32) {
        if number < 1_000_000 {
            let [upper, lower] = [number / 1_000, number].map(|part| part as usize % 1_000);
            let (digits, len) = (SMALL[upper], SMALL[upper][3]);
            let upper = u64::from(u32::from_le_bytes(digits) & 0x00ff_ffff);
            let lower = u64::from(u32::from_le_bytes(THREE[lower]));
            let all = upper | lower << (8 * len);
            return self.padded(all.to_le_bytes(), usize::from(len) + 3);
        }
        if number >= HUNDRED_MILLION {
            let upper = SMALL[(number / HUNDRED_MILLION) as usize % 1_000];
            let len = upper[3];
            let lower = u128::from(eight_digits(number % HUNDRED_MILLION));
            let upper = u128::from(u32::from_le_bytes(upper) & 0x00ff_ffff);
            let all = upper | lower << (8 * len);
            return self.padded(all.to_le_bytes(), usize::from(len) + 8);
        }
        let (digits, len) = digits(number);
        self.padded(digits, len);
    }

    /// Writes what `write` drafts, 255 octets at most.
    #[inline]
    pub fn draft(&mut self, write: impl FnOnce(Draft<'_>) -> Draft<'_>) {
        loop {
            let behind = self
                .room
                .get_mut(self.len..)
                .and_then(|room| room.first_chunk_mut());
            if let Some(room) = behind {
                self.len += write(Draft::new(room)).len();
                return;
            }
            self.grow(ROOM);
        }
    }

    /// Writes a number in decimal with `digits` digits at least, zeros in front.
    pub fn zero_padded(&mut self, number: u32, digits: usize) {
        let plain = number.checked_ilog10().unwrap_or(0) as usize + 1;
        for _ in plain..digits {
            self.octet(b'0');
        }
        self.decimal(number);
    }

    /// Writes a number under 100 with two digits.
    #[inline]
    pub fn two_digits(&mut self, number: u32) {
        self.padded(PAIRS[number as usize % 100], 2);
    }

    /// Writes the last three digits of a number.
    #[inline]
    pub fn three_digits(&mut self, number: u32) {
        self.padded(THREE[number as usize % 1_000], 3);
    }

    /// Writes a number under a million with six digits.
    #[inline]
    pub fn six_digits(&mut self, number: u32) {
        self.three_digits(number / 1_000);
        self.three_digits(number);
    }

    /// Writes a dot and six digits of a number under a million.
    #[inline]
    pub fn dot_and_six_digits(&mut self, number: u32) {
        self.padded(dot_and_six_digits(number), 7);
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
        self.padded(
            [HEX[usize::from(octet >> 4)], HEX[usize::from(octet & 0xf)]],
            2,
        );
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
        match end {
            SocketAddr::V4(end) => self.ipv4_dotted(*end.ip()),
            SocketAddr::V6(end) => {
                self.ipv6(*end.ip());
                self.octet(b'.');
            }
        }
        self.decimal(end.port());
    }

    /// Writes an IPv4 address.
    pub fn ipv4(&mut self, address: Ipv4Addr) {
        self.ipv4_dotted(address);
        self.len -= 1;
    }

    /// Writes an IPv4 address and a dot.
    #[inline]
    fn ipv4_dotted(&mut self, address: Ipv4Addr) {
        let mut piece = [0; 16];
        let mut used = 0;
        for octet in address.octets() {
            let (digits, count) = DOTTED[usize::from(octet)];
            // At most 12 octets stand before the last four.
            if let Some(place) = piece.get_mut(used..used + 4) {
                place.copy_from_slice(&digits);
            }
            used += usize::from(count);
        }
        self.padded(piece, used);
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
        String::from_utf8(text.octets().to_vec()).unwrap()
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
    fn every_length_of_number_is_written_whole() {
        let mut number: u64 = 1;
        for digits in 1..=19 {
            for near in [number - 1, number, number + 1, number / 7, number * 9] {
                assert_eq!(
                    written(|text| text.decimal(near)),
                    near.to_string(),
                    "{digits}"
                );
            }
            number *= 10;
        }
        for number in [0, 9, 10, 99, 100, 99_999_999, 100_000_000, u32::MAX] {
            assert_eq!(written(|text| text.decimal(number)), number.to_string());
        }
        assert_eq!(
            written(|text| text.draft(|draft| draft.fraction(40_302))),
            ".040302 "
        );
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
