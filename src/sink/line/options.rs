//! TCP options as tcpdump prints them, oddities included.

use crate::flags::Flags;
use crate::options::kind;
use crate::segment::Segment;
use crate::seq::SeqNum;
use crate::sink::text::Text;

/// What went wrong while printing, which decides how the line goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flaw {
    /// The list contradicts itself: nothing more on the line.
    Bad,
    /// The capture ends inside an option's value: `[|tcp]`, nothing more.
    Cut,
    /// The capture ends at an option's kind or length.
    CutBetween,
}

/// Writes `, options [...]`; whether the line goes on after it.
pub(super) fn write(segment: &Segment<'_>, sack_base: SeqNum, text: &mut Text) -> bool {
    let options = segment.options;
    let missing = usize::from(options.missing);
    List {
        rest: options.bytes,
        missing,
        flags: segment.flags,
        sack_base,
        has_data: !segment.payload.is_empty(),
        has_all_data: segment.payload.len() >= segment.payload_len as usize,
        mark: " [|tcp]",
        text,
    }
    .write()
}

struct List<'a, 't> {
    rest: &'a [u8],
    /// Octets of the option area behind `rest` that were not captured.
    missing: usize,
    flags: Flags,
    sack_base: SeqNum,
    /// Whether any data of the segment was captured.
    has_data: bool,
    /// Whether the data of the segment was captured to its end.
    has_all_data: bool,
    /// What is said where the capture ends. tcpdump believes itself in the
    /// option that it took last for a protocol of its own.
    mark: &'static str,
    text: &'t mut Text,
}

impl List<'_, '_> {
    fn write(&mut self) -> bool {
        self.text.str(", options [");
        let mut is_first = true;
        while !self.rest.is_empty() || self.missing > 0 {
            if !is_first {
                self.text.octet(b',');
            }
            match self.item() {
                Ok(true) => break,
                Ok(false) => is_first = false,
                Err(Flaw::Bad) => {
                    self.text.str("[bad opt]");
                    if !is_first {
                        self.text.octet(b']');
                    }
                    return false;
                }
                Err(stop) => {
                    self.text.str(self.mark);
                    if stop == Flaw::Cut && !is_first {
                        self.text.octet(b'>');
                    }
                    return false;
                }
            }
        }
        self.text.octet(b']');
        true
    }

    /// Writes one option; whether it ended the list.
    fn item(&mut self) -> Result<bool, Flaw> {
        let kind = self.next()?;
        match kind {
            kind::END => {
                self.text.str("eol");
                return Ok(true);
            }
            kind::NOP => {
                self.text.str("nop");
                return Ok(false);
            }
            _ => {}
        }
        let len = usize::from(self.next()?);
        if len < 2 || len - 2 > self.rest.len() + self.missing {
            return Err(Flaw::Bad);
        }
        let value_len = len - 2;
        let consumed = self.value(kind, value_len)?;
        if consumed != value_len {
            self.text.str("[len ");
            self.text.decimal(len as u64);
            self.text.octet(b']');
        }
        let beyond = consumed.saturating_sub(self.rest.len());
        self.missing = self.missing.saturating_sub(beyond);
        self.rest = self.rest.get(consumed..).unwrap_or_default();
        Ok(false)
    }

    /// A kind or a length. tcpdump takes the octet behind the option area for
    /// the length of a kind in its last octet, which then is too long, if that
    /// octet is there.
    fn next(&mut self) -> Result<u8, Flaw> {
        let is_there = self.missing == 0 && self.has_data;
        let (&octet, rest) = self.rest.split_first().ok_or(if is_there {
            Flaw::Bad
        } else {
            Flaw::CutBetween
        })?;
        self.rest = rest;
        Ok(octet)
    }

    /// Writes name and value; the octets of the value that were used.
    fn value(&mut self, option: u8, len: usize) -> Result<usize, Flaw> {
        match option {
            kind::MSS => self.number("mss", 2),
            kind::WINDOW_SCALE => self.number("wscale", 1),
            kind::SACK_PERMITTED => {
                self.text.str("sackOK");
                Ok(0)
            }
            kind::SACK => self.sack(len),
            kind::ECHO => self.number("echo", 4),
            kind::ECHO_REPLY => self.number("echoreply", 4),
            kind::CC => self.number("cc", 4),
            kind::CC_NEW => self.number("ccnew", 4),
            kind::CC_ECHO => self.number("", 4),
            kind::TIMESTAMPS => {
                self.text.str("TS");
                self.check(8)?;
                self.text.str(" val ");
                self.text.decimal(self.be(0, 4)?);
                self.text.str(" ecr ");
                self.text.decimal(self.be(4, 4)?);
                Ok(8)
            }
            kind::MD5 => self.signature(),
            kind::SCPS => {
                self.text.str("scps");
                self.check(2)?;
                self.text.str(" cap ");
                self.text.hex_digits(self.be(0, 1)?, 2);
                self.text.str(" id ");
                self.text.decimal(self.be(1, 1)?);
                Ok(2)
            }
            kind::USER_TIMEOUT => self.user_timeout(),
            kind::AUTHENTICATION => self.authentication(len),
            kind::MPTCP => self.mptcp(len),
            kind::FAST_OPEN => {
                self.text.str("tfo");
                self.check(len)?;
                self.text.octet(b' ');
                self.fast_open(0, len)
            }
            kind::EXPERIMENT_2 => self.experiment(len),
            _ => {
                self.text.str("unknown-");
                self.text.decimal(option);
                if len > 0 {
                    self.text.str(" 0x");
                }
                self.hex(0, len)
            }
        }
    }

    /// tcpdump's two checks before it reads `len` octets of a value: inside the
    /// option area, and captured.
    fn check(&self, len: usize) -> Result<(), Flaw> {
        match len {
            _ if len <= self.rest.len() => Ok(()),
            _ if len <= self.rest.len() + self.missing => Err(Flaw::Cut),
            _ => Err(Flaw::Bad),
        }
    }

    /// The number of `width` octets at `at` in the value.
    fn be(&self, at: usize, width: usize) -> Result<u32, Flaw> {
        self.check(at + width)?;
        let octets = self.rest.get(at..at + width).unwrap_or_default();
        Ok(octets
            .iter()
            .fold(0, |value, &octet| value << 8 | u32::from(octet)))
    }

    fn number(&mut self, name: &str, width: usize) -> Result<usize, Flaw> {
        self.text.str(name);
        let number = self.be(0, width)?;
        self.text.octet(b' ');
        self.text.decimal(number);
        Ok(width)
    }

    /// Writes octets `from` to `to` of the value in hexadecimal.
    fn hex(&mut self, from: usize, to: usize) -> Result<usize, Flaw> {
        for at in from..to {
            let octet = self.be(at, 1)?;
            self.text.hex_digits(octet, 2);
        }
        Ok(to)
    }

    fn sack(&mut self, len: usize) -> Result<usize, Flaw> {
        if !len.is_multiple_of(8) {
            self.text.str("sack invalid sack");
            return Ok(len);
        }
        self.text.str("sack ");
        self.text.decimal(len as u64 / 8);
        self.text.octet(b' ');
        let base = self.sack_base;
        for at in (0..len).step_by(8) {
            let edge = |at| self.be(at, 4).map(|edge| SeqNum(edge).relative_to(base));
            let (left, right) = (edge(at)?, edge(at + 4)?);
            self.text.octet(b'{');
            self.text.decimal(left);
            self.text.octet(b':');
            self.text.decimal(right);
            self.text.octet(b'}');
        }
        Ok(len)
    }

    fn signature(&mut self) -> Result<usize, Flaw> {
        self.text.str("md5");
        self.check(16)?;
        self.text.str(if self.has_all_data && self.missing == 0 {
            " shared secret not supplied with -M, can't check - "
        } else {
            " snaplen too short, can't check - "
        });
        self.hex(0, 16)
    }

    fn user_timeout(&mut self) -> Result<usize, Flaw> {
        self.text.str("uto");
        let value = self.be(0, 2)?;
        self.text.str(" 0x");
        self.text.hex(value);
        self.text.octet(b' ');
        // The low bit tells minutes from seconds (RFC 5482 §2).
        let seconds = if value & 1 == 1 {
            (value >> 1) * 60
        } else {
            value >> 1
        };
        self.text.decimal(seconds);
        Ok(2)
    }

    fn authentication(&mut self, len: usize) -> Result<usize, Flaw> {
        self.text.str("tcp-ao");
        if len < 2 {
            self.text.str(" (invalid)");
            return Ok(len);
        }
        let key = self.be(0, 1)?;
        self.text.str(" keyid ");
        self.text.decimal(key);
        let next_key = self.be(1, 1)?;
        self.text.str(" rnextkeyid ");
        self.text.decimal(next_key);
        if len > 2 {
            self.text.str(" mac 0x");
        }
        self.hex(2, len)
    }

    fn fast_open(&mut self, from: usize, len: usize) -> Result<usize, Flaw> {
        match len - from {
            0 => self.text.str(" cookiereq"),
            cookie if cookie % 2 != 0 || !(4..=16).contains(&cookie) => {
                self.text.str(" (invalid)");
            }
            _ => {
                self.text.str(" cookie ");
                self.hex(from, len)?;
            }
        }
        Ok(len)
    }

    fn experiment(&mut self, len: usize) -> Result<usize, Flaw> {
        self.text.str("exp");
        self.check(len)?;
        if len < 2 {
            return Err(Flaw::Bad);
        }
        let id = self.be(0, 2)?;
        self.text.octet(b'-');
        if id == 0xf989 {
            self.text.str("tfo");
            return self.fast_open(2, len);
        }
        self.text.hex_digits(id, 4);
        Ok(len)
    }

    /// Multipath TCP: the subtypes stand in [`super::mptcp`].
    fn mptcp(&mut self, len: usize) -> Result<usize, Flaw> {
        self.text.str("mptcp");
        self.check(len)?;
        self.mark = " [|mptcp]";
        let value = self.rest.get(..len).unwrap_or_default();
        if super::mptcp::write(value, self.flags, self.text) {
            Ok(len)
        } else {
            Err(Flaw::Bad)
        }
    }
}
