//! What the kernel says of the sockets of this host: its states, queues and figures by
//! `sock_diag(7)`, and by /proc whose they are. The feature `live`.
//!
//! What is seen are the sockets of the network namespace that the process is in, which is
//! the one whose interfaces it captures on. Processes in containers are named where their
//! sockets are in that namespace and /proc shows them; a container with a network
//! namespace of its own is asked about by a run inside it (`ip netns exec`, `nsenter -n`).
//!
//! Nothing here waits for anybody but the kernel, and nothing knows the time: who asks
//! says what time it is.

mod figures;
pub mod locals;
mod netlink;
mod owners;
mod process;

use std::net::SocketAddr;

use netlink_packet_sock_diag::inet::InetResponse;

use crate::capture::live::sockets::locals::Locals;
use crate::capture::live::sockets::netlink::SockDiag;
use crate::capture::live::sockets::owners::Owners;
use crate::error::Error;
use crate::socket::{Holder, KernelState, Owner, Socket, SocketPair, SocketWord};
use crate::time::Timestamp;

/// Asks the kernel about sockets.
#[derive(Debug)]
pub struct Asker {
    kernel: SockDiag,
    owners: Owners,
}

/// A socket that the kernel has told of, before it is known whose it is.
struct FoundSocket {
    ends: SocketPair,
    socket: Option<InetResponse>,
    /// The listener at that end, where no program holds the socket.
    listener: Option<InetResponse>,
}

impl Asker {
    /// Begins to ask, in the network namespace of the calling thread.
    ///
    /// # Errors
    ///
    /// [`Error::Sockets`] where the kernel does not tell of sockets.
    pub fn open() -> Result<Self, Error> {
        Ok(Self {
            kernel: SockDiag::open().map_err(Error::Sockets)?,
            owners: Owners::default(),
        })
    }

    /// Whether an owner is unknown as the process may not read who has which files open.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.owners.is_refused() && !process::may_read_all()
    }

    /// Asks about these ends, all at once. It is `now`, by which /proc is not read
    /// more often than it is worth.
    ///
    /// The kernel names no process; /proc tells who has which socket open. A connection
    /// that is new to /proc and has a listener at its end belongs to who listens there
    /// until /proc says otherwise, so that short ones have an owner, too.
    ///
    /// # Errors
    ///
    /// [`Error::Sockets`] where the kernel answers no longer.
    pub fn ask(
        &mut self,
        ends: &[SocketPair],
        locals: &Locals,
        now: Timestamp,
    ) -> Result<Vec<SocketWord>, Error> {
        let told: Result<Vec<FoundSocket>, _> = ends
            .iter()
            .map(|ends| self.look_up(*ends, locals))
            .collect();
        let told = told.map_err(Error::Sockets)?;
        let inodes = told.iter().flat_map(FoundSocket::inodes);
        self.owners.look_for(inodes, now);
        Ok(told.iter().map(|told| self.word(told, now)).collect())
    }

    fn look_up(&mut self, ends: SocketPair, locals: &Locals) -> std::io::Result<FoundSocket> {
        let interface = locals.interface(ends.local.ip());
        let found = self.kernel.look_up(ends, interface)?;
        let (socket, mut listener) = match found {
            // Where there is no such socket the kernel tells of who listens there.
            Some(found) if !is_of(&found, ends) => (None, Some(found)),
            found => (found, None),
        };
        if let Some(socket) = &socket
            && !is_left(state(socket))
            && !self.owners.knows(socket.header.inode)
        {
            let anybody = SocketPair {
                local: ends.local,
                remote: match ends.remote {
                    SocketAddr::V4(_) => SocketAddr::from(([0; 4], 0)),
                    SocketAddr::V6(_) => SocketAddr::from(([0; 16], 0)),
                },
            };
            listener = self.kernel.look_up(anybody, interface)?;
        }
        let listener = listener.filter(|found| state(found) == KernelState::Listen);
        Ok(FoundSocket {
            ends,
            socket,
            listener,
        })
    }

    fn word(&mut self, told: &FoundSocket, at: Timestamp) -> SocketWord {
        let listener = told.listener.as_ref();
        let listener = listener.and_then(|found| self.owners.owner(found.header.inode));
        let socket = told
            .socket
            .as_ref()
            .map(|found| self.socket(found, listener.as_ref()));
        SocketWord {
            ends: told.ends,
            at,
            listener: listener.filter(|_| socket.is_none()),
            socket,
        }
    }

    fn socket(&mut self, found: &InetResponse, listener: Option<&Owner>) -> Socket {
        let (header, state) = (&found.header, state(found));
        let holder = match header.inode {
            0 if is_left(state) => Holder::Kernel,
            0 => Holder::AcceptQueue,
            _ => Holder::Program,
        };
        let owner = match holder {
            Holder::Program => self.owners.owner(header.inode).or(listener.cloned()),
            Holder::AcceptQueue => listener.cloned(),
            Holder::Kernel => None,
        };
        Socket {
            state,
            holder,
            owner,
            receive_queue: header.recv_queue,
            send_queue: header.send_queue,
            figures: figures::of(&found.nlas),
        }
    }
}

impl FoundSocket {
    /// The sockets whose owners are asked for.
    fn inodes(&self) -> impl Iterator<Item = u32> {
        let both = [&self.socket, &self.listener].into_iter().flatten();
        both.map(|found| found.header.inode)
            .filter(|inode| *inode != 0)
    }
}

fn state(found: &InetResponse) -> KernelState {
    netlink::state(found.header.state)
}

/// Whether a program that closes its socket leaves it in this state.
const fn is_left(state: KernelState) -> bool {
    matches!(
        state,
        KernelState::FinWait1
            | KernelState::FinWait2
            | KernelState::Closing
            | KernelState::LastAck
            | KernelState::TimeWait
            | KernelState::Closed
    )
}

/// Whether it is the socket between these ends. IPv6 sockets talk IPv4, too, and then
/// have addresses that hold those.
fn is_of(found: &InetResponse, ends: SocketPair) -> bool {
    let id = &found.header.socket_id;
    let is = |address: std::net::IpAddr, port, end: SocketAddr| {
        address.to_canonical() == end.ip().to_canonical() && port == end.port()
    };
    is(id.source_address, id.source_port, ends.local)
        && is(id.destination_address, id.destination_port, ends.remote)
}
