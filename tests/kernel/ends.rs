//! The sockets of a connection.

use std::cell::Cell;
use std::fmt::{self, Display};
use std::io::Read;
use std::net::{IpAddr, SocketAddr};
use std::ops::Not;
use std::time::Duration;

use nix::sys::socket::{setsockopt, sockopt::TcpRepair};
use socket2::{Domain, SockFilter, Socket, Type};

/// No wait of a socket is longer.
const PATIENCE: Duration = Duration::from_secs(5);

/// One end of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Client,
    Server,
}

pub const CLIENT: &[End] = &[End::Client];
pub const SERVER: &[End] = &[End::Server];
pub const EITHER: &[End] = &[End::Client, End::Server];

impl End {
    /// Its key in the records.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Server => "server",
        }
    }
}

impl Not for End {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::Client => Self::Server,
            Self::Server => Self::Client,
        }
    }
}

impl Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// The addresses of a connection.
#[derive(Debug, Clone, Copy)]
pub struct Between {
    pub client: SocketAddr,
    pub server: SocketAddr,
}

impl Between {
    pub const fn of(self, end: End) -> SocketAddr {
        match end {
            End::Client => self.client,
            End::Server => self.server,
        }
    }
}

/// Two sockets that are connected, and the one that listened.
pub struct Pair {
    pub between: Between,
    pub listener: Socket,
    client: Option<Socket>,
    server: Option<Socket>,
    /// Octets that each end sent.
    sent: [Cell<u32>; 2],
}

impl Pair {
    pub fn open(address: IpAddr) -> Self {
        let listener = listener(address, 8);
        let (client, server) = connected(&listener);
        Self {
            between: between(&client, &listener),
            listener,
            client: Some(client),
            server: Some(server),
            sent: Default::default(),
        }
    }

    pub const fn socket(&self, end: End) -> &Socket {
        let socket = match end {
            End::Client => &self.client,
            End::Server => &self.server,
        };
        socket.as_ref().expect("it was not taken")
    }

    /// The socket, to close it or to give it away.
    pub fn take(&mut self, end: End) -> Socket {
        let socket = match end {
            End::Client => &mut self.client,
            End::Server => &mut self.server,
        };
        socket.take().unwrap()
    }

    /// `by` sends `len` octets, which the other end reads.
    pub fn pass(&self, by: End, len: usize) {
        self.send(by, len);
        let mut read = vec![0; len];
        let mut reader = self.socket(!by);
        reader.read_exact(&mut read).unwrap();
    }

    /// `by` sends `len` octets.
    pub fn send(&self, by: End, len: usize) {
        let sent = self.socket(by).send(&vec![b'x'; len]).unwrap();
        assert_eq!(sent, len);
        self.sent[by as usize].update(|before| before + u32::try_from(len).unwrap());
    }

    /// Octets that the end has sent.
    pub const fn sent(&self, by: End) -> u32 {
        self.sent[by as usize].get()
    }

    /// Closes the socket with a RST.
    pub fn abort(&mut self, end: End) {
        self.socket(end).set_linger(Some(Duration::ZERO)).unwrap();
        drop(self.take(end));
    }

    /// Lets the end forget the connection, and say nothing.
    pub fn forget(&mut self, end: End) {
        forget(self.take(end));
    }
}

pub fn socket(address: IpAddr) -> Socket {
    let domain = match address {
        IpAddr::V4(_) => Domain::IPV4,
        IpAddr::V6(_) => Domain::IPV6,
    };
    let socket = Socket::new(domain, Type::STREAM, None).unwrap();
    socket.set_reuse_address(true).unwrap();
    socket.set_read_timeout(Some(PATIENCE)).unwrap();
    socket.set_write_timeout(Some(PATIENCE)).unwrap();
    socket
}

/// A socket on a free port.
pub fn bound(address: IpAddr) -> Socket {
    let socket = socket(address);
    socket.bind(&SocketAddr::new(address, 0).into()).unwrap();
    socket
}

pub fn listener(address: IpAddr, backlog: i32) -> Socket {
    let listener = bound(address);
    listener.listen(backlog).unwrap();
    listener
}

/// Where a socket is bound.
pub fn address(socket: &Socket) -> SocketAddr {
    socket.local_addr().unwrap().as_socket().unwrap()
}

pub fn between(client: &Socket, server: &Socket) -> Between {
    Between {
        client: address(client),
        server: address(server),
    }
}

/// Begins to connect, and does not wait.
pub fn begin(client: &Socket, server: SocketAddr) {
    client.set_nonblocking(true).unwrap();
    // It is under way, or has failed already, which the states will show.
    let _ = client.connect(&server.into());
    client.set_nonblocking(false).unwrap();
}

fn connected(listener: &Socket) -> (Socket, Socket) {
    let server = address(listener);
    let client = bound(server.ip());
    client.connect(&server.into()).unwrap();
    (client, accept(listener))
}

pub fn accept(listener: &Socket) -> Socket {
    let (server, _) = listener.accept().unwrap();
    server.set_read_timeout(Some(PATIENCE)).unwrap();
    server
}

/// From now on nothing that was sent to this socket arrives.
pub fn deafen(socket: &Socket) {
    const RETURN: u16 = 0x06;
    let nothing = SockFilter::new(RETURN, 0, 0, 0);
    socket.attach_filter(&[nothing]).unwrap();
}

/// Things arrive again.
pub fn heal(socket: &Socket) {
    socket.detach_filter().unwrap();
}

/// Closes a socket and sends nothing, as if its host had been started anew.
pub fn forget(socket: Socket) {
    setsockopt(&socket, TcpRepair, &1).unwrap();
    drop(socket);
}
