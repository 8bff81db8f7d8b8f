//! Addresses and ports in a line: numbers, or names where they are wanted.
//!
//! Addresses inside options stay numbers.

use std::net::{IpAddr, SocketAddr};

use crate::directory::Transport;
use crate::segment::Packet;
use crate::sink::line::LineOptions;
use crate::sink::text::Text;

/// Writes an address.
#[inline]
pub(super) fn address(
    address: IpAddr,
    packet: &Packet<'_>,
    options: &LineOptions,
    text: &mut Text,
) {
    if !is_named(address, packet, options, text) {
        text.address(address);
    }
}

/// Writes an address and a port.
#[inline]
pub(super) fn endpoint(
    end: SocketAddr,
    transport: Transport,
    packet: &Packet<'_>,
    options: &LineOptions,
    text: &mut Text,
) {
    if options.names.is_none() {
        return text.endpoint(end);
    }
    address(end.ip(), packet, options, text);
    text.octet(b'.');
    port(end.port(), transport, options, text);
}

/// Writes a port.
#[inline]
pub(super) fn port(port: u16, transport: Transport, options: &LineOptions, text: &mut Text) {
    if let Some(names) = &options.names
        && let Some(name) = names.borrow().service(transport, port)
    {
        return text.printable(name);
    }
    text.decimal(port);
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

/// Writes the name of an address; `false` where it has none.
fn is_named(address: IpAddr, packet: &Packet<'_>, options: &LineOptions, text: &mut Text) -> bool {
    let Some(names) = &options.names else {
        return false;
    };
    let own = packet.frame.origin.map(|origin| &origin.names);
    let mut names = names.borrow_mut();
    let name = names.host(address, own);
    if let Some(name) = name {
        text.printable(name);
    }
    name.is_some()
}
