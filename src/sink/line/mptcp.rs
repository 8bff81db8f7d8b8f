//! The Multipath TCP option (RFC 8684) as tcpdump prints it.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::flags::Flags;
use crate::sink::text::Text;

/// Writes the value of an option: everything behind kind and length. Whether
/// its length fits its subtype; if not, what was written stays.
pub(super) fn write(value: &[u8], flags: Flags, text: &mut Text) -> bool {
    let Some(&first) = value.first() else {
        return false;
    };
    let name = match first >> 4 {
        0 => "capable",
        1 => "join",
        2 => "dss",
        3 => "add-addr",
        4 => "rem-addr",
        5 => "prio",
        6 => "fail",
        7 => "fast-close",
        _ => "unknown",
    };
    // The length that tcpdump shows and checks counts kind and length too.
    let len = value.len() + 2;
    text.octet(b' ');
    text.decimal(len as u64);
    text.octet(b' ');
    text.str(name);
    let mut option = Mptcp {
        value,
        len,
        rest: value.get(2..).unwrap_or_default(),
        flags,
        text,
    };
    let fits = match first >> 4 {
        0 => option.capable(),
        1 => option.join(),
        2 => option.sequence_signal(),
        3 => option.add_address(),
        4 => option.remove_addresses(),
        5 => option.priority(),
        6 => option.eight_octets(" seq ", false),
        7 => option.eight_octets(" key 0x", true),
        _ => Some(()),
    };
    fits.is_some()
}

struct Mptcp<'a, 't> {
    value: &'a [u8],
    len: usize,
    /// What comes after subtype, flags and the octet behind them.
    rest: &'a [u8],
    flags: Flags,
    text: &'t mut Text,
}

impl Mptcp<'_, '_> {
    fn capable(&mut self) -> Option<()> {
        let syn = self.flags.has(Flags::SYN);
        let ack = self.flags.has(Flags::ACK);
        let fits = match self.len {
            4 | 12 => syn,
            20 | 22 => !syn && ack,
            _ => false,
        };
        if !fits {
            return None;
        }
        let version = self.value.first()? & 0x0f;
        if version > 1 {
            self.text.str(" Unknown Version (");
            self.text.decimal(version);
            self.text.octet(b')');
            return Some(());
        }
        self.text.str(if version == 0 { " v0" } else { " v1" });
        if self.value.get(1)? & 0x80 != 0 {
            self.text.str(" csum");
        }
        if self.len >= 12 {
            self.text.str(" {0x");
            self.hex(8)?;
            if self.len >= 20 {
                self.text.str(",0x");
                self.hex(8)?;
            }
            self.text.octet(b'}');
        }
        Some(())
    }

    fn join(&mut self) -> Option<()> {
        let has = |bits| self.flags.has(bits);
        let fits = match self.len {
            12 => has(Flags::SYN),
            16 => has(Flags::SYN | Flags::ACK),
            24 => has(Flags::ACK),
            _ => false,
        };
        if !fits {
            return None;
        }
        if self.len != 24 {
            if self.value.first()? & 1 != 0 {
                self.text.str(" backup");
            }
            self.text.str(" id ");
            self.text.decimal(*self.value.get(1)?);
        }
        match self.len {
            12 => {
                self.text.str(" token 0x");
                self.hex(4)?;
                self.text.str(" nonce 0x");
                self.hex(4)
            }
            16 => {
                self.text.str(" hmac 0x");
                self.hex(8)?;
                self.text.str(" nonce 0x");
                self.hex(4)
            }
            _ => {
                self.text.str(" hmac 0x");
                for &octet in self.rest {
                    self.text.hex_octet(octet);
                }
                Some(())
            }
        }
    }

    /// Data sequence signal: FIN, acknowledgment, mapping, checksum.
    fn sequence_signal(&mut self) -> Option<()> {
        let bits = *self.value.get(1)?;
        if self.flags.has(Flags::SYN) {
            return None;
        }
        if bits & 0x10 != 0 {
            self.text.str(" fin");
        }
        if bits & 0x01 != 0 {
            self.text.str(" ack ");
            self.number(if bits & 0x02 != 0 { 8 } else { 4 })?;
        }
        if bits & 0x04 != 0 {
            self.text.str(" seq ");
            self.number(if bits & 0x08 != 0 { 8 } else { 4 })?;
            self.named(" subseq ", 4)?;
            self.named(" len ", 2)?;
            if self.rest.len() >= 2 {
                self.text.str(" csum 0x");
                self.hex(2)?;
            }
        }
        self.rest.is_empty().then_some(())
    }

    fn add_address(&mut self) -> Option<()> {
        let is_v4 = matches!(self.len, 8 | 10 | 16 | 18);
        if !is_v4 && !matches!(self.len, 20 | 22 | 28 | 30) {
            return None;
        }
        let version = match self.value.first()? & 0x0f {
            0 => " v1",
            1 => " v1-echo",
            4 => " v0-ip4",
            6 => " v0-ip6",
            _ => " [bad version/echo]",
        };
        self.text.str(version);
        self.text.str(" id ");
        self.text.decimal(*self.value.get(1)?);
        self.text.octet(b' ');
        if is_v4 {
            let (address, rest) = self.rest.split_first_chunk::<4>()?;
            self.text.ipv4(Ipv4Addr::from(*address));
            self.rest = rest;
        } else {
            let (address, rest) = self.rest.split_first_chunk::<16>()?;
            self.text.ipv6(Ipv6Addr::from(*address));
            self.rest = rest;
        }
        if self.rest.len() % 8 == 2 {
            self.named(":", 2)?;
        }
        if self.rest.len() == 8 {
            self.text.str(" hmac 0x");
            self.hex(8)?;
        }
        Some(())
    }

    fn remove_addresses(&mut self) -> Option<()> {
        if self.len < 4 {
            return None;
        }
        self.text.str(" id");
        for &id in self.value.get(1..)? {
            self.text.octet(b' ');
            self.text.decimal(id);
        }
        Some(())
    }

    fn priority(&mut self) -> Option<()> {
        if self.len != 3 && self.len != 4 {
            return None;
        }
        let is_backup = self.value.first()? & 1 != 0;
        self.text
            .str(if is_backup { " backup" } else { " non-backup" });
        if let Some(&id) = self.value.get(1) {
            self.text.str(" id ");
            self.text.decimal(id);
        }
        Some(())
    }

    fn eight_octets(&mut self, name: &str, as_hex: bool) -> Option<()> {
        if self.len != 12 {
            return None;
        }
        self.text.str(name);
        if as_hex { self.hex(8) } else { self.number(8) }
    }

    fn take(&mut self, width: usize) -> Option<u64> {
        let (octets, rest) = self.rest.split_at_checked(width)?;
        self.rest = rest;
        Some(
            octets
                .iter()
                .fold(0, |value, &octet| value << 8 | u64::from(octet)),
        )
    }

    fn number(&mut self, width: usize) -> Option<()> {
        let number = self.take(width)?;
        self.text.decimal(number);
        Some(())
    }

    /// A number with a name that tcpdump writes only where the number is there.
    fn named(&mut self, name: &str, width: usize) -> Option<()> {
        let number = self.take(width)?;
        self.text.str(name);
        self.text.decimal(number);
        Some(())
    }

    fn hex(&mut self, width: usize) -> Option<()> {
        let number = self.take(width)?;
        #[expect(clippy::cast_possible_truncation, reason = "the lower half")]
        let (upper, lower) = ((number >> 32) as u32, number as u32);
        if upper == 0 {
            self.text.hex(lower);
        } else {
            self.text.hex(upper);
            self.text.hex_digits(lower, 8);
        }
        Some(())
    }
}
