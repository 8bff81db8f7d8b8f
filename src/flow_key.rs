//! What tells connections apart: the two addresses and ports.

use std::hash::{Hash, Hasher};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4};

/// Both ends of a connection, the same for either direction.
///
/// Packed into words, since every segment hashes and compares one. The lower
/// end by address and port stands first.
#[derive(Debug, Clone, Copy, Eq)]
pub struct FlowKey {
    addresses: [u64; 4],
    /// The ports, the lower end's in bits 16 to 31; bit 32 set for IPv6, so
    /// that an IPv4 address is never taken for the IPv6 one with its value.
    ports: u64,
}

/// An end of a connection by its place in a [`FlowKey`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The end with the lower address and port.
    Low,
    /// The other end.
    High,
}

const IS_IPV6: u64 = 1 << 32;

impl FlowKey {
    /// The key of what passes between `src` and `dst`, and which end `src` is.
    ///
    /// By reference: a copy would read in wide pieces what was just written in
    /// narrow ones, and wait for it.
    #[must_use]
    #[inline]
    pub fn of(src: &SocketAddr, dst: &SocketAddr) -> (Self, End) {
        if let (SocketAddr::V4(src), SocketAddr::V4(dst)) = (src, dst) {
            let word =
                |end: &SocketAddrV4| u64::from(end.ip().to_bits()) << 16 | u64::from(end.port());
            return Self::of_words(word(src), word(dst));
        }
        let (source, destination) = (packed(src), packed(dst));
        let (low, high, sender) = if source <= destination {
            (source, destination, End::Low)
        } else {
            (destination, source, End::High)
        };
        let family = if src.is_ipv6() { IS_IPV6 } else { 0 };
        let key = Self {
            addresses: [low.0, low.1, high.0, high.1],
            ports: family | u64::from(low.2) << 16 | u64::from(high.2),
        };
        (key, sender)
    }

    /// The same for IPv4: address and port of an end in one word.
    #[inline]
    fn of_words(source: u64, destination: u64) -> (Self, End) {
        let (low, high, sender) = if source <= destination {
            (source, destination, End::Low)
        } else {
            (destination, source, End::High)
        };
        let port = |word: u64| word & 0xffff;
        let key = Self {
            addresses: [0, low >> 16, 0, high >> 16],
            ports: port(low) << 16 | port(high),
        };
        (key, sender)
    }

    /// Sixty-four bits that few keys share.
    #[must_use]
    #[inline]
    pub const fn digest(&self) -> u64 {
        let [a, b, c, d] = self.addresses;
        let addresses = a ^ b ^ (c ^ d).rotate_left(16);
        (addresses ^ self.ports.rotate_left(32)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    /// A number under 64 that few keys share: which of a few recent places to
    /// look at before a table is asked.
    #[must_use]
    #[inline]
    pub const fn corner(&self) -> usize {
        (self.digest() >> 58) as usize
    }

    /// Address and port of an end.
    #[must_use]
    pub fn end(&self, end: End) -> SocketAddr {
        let [low_upper, low_lower, high_upper, high_lower] = self.addresses;
        let (upper, lower, shift) = match end {
            End::Low => (low_upper, low_lower, 16),
            End::High => (high_upper, high_lower, 0),
        };
        let address = if self.ports & IS_IPV6 == 0 {
            #[expect(clippy::cast_possible_truncation, reason = "packed from 32 bits")]
            IpAddr::V4(Ipv4Addr::from_bits(lower as u32))
        } else {
            IpAddr::V6(Ipv6Addr::from_bits(
                u128::from(upper) << 64 | u128::from(lower),
            ))
        };
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a port is the lower 16 bits"
        )]
        SocketAddr::new(address, (self.ports >> shift) as u16)
    }
}

/// Word by word: the derived way loads pairs of words that were stored one by
/// one just before, and waits for them.
impl PartialEq for FlowKey {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        let is_same = |word: usize| self.addresses[word] == other.addresses[word];
        self.ports == other.ports && is_same(1) && is_same(3) && is_same(0) && is_same(2)
    }
}

/// Word by word, and only the words that an IPv4 key fills: the derived way goes
/// through the octets and costs several times as much.
impl Hash for FlowKey {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        let [a, b, c, d] = self.addresses;
        if self.ports & IS_IPV6 == 0 {
            state.write_u64(b << 32 | d);
            state.write_u64(self.ports);
        } else {
            for word in [a, b, c, d, self.ports] {
                state.write_u64(word);
            }
        }
    }
}

impl End {
    /// The other end.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Low => Self::High,
            Self::High => Self::Low,
        }
    }
}

#[inline]
fn packed(end: &SocketAddr) -> (u64, u64, u16) {
    match end {
        SocketAddr::V4(end) => (0, u64::from(end.ip().to_bits()), end.port()),
        SocketAddr::V6(end) => {
            let bits = end.ip().to_bits();
            #[expect(clippy::cast_possible_truncation, reason = "the lower half")]
            ((bits >> 64) as u64, bits as u64, end.port())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn socket(text: &str) -> SocketAddr {
        text.parse().unwrap()
    }

    #[test]
    fn both_directions_have_one_key_and_two_senders() {
        for (client, server) in [
            ("10.0.0.2:4444", "10.0.0.1:80"),
            ("[fe80::1]:1", "[fe80::1]:2"),
            ("1.1.1.1:9", "1.1.1.1:9"),
        ] {
            let (client, server) = (socket(client), socket(server));
            let (there, end) = FlowKey::of(&client, &server);
            let (back, _) = FlowKey::of(&server, &client);
            assert_eq!(there, back);
            assert_eq!((there.end(end), there.end(end.other())), (client, server));
        }
    }

    #[test]
    fn ipv4_and_the_ipv6_address_of_its_value_differ() {
        let v4 = FlowKey::of(&socket("0.0.0.1:1"), &socket("0.0.0.2:2")).0;
        let v6 = FlowKey::of(&socket("[::1]:1"), &socket("[::2]:2")).0;
        assert_ne!(v4, v6);
    }
}
