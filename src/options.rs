//! The options of a TCP header.
//!
//! Own code: etherparse's iterator ends at the first kind it does not know,
//! and hides what stands behind an MPTCP or Fast Open option.

use crate::seq::SeqNum;

/// The option area of a TCP header, as far as it was captured.
#[derive(Debug, Clone, Copy, Default)]
pub struct TcpOptions<'a> {
    /// The captured octets of the area.
    pub bytes: &'a [u8],
    /// Octets of the area that were not captured.
    pub missing: u8,
}

/// What nearly every segment carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usual {
    /// No option.
    Nothing,
    /// Two no-operations and the timestamps.
    Timestamps {
        /// The timestamp.
        value: u32,
        /// The one that is echoed.
        echo: u32,
    },
}

/// Option kinds with a meaning here, by their IANA numbers.
pub mod kind {
    /// End of option list, RFC 9293 §3.2.
    pub const END: u8 = 0;
    /// No operation, RFC 9293 §3.2.
    pub const NOP: u8 = 1;
    /// Maximum segment size, RFC 9293 §3.2.
    pub const MSS: u8 = 2;
    /// Window scale, RFC 7323 §2.
    pub const WINDOW_SCALE: u8 = 3;
    /// SACK permitted, RFC 2018 §2.
    pub const SACK_PERMITTED: u8 = 4;
    /// SACK, RFC 2018 §3.
    pub const SACK: u8 = 5;
    /// Echo, RFC 1072 (obsolete).
    pub const ECHO: u8 = 6;
    /// Echo reply, RFC 1072 (obsolete).
    pub const ECHO_REPLY: u8 = 7;
    /// Timestamps, RFC 7323 §3.
    pub const TIMESTAMPS: u8 = 8;
    /// Connection count, RFC 1644 (obsolete).
    pub const CC: u8 = 11;
    /// Connection count, new, RFC 1644 (obsolete).
    pub const CC_NEW: u8 = 12;
    /// Connection count, echo, RFC 1644 (obsolete).
    pub const CC_ECHO: u8 = 13;
    /// MD5 signature, RFC 2385.
    pub const MD5: u8 = 19;
    /// Space communications protocol, CCSDS 714.0.
    pub const SCPS: u8 = 20;
    /// User timeout, RFC 5482.
    pub const USER_TIMEOUT: u8 = 28;
    /// Authentication, RFC 5925.
    pub const AUTHENTICATION: u8 = 29;
    /// Multipath TCP, RFC 8684.
    pub const MPTCP: u8 = 30;
    /// Fast Open cookie, RFC 7413.
    pub const FAST_OPEN: u8 = 34;
    /// Experiments, RFC 6994: told apart by a 16-bit identifier.
    pub const EXPERIMENT_1: u8 = 253;
    /// The same.
    pub const EXPERIMENT_2: u8 = 254;
}

/// One option: its kind and the octets after the length octet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TcpOption<'a> {
    /// The option kind.
    pub kind: u8,
    /// What it carries, kind and length octets left out.
    pub value: &'a [u8],
}

impl<'a> TcpOptions<'a> {
    /// The options in order, as far as they are well formed and captured.
    /// No-operation octets are left out; the list ends at the end-of-list
    /// option, at a bad length, or where the capture was cut.
    pub fn iter(self) -> impl Iterator<Item = TcpOption<'a>> {
        let mut rest = self.bytes;
        std::iter::from_fn(move || {
            loop {
                match *rest {
                    [kind::NOP, ref tail @ ..] => rest = tail,
                    [kind, len, ..] if kind != kind::END => {
                        let option = rest.get(2..usize::from(len))?;
                        rest = rest.get(usize::from(len)..)?;
                        return Some(TcpOption {
                            kind,
                            value: option,
                        });
                    }
                    _ => return None,
                }
            }
        })
    }

    /// What is captured of them, where that is what nearly every segment carries,
    /// so that it needs no walk.
    #[must_use]
    #[inline]
    pub const fn usual(self) -> Option<Usual> {
        match *self.bytes {
            [] => Some(Usual::Nothing),
            // So the standard advises (RFC 7323 appendix A).
            [
                kind::NOP,
                kind::NOP,
                kind::TIMESTAMPS,
                10,
                v0,
                v1,
                v2,
                v3,
                e0,
                e1,
                e2,
                e3,
            ] => Some(Usual::Timestamps {
                value: u32::from_be_bytes([v0, v1, v2, v3]),
                echo: u32::from_be_bytes([e0, e1, e2, e3]),
            }),
            _ => None,
        }
    }

    /// Whether they are the [usual](Self::usual) ones.
    #[must_use]
    #[inline]
    pub(crate) const fn are_usual(self) -> bool {
        self.usual().is_some()
    }

    /// The timestamps option.
    #[must_use]
    pub fn timestamps(self) -> Option<(u32, u32)> {
        match self.usual() {
            Some(Usual::Nothing) => None,
            Some(Usual::Timestamps { value, echo }) => Some((value, echo)),
            None => self
                .iter()
                .find(|option| option.kind == kind::TIMESTAMPS)?
                .timestamps(),
        }
    }
}

impl TcpOption<'_> {
    /// Maximum segment size in octets.
    #[must_use]
    pub fn mss(self) -> Option<u16> {
        match *self.value {
            [high, low] if self.kind == kind::MSS => Some(u16::from_be_bytes([high, low])),
            _ => None,
        }
    }

    /// Window scale: the shift count, as sent.
    #[must_use]
    pub fn window_scale(self) -> Option<u8> {
        match *self.value {
            [shift] if self.kind == kind::WINDOW_SCALE => Some(shift),
            _ => None,
        }
    }

    /// The timestamp value and the echoed one.
    #[must_use]
    pub fn timestamps(self) -> Option<(u32, u32)> {
        match *self.value {
            [v0, v1, v2, v3, e0, e1, e2, e3] if self.kind == kind::TIMESTAMPS => Some((
                u32::from_be_bytes([v0, v1, v2, v3]),
                u32::from_be_bytes([e0, e1, e2, e3]),
            )),
            _ => None,
        }
    }

    /// The blocks of a SACK option: left edge and right edge (exclusive).
    pub fn sack_blocks(self) -> impl Iterator<Item = (SeqNum, SeqNum)> {
        let blocks = if self.kind == kind::SACK {
            self.value
        } else {
            &[]
        };
        blocks.chunks_exact(8).map(|block| {
            let edge = |at: usize| block.get(at..at + 4).map_or(0, be32);
            (SeqNum(edge(0)), SeqNum(edge(4)))
        })
    }

    /// The Fast Open cookie; empty for a request of one. Both the assigned
    /// kind and the experimental one that came before it (RFC 7413 appendix A).
    #[must_use]
    pub fn fast_open_cookie(&self) -> Option<&[u8]> {
        match (self.kind, self.value) {
            (kind::FAST_OPEN, cookie)
            | (kind::EXPERIMENT_1 | kind::EXPERIMENT_2, [0xf9, 0x89, cookie @ ..]) => Some(cookie),
            _ => None,
        }
    }
}

fn be32(octets: &[u8]) -> u32 {
    octets
        .first_chunk()
        .map_or(0, |four| u32::from_be_bytes(*four))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(bytes: &[u8]) -> Vec<u8> {
        TcpOptions { bytes, missing: 0 }
            .iter()
            .map(|option| option.kind)
            .collect()
    }

    #[test]
    fn an_unknown_kind_hides_nothing_behind_it() {
        assert_eq!(kinds(&[1, 200, 3, 0, 3, 3, 7]), [200, 3]);
    }

    #[test]
    fn a_bad_length_ends_the_list() {
        assert_eq!(kinds(&[4, 2, 2, 9, 0]), [4]);
        assert!(kinds(&[2, 0, 4, 2]).is_empty());
        assert!(kinds(&[2, 1, 4, 2]).is_empty());
    }

    #[test]
    fn the_end_of_list_ends_the_list() {
        assert_eq!(kinds(&[4, 2, 0, 3, 3, 7]), [4]);
    }
}
