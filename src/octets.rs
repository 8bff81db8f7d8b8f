//! Numbers in headers, in network byte order.

/// The number of two octets at `at`; 0 where they are not there.
#[must_use]
#[inline]
pub fn be16(octets: &[u8], at: usize) -> u16 {
    octets
        .get(at..)
        .and_then(|rest| rest.first_chunk())
        .map_or(0, |two| u16::from_be_bytes(*two))
}
