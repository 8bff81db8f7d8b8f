//! The Internet checksum (RFC 1071).

use std::net::IpAddr;

/// A ones' complement sum of 16-bit words, taken piece by piece.
///
/// ```
/// # use tcptrace::checksum::Sum;
/// assert_eq!(Sum::default().with(&[0x45, 0, 0, 1]).checksum(), !0x4501);
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Sum(u64);

impl Sum {
    /// With the octets of one piece; an odd one at its end counts as the upper
    /// half of a word, so only the last piece may be odd.
    #[must_use]
    pub fn with(mut self, octets: &[u8]) -> Self {
        let mut words = octets.chunks_exact(2);
        for word in &mut words {
            self.0 += u64::from(u16::from_be_bytes([word[0], word[1]]));
        }
        if let [last] = words.remainder() {
            self.0 += u64::from(*last) << 8;
        }
        self
    }

    /// With the pseudo header (RFC 9293 §3.1, RFC 8200 §8.1) of `len` octets
    /// of an IP protocol.
    #[must_use]
    pub fn with_pseudo_header(self, src: IpAddr, dst: IpAddr, protocol: u8, len: u32) -> Self {
        let with_address = |sum: Self, address| match address {
            IpAddr::V4(address) => sum.with(&address.octets()),
            IpAddr::V6(address) => sum.with(&address.octets()),
        };
        with_address(with_address(self, src), dst)
            .with(&len.to_be_bytes())
            .with(&[0, protocol])
    }

    /// The checksum: 0 over octets that hold a right one.
    #[must_use]
    pub const fn checksum(self) -> u16 {
        let mut sum = self.0;
        while sum > 0xffff {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        #[expect(clippy::cast_possible_truncation, reason = "folded to 16 bits")]
        !(sum as u16)
    }

    /// What a checksum that was `sent` should have been, where this is the sum
    /// over octets that include it; `None` where it is right.
    #[must_use]
    pub fn should_be(self, sent: u16) -> Option<u16> {
        let left = self.checksum();
        // Taking the sent one out of the sum, and the rest as it should be;
        // zero is written as tcpdump writes it, as all ones' complement.
        (left != 0).then(|| {
            let sum = u32::from(sent) + u32::from(left);
            #[expect(clippy::cast_possible_truncation, reason = "folded to 16 bits")]
            let folded = ((sum & 0xffff) + (sum >> 16)) as u16;
            folded
        })
    }
}
