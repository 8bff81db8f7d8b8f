//! Addresses and ports in a line: numbers, or names where they are wanted.
//!
//! Addresses inside options stay numbers.

use std::net::{IpAddr, SocketAddr};

use crate::segment::Packet;
use crate::sink::line::directory::{Directory, Transport};
use crate::sink::text::Text;

/// Who knows names, where they are wanted.
#[derive(Debug, Default)]
pub(super) struct Naming(pub(super) Option<Directory>);

impl Naming {
    /// Whether there are to be names instead of numbers.
    #[inline]
    pub(super) const fn is_wanted(&self) -> bool {
        self.0.is_some()
    }

    /// Writes an address.
    #[inline]
    pub(super) fn address(&mut self, address: IpAddr, packet: &Packet<'_>, text: &mut Text) {
        if !self.names(address, packet, text) {
            text.address(address);
        }
    }

    /// Writes an address and a port.
    #[inline]
    pub(super) fn endpoint(
        &mut self,
        end: SocketAddr,
        transport: Transport,
        packet: &Packet<'_>,
        text: &mut Text,
    ) {
        if !self.is_wanted() {
            return text.endpoint(end);
        }
        self.address(end.ip(), packet, text);
        text.octet(b'.');
        self.port(end.port(), transport, text);
    }

    /// Writes a port.
    #[inline]
    pub(super) fn port(&self, port: u16, transport: Transport, text: &mut Text) {
        if let Some(directory) = &self.0
            && let Some(name) = directory.service(transport, port)
        {
            return text.printable(name);
        }
        text.decimal(port);
    }

    /// Writes the name of an address; `false` where it has none.
    fn names(&mut self, address: IpAddr, packet: &Packet<'_>, text: &mut Text) -> bool {
        let Some(directory) = &mut self.0 else {
            return false;
        };
        let own = packet.frame.origin.map(|origin| &origin.names);
        let name = directory.host(address, own);
        if let Some(name) = name {
            text.printable(name);
        }
        name.is_some()
    }
}

/// tcpdump's name of a protocol that is not looked at further.
pub(super) const fn protocol(number: u8) -> Option<&'static str> {
    Some(match number {
        1 => "icmp",
        2 => "igmp",
        4 => "ipencap",
        6 => "tcp",
        17 => "udp",
        41 => "ipv6",
        47 => "gre",
        50 => "esp",
        51 => "ah",
        89 => "ospf",
        132 => "sctp",
        _ => return None,
    })
}
