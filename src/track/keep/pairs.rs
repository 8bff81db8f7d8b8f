//! What is known of pairs of an address and a server that it asks, over connections.

use std::net::{IpAddr, SocketAddr};

use crate::track::flow::Flow;

/// How many pairs are remembered: of those that have one place, the latest.
const MOST: usize = 1 << 10;

/// How often a SYN is sent before it is ignored and not lost.
pub(super) const IGNORED: u8 = 2;

/// An address and a server.
pub(super) type AskerAndServer = (IpAddr, SocketAddr);

/// What is known of pairs.
#[derive(Debug)]
pub(super) struct Pairs<T> {
    places: Vec<Option<(AskerAndServer, T)>>,
}

impl<T> Default for Pairs<T> {
    fn default() -> Self {
        Self { places: Vec::new() }
    }
}

impl<T> Pairs<T> {
    /// What is known of one.
    pub(super) fn known(&mut self, pair: &AskerAndServer) -> Option<&mut T> {
        let place = self.places.get_mut(place_of(pair))?.as_mut();
        place
            .filter(|(known, _)| known == pair)
            .map(|(_, value)| value)
    }

    /// Remembers something of one, in place of what its place held.
    pub(super) fn remember(&mut self, pair: AskerAndServer, value: T) {
        if self.places.is_empty() {
            self.places.resize_with(MOST, || None);
        }
        if let Some(place) = self.places.get_mut(place_of(&pair)) {
            *place = Some((pair, value));
        }
    }
}

/// The pair of a connection.
pub(super) fn pair_of(flow: &Flow) -> AskerAndServer {
    (flow.client_addr().ip(), flow.server_addr())
}

/// Where a pair is remembered.
fn place_of((client, server): &AskerAndServer) -> usize {
    let folded = |ip: &IpAddr| match ip {
        IpAddr::V4(ip) => ip.to_bits(),
        IpAddr::V6(ip) => {
            let words = ip.segments().map(u32::from);
            words
                .iter()
                .fold(0_u32, |all, word| all.rotate_left(16) ^ word)
        }
    };
    let mixed = folded(client)
        ^ folded(&server.ip()).rotate_left(16)
        ^ u32::from(server.port()).rotate_left(8);
    // Multiplied by the golden ratio, the upper bits depend on all.
    (mixed.wrapping_mul(0x9e37_79b9) >> 22) as usize
}
