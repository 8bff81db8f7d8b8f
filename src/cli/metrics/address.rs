//! Where metrics are served: an address and a port, or a port of this host alone.

use std::net::{Ipv4Addr, SocketAddr};

/// `ADDRESS:PORT`, or `:PORT` or `PORT` on loopback.
pub fn parse(text: &str) -> Result<SocketAddr, String> {
    let port = text.strip_prefix(':').unwrap_or(text);
    let on_loopback = port.parse().map(|port| (Ipv4Addr::LOCALHOST, port).into());
    on_loopback.or_else(|_| text.parse()).map_err(|_| {
        "a place to serve on is ADDRESS:PORT, or :PORT for this host alone: 192.0.2.1:9114, :9114"
            .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_alone_is_served_to_this_host_alone() {
        for (text, addr) in [
            ("9114", "127.0.0.1:9114"),
            (":9114", "127.0.0.1:9114"),
            ("0.0.0.0:9114", "0.0.0.0:9114"),
            ("[::1]:9114", "[::1]:9114"),
        ] {
            assert_eq!(parse(text), Ok(addr.parse().unwrap()), "{text}");
        }
        for text in ["", ":", "host:9114", "65536", "127.0.0.1", "::1"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
