//! What the kernel said of both sockets while the connection was open on the screen, and
//! between which frames, so that the lines tell it there.

use std::net::SocketAddr;

use tcptrace::socket::{SocketPair, SocketRecord, SocketWord};
use tcptrace::track::connection::Connection;
use tcptrace::track::dir::Dir;

/// So many words are told again; no connection has more states, but a socket may change
/// hands.
const MOST: usize = 1000;

/// Words, in order, each with the place of the frame before which it came.
#[derive(Debug, Default)]
pub struct SocketWords {
    words: Vec<(u64, SocketWord)>,
}

impl SocketWords {
    /// Takes what the run's record has heard, where that is news, behind so many frames.
    pub fn take(&mut self, place: u64, connection: &Connection) {
        let flow = &connection.flow;
        let (client, server) = (flow.client_addr(), flow.server_addr());
        let both = [
            (Dir::ToServer, client, server),
            (Dir::ToClient, server, client),
        ];
        for (dir, local, remote) in both {
            let record = connection.socket_of(dir);
            let word = record.and_then(|record| word(record, local, remote));
            if let Some(word) = word.filter(|word| self.is_news(word) && self.words.len() < MOST) {
                self.words.push((place, word));
            }
        }
    }

    fn is_news(&self, word: &SocketWord) -> bool {
        let known = |word: &SocketWord| {
            let socket = word.socket.as_ref();
            socket.map(|socket| (socket.state, socket.holder, socket.owner.clone()))
        };
        let mut before = self.words.iter().rev().map(|(_, before)| before);
        let before = before.find(|before| before.ends == word.ends);
        before.is_none_or(|before| known(before) != known(word))
    }

    /// The word of a number, and its place.
    pub fn nth(&self, number: usize) -> Option<&(u64, SocketWord)> {
        self.words.get(number)
    }
}

fn word(record: &SocketRecord, local: SocketAddr, remote: SocketAddr) -> Option<SocketWord> {
    let (at, _) = record.latest.as_ref()?;
    Some(SocketWord {
        ends: SocketPair { local, remote },
        at: *at,
        socket: record.socket().cloned(),
        listener: None,
    })
}
