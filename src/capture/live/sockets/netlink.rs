//! The kernel's half of it: `sock_diag(7)` over netlink(7).
//!
//! One question is one socket by both its ends, which the kernel finds in its hash table:
//! also a request that is not yet a connection, and one in TIME-WAIT.

use std::io;
use std::net::IpAddr;
use std::os::fd::OwnedFd;
use std::time::Duration;

use netlink_packet_core::{NLM_F_REQUEST, NetlinkHeader, NetlinkMessage, NetlinkPayload};
use netlink_packet_sock_diag::SockDiagMessage;
use netlink_packet_sock_diag::constants;
use netlink_packet_sock_diag::inet::ExtensionFlags;
use netlink_packet_sock_diag::inet::InetRequest;
use netlink_packet_sock_diag::inet::InetResponse;
use netlink_packet_sock_diag::inet::SocketId;
use netlink_packet_sock_diag::inet::StateFlags;
use rustix::io::Errno;
use rustix::net::sockopt::{Timeout, set_socket_timeout};
use rustix::net::{AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType};
use rustix::net::{netlink, recv, send, socket_with};

use crate::socket::{KernelState, SocketPair};

/// The kernel answers at once; a longer wait is a fault.
const PATIENCE: Duration = Duration::from_secs(1);

/// More than one answer takes.
const LARGEST_ANSWER: usize = 8192;

/// Any socket between these ends, whatever its cookie.
const NO_COOKIE: [u8; 8] = [0xff; 8];

/// A socket to ask about sockets.
#[derive(Debug)]
pub(super) struct SockDiag {
    socket: OwnedFd,
    answer: Box<[u8]>,
    question: Vec<u8>,
    /// Which question is the latest.
    number: u32,
}

impl SockDiag {
    pub(super) fn open() -> io::Result<Self> {
        let socket = socket_with(
            AddressFamily::NETLINK,
            SocketType::DGRAM,
            SocketFlags::CLOEXEC,
            Some(netlink::SOCK_DIAG),
        )?;
        set_socket_timeout(&socket, Timeout::Recv, Some(PATIENCE))?;
        Ok(Self {
            socket,
            answer: vec![0; LARGEST_ANSWER].into(),
            question: Vec::new(),
            number: 0,
        })
    }

    /// The socket between these ends or, where there is none, one that listens at the
    /// local one.
    pub(super) fn look_up(
        &mut self,
        ends: SocketPair,
        interface: u32,
    ) -> io::Result<Option<InetResponse>> {
        self.number = self.number.wrapping_add(1);
        let mut header = NetlinkHeader::default();
        header.flags = NLM_F_REQUEST;
        header.sequence_number = self.number;
        let request = SockDiagMessage::InetRequest(request(ends, interface));
        let mut message = NetlinkMessage::new(header, request.into());
        message.finalize();
        self.question.resize(message.buffer_len(), 0);
        message.serialize(&mut self.question);
        send(&self.socket, &self.question, SendFlags::empty())?;
        self.answer()
    }

    fn answer(&mut self) -> io::Result<Option<InetResponse>> {
        loop {
            let (read, _) = match recv(&self.socket, &mut self.answer[..], RecvFlags::empty()) {
                Err(Errno::INTR) => continue,
                result => result?,
            };
            let octets = &self.answer[..read];
            let message = NetlinkMessage::<SockDiagMessage>::deserialize(octets)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?;
            if message.header.sequence_number != self.number {
                // What a question was not waited for.
                continue;
            }
            return match message.payload {
                NetlinkPayload::InnerMessage(SockDiagMessage::InetResponse(found)) => {
                    Ok(Some(*found))
                }
                NetlinkPayload::Error(error) => refusal(&error.to_io()),
                _ => Ok(None),
            };
        }
    }
}

/// There is no such socket; anything else is an error.
fn refusal(error: &io::Error) -> io::Result<Option<InetResponse>> {
    let errno = Errno::from_io_error(error);
    match errno {
        // The socket went while the kernel looked at it.
        Some(Errno::NOENT | Errno::STALE) | None => Ok(None),
        Some(errno) => Err(errno.into()),
    }
}

fn request(ends: SocketPair, interface: u32) -> InetRequest {
    let local = ends.local.ip().to_canonical();
    let remote = ends.remote.ip().to_canonical();
    InetRequest {
        family: match local {
            IpAddr::V4(_) => constants::AF_INET,
            IpAddr::V6(_) => constants::AF_INET6,
        },
        protocol: constants::IPPROTO_TCP,
        extensions: ExtensionFlags::INFO,
        states: StateFlags::all(),
        socket_id: SocketId {
            source_port: ends.local.port(),
            destination_port: ends.remote.port(),
            source_address: local,
            destination_address: remote,
            interface_id: interface,
            cookie: NO_COOKIE,
        },
    }
}

/// The state of this number (`net/tcp_states.h`); one that is not known is none.
pub(super) const fn state(number: u8) -> KernelState {
    match number {
        constants::TCP_ESTABLISHED => KernelState::Established,
        constants::TCP_SYN_SENT => KernelState::SynSent,
        // TCP_NEW_SYN_RECV is 12 and says the same of a request.
        constants::TCP_SYN_RECV | 12 => KernelState::SynReceived,
        constants::TCP_FIN_WAIT1 => KernelState::FinWait1,
        constants::TCP_FIN_WAIT2 => KernelState::FinWait2,
        constants::TCP_TIME_WAIT => KernelState::TimeWait,
        constants::TCP_CLOSE_WAIT => KernelState::CloseWait,
        constants::TCP_LAST_ACK => KernelState::LastAck,
        constants::TCP_LISTEN => KernelState::Listen,
        constants::TCP_CLOSING => KernelState::Closing,
        _ => KernelState::Closed,
    }
}
