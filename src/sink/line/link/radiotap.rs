//! Radiotap in a line: what the receiver of an IEEE 802.11 frame noted.
//!
//! A header is a list of presence bits, and behind it the fields whose bits are
//! set, each aligned to its own size, counted from the beginning of the header.

use crate::layer::Layer;
use crate::sink::line::headers::Headers;
use crate::sink::text::Text;

/// The first of two presence bits that are no fields: they say whose namespace
/// follows, radiotap's or a vendor's.
const NAMESPACE: u32 = 29;
/// The presence bits of another word, and of fields that say how another is
/// shown.
const MORE: u32 = 1 << 31;
const XCHANNEL: u32 = 1 << 18;
const MCS: u32 = 1 << 19;
/// The flag that says that the frame ends with its check sequence.
const CHECK_SEQUENCE: u8 = 0x10;

/// Bits of the flags that have a word.
const FLAG_WORDS: [(u8, &str); 5] = [
    (0x01, "cfp "),
    (0x02, "short preamble "),
    (0x04, "wep "),
    (0x08, "fragmented "),
    (0x40, "bad-fcs "),
];

/// Multiples of 6.5 megabits a second, which are 20 MHz wide with a long guard
/// interval, by MCS index (IEEE 802.11-2012 §20.6): one to four equal streams,
/// an index for 40 MHz alone, and unequal streams.
const MULTIPLES: [u8; 77] = [
    1, 2, 3, 4, 6, 8, 9, 10, 2, 4, 6, 8, 12, 16, 18, 20, 3, 6, 9, 12, 18, 24, 27, 30, 4, 8, 12, 16,
    24, 32, 36, 40, 0, 6, 8, 10, 9, 12, 15, 8, 10, 10, 12, 14, 14, 16, 12, 15, 15, 18, 21, 21, 24,
    10, 12, 14, 12, 14, 16, 18, 16, 18, 20, 20, 22, 15, 18, 21, 18, 21, 24, 27, 24, 27, 30, 30, 33,
];

const HT_BANDWIDTHS: [&str; 4] = ["20 MHz ", "40 MHz ", "20 MHz (L) ", "20 MHz (U) "];

/// tcpdump's names of bandwidths, with its slip at 19.
const VHT_BANDWIDTHS: [&str; 32] = [
    "20 MHz ",
    "40 MHz ",
    "20 MHz (L) ",
    "20 MHz (U) ",
    "80 MHz ",
    "80 MHz (L) ",
    "80 MHz (U) ",
    "80 MHz (LL) ",
    "80 MHz (LU) ",
    "80 MHz (UL) ",
    "80 MHz (UU) ",
    "160 MHz ",
    "160 MHz (L) ",
    "160 MHz (U) ",
    "160 MHz (LL) ",
    "160 MHz (LU) ",
    "160 MHz (UL) ",
    "160 MHz (UU) ",
    "160 MHz (LLL) ",
    "160 MHz (LLU) ",
    "160 MHz (LUL) ",
    "160 MHz (UUU) ",
    "160 MHz (ULL) ",
    "160 MHz (ULU) ",
    "160 MHz (UUL) ",
    "160 MHz (UUU) ",
    "unknown (26) ",
    "unknown (27) ",
    "unknown (28) ",
    "unknown (29) ",
    "unknown (30) ",
    "unknown (31) ",
];

impl Headers<'_, '_> {
    /// Writes every field, with or without -e; `false` where the presence bits
    /// do not end in the header.
    pub(super) fn radiotap(&mut self, layer: &Layer, octets: &[u8]) -> bool {
        let Some(&[_, _, low, high]) = octets.first_chunk() else {
            return false;
        };
        let len = usize::from(u16::from_le_bytes([low, high]));
        let header = octets.get(..len).unwrap_or(octets);
        let words = header.get(4..).unwrap_or_default().as_chunks::<4>().0;
        let words = words.iter().map(|word| u32::from_le_bytes(*word));
        let more = words.clone().take_while(|word| word & MORE != 0).count();
        if more == words.len() {
            return self.over(" [|802.11_radio]");
        }
        let mut fields = Fields {
            header,
            at: 8 + 4 * more,
            flags: 0,
            text: self.text,
        };
        fields.write(words.take(more + 1));
        if fields.flags & CHECK_SEQUENCE != 0 {
            self.narrow(layer.start + layer.len.saturating_sub(4));
        }
        true
    }
}

/// Why the fields end.
struct Ended;

struct Fields<'a, 't> {
    header: &'a [u8],
    /// Where the next field begins, but for its alignment.
    at: usize,
    flags: u8,
    text: &'t mut Text,
}

impl Fields<'_, '_> {
    fn write(&mut self, words: impl Iterator<Item = u32>) {
        let mut first_bit = 0;
        // What is skipped of a vendor's namespace, which nobody else can read.
        let mut vendors = None;
        for word in words {
            match vendors {
                Some(len) => {
                    if self.skip(len).is_none() {
                        return;
                    }
                    vendors = Some(0);
                }
                None if self.namespace(word, first_bit).is_err() => return,
                None => {}
            }
            match word >> NAMESPACE & 3 {
                0 => first_bit += 32,
                1 => (first_bit, vendors) = (0, None),
                2 => (first_bit, vendors) = (0, Some(self.vendors_len())),
                _ => {}
            }
        }
    }

    fn skip(&mut self, len: usize) -> Option<()> {
        self.header.get(self.at..self.at + len)?;
        self.at += len;
        Some(())
    }

    /// How much of a vendor's namespace follows its organization and number.
    fn vendors_len(&mut self) -> usize {
        let len = self.skip(4).and_then(|()| self.two());
        if len.is_none() {
            self.text.str(" [|802.11_radio]");
        }
        len.map_or(0, usize::from)
    }

    fn namespace(&mut self, word: u32, first_bit: u32) -> Result<(), Ended> {
        for bit in (0..NAMESPACE).filter(|bit| word >> bit & 1 == 1) {
            match self.field(first_bit + bit, word) {
                Some(true) => {}
                Some(false) => {
                    self.text.str("[bit ");
                    self.text.decimal(first_bit + bit);
                    self.text.str("] ");
                    return Err(Ended);
                }
                None => {
                    self.text.str(" [|802.11_radio]");
                    return Err(Ended);
                }
            }
        }
        Ok(())
    }

    /// The next number of `width` octets, aligned to that.
    fn number(&mut self, width: usize) -> Option<u64> {
        let at = self.at.next_multiple_of(width);
        let octets = self.header.get(at..at + width)?;
        self.at = at + width;
        let number = octets.iter().rev();
        Some(number.fold(0, |sum, &octet| sum << 8 | u64::from(octet)))
    }

    fn octet(&mut self) -> Option<u8> {
        self.number(1).map(|number| number.to_le_bytes()[0])
    }

    fn two(&mut self) -> Option<u16> {
        let number = self.number(2)?.to_le_bytes();
        Some(u16::from_le_bytes([number[0], number[1]]))
    }

    /// Writes one field; whether it is known, or `None` where it is cut.
    fn field(&mut self, bit: u32, word: u32) -> Option<bool> {
        match bit {
            0 => {
                let time = self.number(8)?;
                self.named(time, "us tsft ");
            }
            1 => self.flags()?,
            2 => self.rate()?,
            3 => {
                let (frequency, flags) = (self.two()?, self.two()?);
                if word & XCHANNEL == 0 {
                    self.channel(frequency, u32::from(flags), word);
                }
            }
            4 => {
                let (set, pattern) = (self.octet()?, self.octet()?);
                self.text.str("fhset ");
                self.named(set, " fhpat ");
                self.named(pattern, " ");
            }
            5 => self.signed("dBm signal ")?,
            6 => self.signed("dBm noise ")?,
            7 => {
                let quality = self.two()?;
                self.named(quality, " sq ");
            }
            8 => {
                let attenuation = i32::from(self.two()?.cast_signed());
                self.integer(-attenuation, " tx power ");
            }
            9 => {
                let attenuation = i32::from(self.octet()?.cast_signed());
                self.integer(-attenuation, "dB tx attenuation ");
            }
            10 => self.signed("dBm tx power ")?,
            11 => {
                let antenna = self.octet()?;
                self.text.str("antenna ");
                self.named(antenna, " ");
            }
            12 | 13 => {
                let level = self.octet()?;
                let name = if bit == 12 { "dB signal " } else { "dB noise " };
                self.named(level, name);
            }
            14 => _ = self.two()?,
            18 => {
                let flags = self.number(4)?;
                let frequency = self.two()?;
                self.skip(2)?;
                let flags = u32::try_from(flags).unwrap_or(0);
                self.channel(frequency, flags, word);
            }
            19 => self.high_throughput()?,
            20 => _ = (self.number(4)?, self.two()?, self.octet()?, self.octet()?),
            21 => self.very_high_throughput()?,
            _ => return Some(false),
        }
        Some(true)
    }

    fn named(&mut self, number: impl Into<u64>, name: &str) {
        self.text.decimal(number);
        self.text.str(name);
    }

    fn integer(&mut self, number: i32, name: &str) {
        if number < 0 {
            self.text.octet(b'-');
        }
        self.named(number.unsigned_abs(), name);
    }

    fn signed(&mut self, name: &str) -> Option<()> {
        let level = self.octet()?.cast_signed();
        self.integer(i32::from(level), name);
        Some(())
    }

    fn flags(&mut self) -> Option<()> {
        self.flags = self.octet()?;
        for (bit, word) in FLAG_WORDS {
            if self.flags & bit != 0 {
                self.text.str(word);
            }
        }
        Some(())
    }

    /// In halves of a megabit a second, or an MCS index with a mark.
    fn rate(&mut self) -> Option<()> {
        let rate = self.octet()?;
        if matches!(rate, 0x80..=0x8f) {
            self.text.str("MCS ");
            self.named(rate & 0x7f, " ");
        } else {
            self.tenths(u32::from(rate) * 5);
        }
        Some(())
    }

    fn tenths(&mut self, rate: u32) {
        self.named(rate / 10, ".");
        self.named(rate % 10, " Mb/s ");
    }

    fn channel(&mut self, frequency: u16, flags: u32, word: u32) {
        let has = |bits| flags & bits == bits;
        self.named(frequency, " MHz");
        let part = match flags {
            _ if has(0x4000) => "/10Mhz",
            _ if has(0x8000) => "/5Mhz",
            _ => "",
        };
        if word & MCS != 0 {
            self.text.str(" 11n");
        } else {
            if has(0x0880) {
                self.text.str(" FHSS");
            }
            if has(0x0140) {
                self.text.str(" 11a");
                self.text.str(part);
            }
            if has(0x00c0) || has(0x0480) {
                self.text.str(" 11g");
                self.text.str(part);
            } else if has(0x00a0) {
                self.text.str(" 11b");
            }
            if has(0x0010) {
                self.text.str(" Turbo");
            }
        }
        self.text.str(match flags {
            _ if has(0x1_0000) => " ht/20 ",
            _ if has(0x4_0000) => " ht/40- ",
            _ if has(0x2_0000) => " ht/40+ ",
            _ => " ",
        });
    }

    /// IEEE 802.11n.
    fn high_throughput(&mut self) -> Option<()> {
        let (known, flags, index) = (self.octet()?, self.octet()?, self.octet()?);
        let is_short = flags & 4 != 0;
        if known & 0x02 != 0 {
            let rate = high_throughput_rate(index, flags & 3 == 1, is_short);
            if known & 0x05 != 0 && rate > 0 {
                self.tenths(rate);
            }
            self.text.str("MCS ");
            self.named(index, " ");
        }
        let named = [
            (0x01, HT_BANDWIDTHS[usize::from(flags & 3)]),
            (0x04, if is_short { "short GI " } else { "long GI " }),
            (
                0x08,
                if flags & 0x08 != 0 {
                    "greenfield "
                } else {
                    "mixed "
                },
            ),
            (
                0x10,
                if flags & 0x10 != 0 {
                    "LDPC FEC "
                } else {
                    "BCC FEC "
                },
            ),
        ];
        for (bit, name) in named {
            if known & bit != 0 {
                self.text.str(name);
            }
        }
        if known & 0x20 != 0 {
            self.text.str("RX-STBC");
            self.named(flags >> 5 & 3, " ");
        }
        Some(())
    }

    /// IEEE 802.11ac, for up to four users.
    fn very_high_throughput(&mut self) -> Option<()> {
        let known = self.two()?;
        let (flags, bandwidth) = (self.octet()?, self.octet()?);
        let users = [self.octet()?, self.octet()?, self.octet()?, self.octet()?];
        let coding = self.octet()?;
        self.octet()?;
        self.two()?;
        for (user, streams) in users.into_iter().enumerate() {
            let (streams, index) = (streams & 0x0f, streams >> 4);
            if streams == 0 {
                continue;
            }
            self.text.str("User ");
            self.named(user as u64, " MCS ");
            self.named(index, " ");
            self.text.str(if coding >> user & 1 == 1 {
                "LDPC FEC "
            } else {
                "BCC FEC "
            });
        }
        if known & 0x0040 != 0 {
            self.text.str(VHT_BANDWIDTHS[usize::from(bandwidth & 0x1f)]);
        }
        if known & 0x0004 != 0 {
            self.text.str(if flags & 4 != 0 {
                "short GI "
            } else {
                "long GI "
            });
        }
        Some(())
    }
}

/// Tenths of a megabit a second; 0 where none is known.
fn high_throughput_rate(index: u8, is_wide: bool, is_short: bool) -> u32 {
    let narrow = MULTIPLES.get(usize::from(index)).copied().unwrap_or(0);
    let narrow = u32::from(narrow) * 65;
    let rate = match (index, is_wide) {
        (32, true) => 60,
        // 108 subcarriers instead of 52.
        (_, true) => narrow * 27 / 13,
        (_, false) => narrow,
    };
    // A short guard interval makes ten symbols out of nine.
    if is_short { (rate * 10 + 4) / 9 } else { rate }
}
