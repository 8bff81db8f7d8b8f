//! Segments of a third party, with any address.

use std::net::SocketAddr;

use socket2::{Domain, Protocol, Socket, Type};

use crate::support::frame::{ETHERNET_LEN, Segment};

/// `IPPROTO_RAW`: what is sent begins with its IP header.
const WITH_HEADER: i32 = 255;

/// Sends a segment as it is.
pub fn send(segment: &Segment) {
    let domain = Domain::for_address(segment.dst);
    let socket = Socket::new(domain, Type::RAW, Some(Protocol::from(WITH_HEADER))).unwrap();
    let frame = segment.to_ethernet();
    let to = SocketAddr::new(segment.dst.ip(), 0);
    socket.send_to(&frame[ETHERNET_LEN..], &to.into()).unwrap();
}
