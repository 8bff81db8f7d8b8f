//! Sockets that no program has open, as far as is known: that shows later, and no segment
//! tells when.

use std::collections::HashMap;

use tcptrace::socket::{Holder, Socket, SocketPair, SocketWord};

/// How often is asked again whose a socket is.
const MOST_AGAIN: u8 = 5;

/// How often was asked again about each of them.
#[derive(Debug, Default)]
pub(super) struct Ownerless(HashMap<SocketPair, u8>);

impl Ownerless {
    /// Whether to ask again about a socket of which the kernel said this: a program takes
    /// it from the queue without a segment, and /proc is not read each time. There is room
    /// for `most`.
    pub(super) fn is_to_be_asked_again(&mut self, word: &SocketWord, most: usize) -> bool {
        let is_open = |it: &Socket| match it.holder {
            Holder::Program => it.owner.is_none(),
            Holder::AcceptQueue => true,
            Holder::Kernel => false,
        };
        if !word.socket.as_ref().is_some_and(is_open) {
            self.0.remove(&word.ends);
            return false;
        }
        if self.0.len() >= most && !self.0.contains_key(&word.ends) {
            return false;
        }
        let times = self.0.entry(word.ends).or_default();
        *times = times.saturating_add(1);
        *times <= MOST_AGAIN
    }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, SocketAddr};

    use tcptrace::socket::{KernelState, Owner};
    use tcptrace::time::Timestamp;

    use super::*;

    fn word(port: u16, holder: Holder, owner: Option<Owner>) -> SocketWord {
        let at = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        SocketWord {
            ends: SocketPair {
                local: at(port),
                remote: at(80),
            },
            at: Timestamp::new(0, 0),
            socket: Some(Socket {
                state: KernelState::Established,
                holder,
                owner,
                receive_queue: 0,
                send_queue: 0,
                figures: None,
            }),
            listener: None,
        }
    }

    fn owner() -> Owner {
        Owner {
            pid: 7,
            name: "nginx".into(),
            user: "www".into(),
            others: 0,
        }
    }

    #[test]
    fn whose_a_socket_is_is_asked_again_some_times_until_it_is_known() {
        let mut ownerless = Ownerless::default();
        let queued = word(1, Holder::AcceptQueue, Some(owner()));
        let again: Vec<_> = (0..7)
            .map(|_| ownerless.is_to_be_asked_again(&queued, 8))
            .collect();
        assert_eq!(again, [true, true, true, true, true, false, false]);
        let unknown = word(2, Holder::Program, None);
        assert!(ownerless.is_to_be_asked_again(&unknown, 8));
        for known in [
            word(1, Holder::Program, Some(owner())),
            word(2, Holder::Kernel, None),
        ] {
            assert!(!ownerless.is_to_be_asked_again(&known, 8));
        }
        assert!(ownerless.0.is_empty());
    }

    #[test]
    fn there_is_room_for_so_many() {
        let mut ownerless = Ownerless::default();
        let mut asks = |port| ownerless.is_to_be_asked_again(&word(port, Holder::Program, None), 1);
        assert_eq!([asks(1), asks(2), asks(1)], [true, false, true]);
    }
}
