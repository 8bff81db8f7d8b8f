//! MPLS label stacks (RFC 3032), and pseudowires that carry Ethernet.

use crate::decode::encapsulation::{NextHeader, plausible};
use crate::decode::walk::Walk;
use crate::layer::LayerKind;
use crate::skip::Skip;

const IPV4_EXPLICIT_NULL: u32 = 0;
const IPV6_EXPLICIT_NULL: u32 = 2;
const IMPLICIT_NULL: u32 = 3;
const BOTTOM: u32 = 0x100;
const CONTROL_WORD_LEN: usize = 4;

impl Walk<'_, '_> {
    /// All entries, up to the one with the bottom bit. What comes then is not
    /// said, but the explicit null labels tell.
    pub(super) fn mpls(&mut self) -> Result<NextHeader, Skip> {
        self.note(LayerKind::Mpls)?;
        loop {
            let entry = self.rest().first_chunk::<4>().ok_or(Skip::CutBelowTcp)?;
            let entry = u32::from_be_bytes(*entry);
            self.at += 4;
            if entry & BOTTOM != 0 {
                return match entry >> 12 {
                    IPV4_EXPLICIT_NULL | IMPLICIT_NULL => Ok(NextHeader::IPV4),
                    IPV6_EXPLICIT_NULL => Ok(NextHeader::IPV6),
                    _ => self.behind_labels(),
                };
            }
        }
    }

    /// What the first nibble tells: IP, or the control word of a pseudowire
    /// (RFC 4385 §3), whose first nibble is zero for that reason. A pseudowire
    /// may do without (RFC 4448 §4.6), and then an address may begin with any.
    fn behind_labels(&mut self) -> Result<NextHeader, Skip> {
        let (rest, left) = (self.rest(), self.wire_len());
        let is_ethernet = |at: usize| {
            let frame = rest.get(at..).unwrap_or_default();
            plausible::is_ethernet(frame, left.saturating_sub(at))
        };
        match rest.first().ok_or(Skip::NotIp)? {
            0x45..=0x4f if plausible::is_ipv4(rest, left) || !is_ethernet(0) => {
                Ok(NextHeader::IPV4)
            }
            0x60..=0x6f if plausible::is_ipv6(rest, left) || !is_ethernet(0) => {
                Ok(NextHeader::IPV6)
            }
            0x00..=0x0f if is_ethernet(CONTROL_WORD_LEN) => {
                self.fixed(LayerKind::ControlWord, CONTROL_WORD_LEN)?;
                Ok(NextHeader::ETHERNET)
            }
            _ if is_ethernet(0) => Ok(NextHeader::ETHERNET),
            _ => Err(Skip::NotIp),
        }
    }
}
