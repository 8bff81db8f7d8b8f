//! A live interface without libpcap's reader: one `AF_PACKET` socket.
//!
//! pnet finds the interface, binds the socket to it and makes it promiscuous.
//! pnet's own receiver is left aside: it loses the kernel's timestamps, the
//! true length and the drop counter, and delivers loopback frames twice. So the
//! socket is read here, with what the kernel has to say beside each frame.
//!
//! Against [`libpcap`](crate::capture::live::libpcap):
//!
//! * a frame is seen at once, and each costs a system call;
//! * one interface, not `any`; Ethernet, loopback and raw IP only;
//! * a VLAN tag that the kernel took off the frame is not put back;
//! * the drop counter is the kernel's as of the last frame delivered.

use std::fs;
use std::io::{self, IoSliceMut};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, IntoRawFd, OwnedFd};
use std::time::Duration;

use nix::errno::Errno;
use nix::ifaddrs::{InterfaceAddress, getifaddrs};
use nix::sys::socket::sockopt::{ReceiveTimestampns, RxqOvfl};
use nix::sys::socket::{ControlMessageOwned, MsgFlags, recvmsg, setsockopt};
use nix::sys::time::TimeSpec;
use pnet::datalink::{self, Config, NetworkInterface};
use rustix::net::sockopt::{set_socket_recv_buffer_size, set_socket_recv_buffer_size_force};
use rustix::net::{AddressFamily, SocketFlags, SocketType, netdevice, socket_with};

use crate::capture::live::Counter;
use crate::capture::live::interfaces;
use crate::capture::live::kernel_filter::{self, Copies};
use crate::capture::live::options::{Direction, LiveOptions};
use crate::capture::live::stop::Stop;
use crate::capture::live::tap::{Captured, Tap, TapRead, Tapped};
use crate::capture::live::wait::Wait;
use crate::capture::numbers::FrameNumbers;
use crate::capture::{Next, Source, Statistics};
use crate::error::Error;
use crate::frame::MAX_LEN;
use crate::link_type::LinkType;
use crate::origin::Origin;
use crate::time::Timestamp;

/// A capture through a packet socket.
pub struct Raw {
    packets: Packets,
    link_type: LinkType,
    origin: Origin,
    numbers: FrameNumbers,
    wait: Wait,
}

/// The packet socket, and room for what is read from it.
struct Packets {
    interface: NetworkInterface,
    socket: OwnedFd,
    /// As long as the snapshot length.
    buffer: Vec<u8>,
    /// Room for a timestamp and a drop counter beside the frame.
    beside: Vec<u8>,
    delivered: u64,
    dropped: Counter,
}

/// What the kernel said beside a frame.
struct Received {
    time: Timestamp,
    len: usize,
}

impl Raw {
    /// Begins to capture, until `stop`.
    ///
    /// # Errors
    ///
    /// [`Error::Privilege`] where the process may not capture,
    /// [`Error::Interface`] where the interface is missing or down, or an
    /// option needs libpcap, [`Error::Filter`] where the expression is refused.
    pub fn open(options: &LiveOptions, stop: &Stop) -> Result<Self, Error> {
        let interface = find(options)?;
        let link_type = link_type(&interface)?;
        let socket = socket(options)?;
        admit(&socket, options, &interface, link_type)?;
        bind(&socket, options, &interface)?;
        Ok(Self {
            packets: Packets {
                interface,
                socket,
                buffer: vec![0; options.snapshot.clamp(1, MAX_LEN) as usize],
                beside: nix::cmsg_space!(TimeSpec, u32),
                delivered: 0,
                dropped: Counter::from(0),
            },
            link_type,
            origin: options.origin(link_type),
            numbers: FrameNumbers::default(),
            wait: Wait::new(stop, Duration::ZERO),
        })
    }

    /// What the frames begin with.
    #[must_use]
    pub const fn link_type(&self) -> LinkType {
        self.link_type
    }
}

impl From<Raw> for Tapped {
    fn from(raw: Raw) -> Self {
        Self {
            tap: Box::new(raw.packets),
            origin: raw.origin,
        }
    }
}

impl Packets {
    /// Reads a frame into the buffer; `None` where there is none.
    fn receive(&mut self) -> nix::Result<Option<Received>> {
        let mut into = [IoSliceMut::new(&mut self.buffer)];
        let flags = MsgFlags::MSG_DONTWAIT | MsgFlags::MSG_TRUNC;
        let beside = Some(self.beside.as_mut_slice());
        let message = match recvmsg::<()>(self.socket.as_raw_fd(), &mut into, beside, flags) {
            Err(Errno::EAGAIN | Errno::EINTR) => return Ok(None),
            message => message?,
        };
        let mut time = Timestamp::default();
        for said in message.cmsgs()? {
            match said {
                ControlMessageOwned::ScmTimestampns(stamp) => {
                    time = Timestamp::new(stamp.tv_sec(), stamp.tv_nsec().unsigned_abs());
                }
                ControlMessageOwned::RxqOvfl(count) => self.dropped.advance(count),
                _ => {}
            }
        }
        let len = message.bytes;
        Ok(Some(Received { time, len }))
    }

    /// Whether the interface is still the one that was opened.
    fn exists(&self) -> bool {
        let index = netdevice::name_to_index(&self.socket, &self.interface.name);
        index == Ok(self.interface.index)
    }

    fn lost(&self, reason: &str) -> Error {
        interfaces::lost(&self.interface.name, reason)
    }
}

impl Tap for Packets {
    fn socket(&self) -> BorrowedFd<'_> {
        self.socket.as_fd()
    }

    #[inline]
    fn read(&mut self) -> Result<TapRead<'_>, Error> {
        match self.receive() {
            Ok(Some(Received { time, len })) => {
                self.delivered += 1;
                Ok(TapRead::Frame(Captured {
                    time,
                    len: u32::try_from(len).unwrap_or(u32::MAX),
                    bytes: self.buffer.get(..len).unwrap_or(&self.buffer),
                }))
            }
            Ok(None) | Err(Errno::ENETDOWN) if !self.exists() => {
                Err(self.lost("the interface disappeared"))
            }
            Ok(None) => Ok(TapRead::Nothing),
            Err(Errno::ENETDOWN) => Ok(TapRead::Down),
            Err(errno) => Err(self.lost(errno.desc())),
        }
    }

    fn statistics(&mut self) -> Statistics {
        Statistics {
            received: self.delivered + self.dropped.total,
            dropped: self.dropped.total,
            dropped_by_interface: 0,
        }
    }

    fn settling(&self) -> Duration {
        Duration::ZERO
    }
}

impl Source for Raw {
    fn next_frame(&mut self) -> Result<Next<'_>, Error> {
        match self.wait.until_ready(self.packets.socket()) {
            Ok(true) => {}
            Ok(false) => return Ok(Next::End),
            Err(error) => return Err(self.packets.lost(&error.to_string())),
        }
        match self.packets.read()? {
            TapRead::Frame(captured) => {
                self.wait.found_frame();
                let number = self.numbers.take();
                let frame = captured.frame(number, self.link_type, &self.origin);
                Ok(Next::Frame(frame))
            }
            TapRead::Nothing => {
                self.wait.found_nothing();
                Ok(Next::Quiet)
            }
            TapRead::Down => {
                self.wait.found_fault();
                Ok(Next::Quiet)
            }
        }
    }

    fn numbers(&mut self) -> &mut FrameNumbers {
        &mut self.numbers
    }

    fn origin(&self) -> Option<&Origin> {
        Some(&self.origin)
    }

    fn statistics(&mut self) -> Option<Statistics> {
        Some(self.packets.statistics())
    }
}

/// The interface, if this backend can capture on it as asked.
fn find(options: &LiveOptions) -> Result<NetworkInterface, Error> {
    let name = options.interface.as_str();
    let beyond = |what| Error::Interface {
        interface: name.to_owned(),
        reason: format!("the raw backend {what}; use --backend libpcap"),
    };
    if name == "any" {
        return Err(beyond("captures on one interface at a time"));
    }
    if options.monitor {
        return Err(beyond("has no monitor mode"));
    }
    if options.link_type.is_some() {
        return Err(beyond("has no choice of link types"));
    }
    let mut interfaces = datalink::interfaces().into_iter();
    match interfaces.find(|interface| interface.name == name) {
        None => Err(interfaces::missing(name)),
        Some(interface) if !interface.is_up() => Err(interfaces::down(name)),
        Some(interface) => Ok(interface),
    }
}

/// What the frames of an interface begin with, from its ARP hardware type.
fn link_type(interface: &NetworkInterface) -> Result<LinkType, Error> {
    match hardware_type(&interface.name) {
        // ARPHRD_ETHER, ARPHRD_LOOPBACK.
        Some(1 | 772) => Ok(LinkType::ETHERNET),
        // ARPHRD_RAWIP; ARPHRD_NONE, as of tun and WireGuard.
        Some(519 | 65534) => Ok(LinkType::RAW),
        _ => Err(Error::Interface {
            interface: interface.name.clone(),
            reason: "the raw backend does not know its link type; use --backend libpcap".to_owned(),
        }),
    }
}

/// From the interface's hardware address; from /sys, which may show another
/// network namespace, only where it has none.
fn hardware_type(name: &str) -> Option<u16> {
    let of_address = |entry: InterfaceAddress| Some(entry.address?.as_link_addr()?.hatype());
    let mut entries = getifaddrs().into_iter().flatten();
    entries
        .find_map(|entry| (entry.interface_name == name).then(|| of_address(entry))?)
        .or_else(|| {
            let hardware = fs::read_to_string(format!("/sys/class/net/{name}/type"));
            hardware.ok()?.trim().parse().ok()
        })
}

/// A packet socket that is bound to nothing yet, and so receives nothing.
fn socket(options: &LiveOptions) -> Result<OwnedFd, Error> {
    let refused = |errno: io::Error| match errno.kind() {
        io::ErrorKind::PermissionDenied => interfaces::forbidden(&options.interface),
        _ => refusal(options, &errno),
    };
    let (family, kind) = (AddressFamily::PACKET, SocketType::RAW);
    let socket = socket_with(family, kind, SocketFlags::CLOEXEC, None)
        .map_err(|errno| refused(errno.into()))?;
    setsockopt(&socket, ReceiveTimestampns, &true).map_err(|errno| refused(errno.into()))?;
    setsockopt(&socket, RxqOvfl, &1).map_err(|errno| refused(errno.into()))?;
    let octets = (options.buffer_kib as usize).saturating_mul(1024);
    let octets = octets.min(i32::MAX as usize / 2);
    // Beyond the system's limit only with CAP_NET_ADMIN; else up to it.
    set_socket_recv_buffer_size_force(&socket, octets)
        .or_else(|_| set_socket_recv_buffer_size(&socket, octets))
        .map_err(|errno| refused(errno.into()))?;
    Ok(socket)
}

/// Filters in the kernel, before the socket is bound: no frame has to be taken
/// out again.
fn admit(
    socket: &OwnedFd,
    options: &LiveOptions,
    interface: &NetworkInterface,
    link_type: LinkType,
) -> Result<(), Error> {
    let filter = &options.filter;
    let program = filter.for_socket(link_type)?;
    let copies = match options.direction {
        Direction::Both if interface.is_loopback() => Copies::Arriving,
        Direction::Both => Copies::All,
        Direction::In => Copies::Arriving,
        Direction::Out => Copies::Leaving,
    };
    // Cut here, and the true length would be lost; reading cuts.
    let attached = kernel_filter::attach(socket, program.as_ref(), u32::MAX, copies);
    attached.map_err(|error| Error::Filter {
        expression: filter.expression().to_owned(),
        reason: format!("the kernel does not take it: {error}"),
    })
}

/// Lets pnet bind the socket. pnet closes the duplicate it is given; the
/// binding and the promiscuity are the socket's and stay.
fn bind(
    socket: &OwnedFd,
    options: &LiveOptions,
    interface: &NetworkInterface,
) -> Result<(), Error> {
    let duplicate = socket
        .try_clone()
        .map_err(|error| refusal(options, &error))?;
    let config = Config {
        promiscuous: options.promiscuous,
        socket_fd: Some(duplicate.into_raw_fd()),
        ..Config::default()
    };
    let channel = datalink::channel(interface, config);
    channel.map(drop).map_err(|error| refusal(options, &error))
}

fn refusal(options: &LiveOptions, error: &io::Error) -> Error {
    Error::Interface {
        interface: options.interface.clone(),
        reason: error.to_string(),
    }
}
