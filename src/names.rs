//! Names of addresses, as a capture file brought them along.

use std::collections::HashMap;
use std::net::IpAddr;

/// Octets of names and addresses that are kept at most: a hostile file cannot
/// make the program keep more.
const MOST_OCTETS: usize = 8 * 1024 * 1024;
/// What a name costs besides its letters.
const ENTRY: usize = 64;

/// Names of addresses. What does not find room is forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names {
    known: HashMap<IpAddr, Box<str>>,
    octets: usize,
}

impl Names {
    /// The name of an address. It may hold control characters, as any text of a
    /// file.
    #[must_use]
    pub fn name(&self, address: IpAddr) -> Option<&str> {
        self.known.get(&address).map(|name| &**name)
    }

    /// Gives an address a name; the last one holds, as in Wireshark.
    pub fn learn(&mut self, address: IpAddr, name: &str) {
        let octets = self.octets + ENTRY + name.len();
        if octets <= MOST_OCTETS {
            let forgotten = self.known.insert(address, name.into());
            self.octets = octets - forgotten.map_or(0, |name| ENTRY + name.len());
        }
    }

    /// How many addresses have a name.
    #[must_use]
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether no address has a name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    #[test]
    fn there_is_an_end_to_what_is_kept() {
        let mut names = Names::default();
        let name = "x".repeat(1000);
        for number in 0..20_000 {
            names.learn(IpAddr::V4(Ipv4Addr::from_bits(number)), &name);
        }
        assert_eq!(names.len(), MOST_OCTETS / (1000 + ENTRY));
        assert!(names.name(IpAddr::V4(Ipv4Addr::from_bits(0))).is_some());
    }
}
