//! Which addresses are this host's.

use std::collections::HashMap;
use std::net::IpAddr;

use pnet::datalink;

/// The addresses of this host's interfaces, as they were when they were read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Locals {
    /// Each with the number of its interface.
    interfaces: HashMap<IpAddr, u32>,
}

impl Locals {
    /// As they are now.
    #[must_use]
    pub fn read() -> Self {
        let interfaces = datalink::interfaces();
        let addresses = interfaces.iter().flat_map(|interface| {
            let addresses = interface.ips.iter();
            addresses.map(|network| (network.ip(), interface.index))
        });
        Self {
            interfaces: addresses.collect(),
        }
    }

    /// Whether an address is one of them. All of 127.0.0.0/8 is.
    #[must_use]
    pub fn holds(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_loopback() || self.interfaces.contains_key(&address)
    }

    /// The number of the interface that has an address: sockets that are bound to an
    /// interface, as those of link-local addresses are, are found by it.
    pub(super) fn interface(&self, address: IpAddr) -> u32 {
        let number = self.interfaces.get(&address.to_canonical());
        number.copied().unwrap_or_default()
    }
}
