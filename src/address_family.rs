//! Address families, by which some link headers tell what follows. Each system
//! has its own numbers.

/// A family of addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressFamily {
    /// IPv4.
    Ipv4,
    /// IPv6.
    Ipv6,
}

impl AddressFamily {
    /// The BSDs' number; each of them has one of its own for IPv6.
    #[must_use]
    pub const fn of_bsd(number: u32) -> Option<Self> {
        match number {
            2 => Some(Self::Ipv4),
            24 | 28 | 30 => Some(Self::Ipv6),
            _ => None,
        }
    }

    /// Linux's number.
    #[must_use]
    pub const fn of_linux(number: u8) -> Option<Self> {
        match number {
            2 => Some(Self::Ipv4),
            10 => Some(Self::Ipv6),
            _ => None,
        }
    }
}

/// The number at the beginning of a header of the BSDs. It is in the byte order
/// of the host that captured, which shows by which half is zero.
#[must_use]
pub fn bsd_number(header: &[u8]) -> u32 {
    let number = header
        .first_chunk()
        .map_or(0, |four| u32::from_le_bytes(*four));
    if number & 0xffff_0000 == 0 {
        number
    } else {
        number.swap_bytes()
    }
}
