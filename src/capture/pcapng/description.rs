//! What pcapng blocks say beside frames: about the section, its interfaces, and
//! the names of addresses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::options::{Options, Overrun, text};
use crate::capture::order::Order;
use crate::link_type::LinkType;
use crate::names::Names;
use crate::origin::Interface;

/// An option of any block: a comment.
pub(super) const COMMENT: u16 = 1;
/// Options of an interface description.
const NAME: u16 = 2;
const DESCRIPTION: u16 = 3;
const RESOLUTION: u16 = 9;
const FILTER: u16 = 11;
const SYSTEM: u16 = 12;
const OFFSET: u16 = 14;
/// Records of names.
const IPV4: u16 = 1;
const IPV6: u16 = 2;

/// Octets of an interface description before its options: link type, reserved,
/// snapshot length.
pub(super) const INTERFACE_HEADER: usize = 8;
/// Octets of a section header before its options: byte order, version, length.
const SECTION_HEADER: usize = 16;
/// The longest name that is believed, in octets, as in the DNS.
const MOST_NAME: usize = 255;

/// What an interface description says, and its `if_tsoffset`. Text finds
/// `room`, or is forgotten.
pub(super) fn interface(
    order: Order,
    body: &[u8],
    room: &mut usize,
) -> Result<(Interface, i64), Overrun> {
    let mut keep = |place: &mut Option<Box<str>>, value| {
        let text = text(value);
        if place.is_none() && !text.is_empty() && text.len() <= *room {
            *room -= text.len();
            *place = Some(text.into());
        }
    };
    let link_type = LinkType(order.u16(body, 0));
    let mut interface = Interface::new(link_type, order.u32(body, 4), 6);
    let mut offset = 0;
    let options = body.get(INTERFACE_HEADER..).unwrap_or_default();
    for option in Options::new(order, options) {
        match option? {
            (COMMENT, value) => keep(&mut interface.comment, value),
            (NAME, value) => keep(&mut interface.name, value),
            (DESCRIPTION, value) => keep(&mut interface.description, value),
            // A zero says that it is an expression and no program.
            (FILTER, [0, value @ ..]) => keep(&mut interface.filter, value),
            (SYSTEM, value) => keep(&mut interface.system, value),
            (RESOLUTION, &[resolution]) => interface.resolution = resolution,
            (OFFSET, value) => {
                let octets = value.first_chunk().filter(|_| value.len() == 8);
                offset = octets.map_or(offset, |octets| order.i64(*octets));
            }
            _ => {}
        }
    }
    Ok((interface, offset))
}

/// The comment on a section, by its header.
pub(super) fn comment(order: Order, body: &[u8]) -> Option<Box<str>> {
    let options = body.get(SECTION_HEADER..).unwrap_or_default();
    Options::new(order, options).text(COMMENT).map(Box::from)
}

/// The names in a name resolution block. What is damaged is passed over: no
/// frame depends on it.
pub(super) fn names(order: Order, body: &[u8], names: &mut Names) {
    for (kind, value) in Options::new(order, body).map_while(Result::ok) {
        let (address, given) = match kind {
            IPV4 => match value.split_first_chunk::<4>() {
                Some((&octets, given)) => (IpAddr::V4(Ipv4Addr::from(octets)), given),
                None => continue,
            },
            IPV6 => match value.split_first_chunk::<16>() {
                Some((&octets, given)) => (IpAddr::V6(Ipv6Addr::from(octets)), given),
                None => continue,
            },
            _ => continue,
        };
        // An address may have several, each with a zero behind it.
        for name in given.split(|&octet| octet == 0).map(text) {
            if !name.is_empty() && name.len() <= MOST_NAME {
                names.learn(address, name);
            }
        }
    }
}
