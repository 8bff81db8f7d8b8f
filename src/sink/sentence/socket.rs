//! What the kernel says of a socket, in words.

use crate::sink::text::Text;
use crate::sink::words::Words;
use crate::sink::words::fill::said;
use crate::socket::{Holder, Owner, Socket, SocketRecord};
use crate::track::connection::Connection;
use crate::track::dir::Dir;

/// What the kernel says of the socket of the end that sends in direction `dir`: the first
/// time with the end's address and the user of its owner. Nothing where a socket is gone
/// whose connection is over.
#[must_use]
pub fn socket(connection: &Connection, dir: Dir, words: &Words) -> Option<String> {
    let record = connection.socket_of(dir)?;
    let flow = &connection.flow;
    let mut sentence = words.sender(dir).to_owned();
    if record.is_owner_new || record.owner.is_none() {
        let end = match dir {
            Dir::ToServer => flow.client_addr(),
            Dir::ToClient => flow.server_addr(),
        };
        sentence.push(' ');
        sentence.push_str(&end.to_string());
    }
    sentence.push(' ');
    match record.socket() {
        Some(socket) => sentence.push_str(&there(socket, record, words)),
        None if record.differs => sentence.push_str(&gone(record, words)),
        None => return None,
    }
    if record.differs {
        let state = words.state(flow.sender(dir).state);
        sentence.push_str(&said!(words.sockets.the_wire, state));
    }
    Some(sentence)
}

/// A process, and what it is called; and its user, where that `has_user`.
#[must_use]
pub fn owner(owner: &Owner, has_user: bool, words: &Words) -> String {
    let mut named = Text::default();
    named.decimal(owner.pid);
    named.octet(b' ');
    named.printable(&owner.name);
    if has_user {
        named.str(" (");
        named.printable(&owner.user);
        named.octet(b')');
    }
    let named = String::from_utf8_lossy(named.octets()).into_owned();
    match owner.others {
        0 => named,
        others => said!(words.sockets.shared, &named, others),
    }
}

fn there(socket: &Socket, record: &SocketRecord, words: &Words) -> String {
    let said = &words.sockets;
    let state = socket.state.name();
    let owner = known(record, words);
    match (socket.holder, owner) {
        (Holder::Program, Some(owner)) => said!(said.owned, state, &owner),
        (Holder::Program, None) => said!(said.owner_unknown, state),
        (Holder::AcceptQueue, Some(owner)) => said!(said.not_accepted, state, &owner),
        (Holder::AcceptQueue, None) => said!(said.not_accepted_yet, state),
        (Holder::Kernel, Some(owner)) => said!(said.no_owner_was, state, &owner),
        (Holder::Kernel, None) => said!(said.no_owner, state),
    }
}

fn gone(record: &SocketRecord, words: &Words) -> String {
    match known(record, words) {
        Some(owner) => said!(words.sockets.gone_was, &owner),
        None => words.sockets.gone.to_owned(),
    }
}

fn known(record: &SocketRecord, words: &Words) -> Option<String> {
    let known = record.owner.as_ref()?;
    Some(owner(known, record.is_owner_new, words))
}
