//! The fixed part of a header (RFC 9293 §3.1).

use crate::flags::Flags;
use crate::seq::SeqNum;
use crate::sink::header::{Field, Rows};
use crate::sink::words::HeaderTexts;
use crate::sink::words::fill::said;
use crate::track::agreement::Scaling;
use crate::track::dir::Dir;
use crate::verification::Verification;

/// The control bits from the highest on, and what each means where it is set.
fn control_bits(words: &HeaderTexts) -> [(Flags, &'static str, &'static str); 9] {
    [
        (Flags::AE, "AE", words.ae),
        (Flags::CWR, "CWR", words.cwr),
        (Flags::ECE, "ECE", words.ece),
        (Flags::URG, "URG", words.urg),
        (Flags::ACK, "ACK", words.ack),
        (Flags::PSH, "PSH", words.psh),
        (Flags::RST, "RST", words.rst),
        (Flags::SYN, "SYN", words.syn),
        (Flags::FIN, "FIN", words.fin),
    ]
}

impl Rows<'_, '_> {
    /// Draws the fixed part; whether it is all there.
    pub(super) fn fixed(&mut self) -> bool {
        self.fixed_fields().is_some()
    }

    fn fixed_fields(&mut self) -> Option<()> {
        let ends = self.ends();
        let port_of = |end: Option<&str>| end.map(|end| said!(self.words.port_of, end));
        let sender = port_of(ends.map(|ends| ends.0)).unwrap_or_default();
        let receiver = port_of(ends.map(|ends| ends.1)).unwrap_or_default();
        self.field(0, 2, self.words.source_port, &sender)?;
        self.field(2, 2, self.words.destination_port, &receiver)?;
        let seq = self.relative_seq(SeqNum(self.number(4, 4).unwrap_or_default()));
        self.field(4, 4, self.words.sequence_number, &seq)?;
        let ack = self.relative_ack();
        self.field(8, 4, self.words.acknowledgment_number, &ack)?;
        let bits = self.number(12, 2)?;
        self.bits(bits);
        let window = self.window();
        self.field(14, 2, self.words.window, &window)?;
        let sum = format!("0x{:04x}", self.number(16, 2)?);
        let checksum = self.checksum();
        self.octets_row(16, 18, self.words.checksum, &sum, &checksum);
        let urgent = self.number(18, 2)?;
        let meaning = match self.segment {
            Some(segment) if segment.flags.has(Flags::URG) => said!(self.words.urgent, urgent),
            _ => self.words.needs_urg.to_owned(),
        };
        self.field(18, 2, self.words.urgent_pointer, &meaning)
    }

    /// Draws a number of the header in decimal, where it was captured.
    fn field(&mut self, at: usize, octets: usize, name: &str, meaning: &str) -> Option<()> {
        let value = self.number(at, octets)?.to_string();
        self.octets_row(at, at + octets, name, &value, meaning);
        Some(())
    }

    fn relative_seq(&self, seq: SeqNum) -> String {
        self.seen.map_or_else(String::new, |seen| {
            self.counted(seen.dir, seen.flow.relative_seq(seen.dir, seq))
        })
    }

    fn relative_ack(&self) -> String {
        match self.segment {
            Some(segment) if segment.is_ack() => self.acknowledged(segment.ack),
            Some(_) => self.words.needs_ack.to_owned(),
            None => String::new(),
        }
    }

    /// A number of the receiver.
    pub(super) fn acknowledged(&self, ack: SeqNum) -> String {
        self.seen.map_or_else(String::new, |seen| {
            let number = seen.flow.relative_ack(seen.dir, ack);
            self.counted(seen.dir.reverse(), number)
        })
    }

    /// From where the numbers of the end that sends in direction `dir` count.
    fn counted(&self, dir: Dir, number: u32) -> String {
        let knows_syn = self
            .seen
            .is_some_and(|seen| seen.flow.sender(dir).has_syn());
        let words = if knows_syn {
            self.words.relative
        } else {
            self.words.relative_guessed
        };
        said!(words, number, self.drawing.words.sender(dir))
    }

    /// Data offset, reserved bits and control bits share two octets.
    fn bits(&mut self, bits: u32) {
        self.octets_row(12, 14, self.words.bits, "", "");
        let offset = (bits >> 12).to_string();
        let meaning = self.offset(bits >> 12 << 2);
        self.row(&Field {
            octets: &pattern(bits, 0xf000),
            name: self.words.data_offset,
            value: &offset,
            meaning: &meaning,
        });
        let reserved = bits >> 9 & 7;
        self.row(&Field {
            octets: &pattern(bits, 0x0e00),
            name: self.words.reserved,
            value: &reserved.to_string(),
            meaning: if reserved == 0 {
                ""
            } else {
                self.words.should_be_zero
            },
        });
        for (flag, name, meaning) in control_bits(self.words) {
            let mask = u32::from(flag.bits());
            let is_set = bits & mask != 0;
            self.row(&Field {
                octets: &pattern(bits, mask),
                name,
                value: if is_set { "1" } else { "0" },
                meaning: if is_set { meaning } else { "" },
            });
        }
    }

    /// What a header of `claimed` octets means.
    fn offset(&self, claimed: u32) -> String {
        let here = self.octets.len() as u64;
        match claimed {
            ..20 => said!(self.words.header_too_short, claimed),
            _ if self.segment.is_none() && !self.is_cut() => {
                said!(self.words.header_too_long, claimed, here)
            }
            20 => self.words.header_without_options.to_owned(),
            _ => said!(self.words.header_of, claimed, claimed - 20),
        }
    }

    fn window(&self) -> String {
        let Some((segment, seen)) = self.segment.zip(self.seen) else {
            return String::new();
        };
        if segment.flags.has(Flags::SYN) {
            return self.words.window_of_syn.to_owned();
        }
        match seen.flow.scaling(seen.dir) {
            Scaling::By(shift) => {
                let window = seen.flow.window(seen.dir, segment);
                said!(self.words.window_scaled, window, segment.window, shift)
            }
            Scaling::NotInForce => self.words.window_as_sent.to_owned(),
            Scaling::Unknown => self.words.window_unknown.to_owned(),
        }
    }

    fn checksum(&self) -> String {
        let words = self.words;
        let Some(segment) = self.segment else {
            return words.checksum_cut.to_owned();
        };
        match Verification::of(self.packet, segment) {
            Verification::Correct => words.checksum_right.to_owned(),
            Verification::Begun => words.checksum_begun.to_owned(),
            Verification::Incorrect(right) => {
                said!(words.checksum_wrong, &format!("0x{right:04x}"))
            }
            Verification::Cut => words.checksum_cut.to_owned(),
            Verification::Fragment => words.checksum_fragment.to_owned(),
            Verification::Routed => words.checksum_routed.to_owned(),
        }
    }
}

/// The bits of `mask` as digits, the others as dots: `.... .... .... ..1.`.
fn pattern(bits: u32, mask: u32) -> String {
    let mut pattern = String::new();
    for place in (0..16).rev() {
        pattern.push(match (mask >> place & 1, bits >> place & 1) {
            (0, _) => '.',
            (_, 0) => '0',
            _ => '1',
        });
        if place % 4 == 0 && place > 0 {
            pattern.push(' ');
        }
    }
    pattern
}
