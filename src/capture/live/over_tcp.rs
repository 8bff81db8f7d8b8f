//! A capture that a TCP connection carries, pcap or pcapng as in a file: PCAP over IP,
//! `TCP@HOST:PORT` as in Wireshark.

use std::io;
use std::net::{SocketAddr, ToSocketAddrs};
use std::os::fd::{AsFd, OwnedFd};
use std::time::Duration;

use rustix::io::Errno;
use socket2::{Domain, Socket, Type};

use crate::capture::Source;
use crate::capture::filter::Filter;
use crate::capture::live::sleep::sleep_until_writable;
use crate::capture::live::stop::Stop;
use crate::capture::live::stream;
use crate::error::Error;

/// What such a name begins with.
const PREFIX: &str = "TCP@";
/// The port where none is named, as in Wireshark.
const PORT: u16 = 19_000;
/// How long a connection may take to open.
const PATIENCE: Duration = Duration::from_secs(10);

/// Whether a word that names where to capture means a TCP connection.
#[must_use]
pub fn is_named(word: &str) -> bool {
    word.starts_with(PREFIX)
}

/// Connects, and reads the capture that comes until `stop`. An IPv6 address stands in
/// brackets where a port follows.
///
/// # Errors
///
/// [`Error::Interface`] where there is no connection, [`Error::Stopped`], and as
/// [`stream::through`].
pub fn open(word: &str, filter: Filter, stop: &Stop) -> Result<Box<dyn Source>, Error> {
    let refused = |reason: String| Error::Interface {
        interface: word.to_owned(),
        reason,
    };
    let (host, port) = end(word.strip_prefix(PREFIX).unwrap_or(word))
        .ok_or_else(|| refused("name a host and a port, such as TCP@HOST:19000".to_owned()))?;
    let addresses = (host, port).to_socket_addrs();
    let addresses = addresses.map_err(|error| refused(format!("cannot find {host}: {error}")))?;
    let mut failure = io::Error::from(io::ErrorKind::NotFound);
    for address in addresses {
        match connect(address, stop) {
            Ok(socket) => return stream::through(socket, word, filter, stop),
            Err(_) if stop.is_requested() => return Err(Error::Stopped),
            Err(error) => failure = error,
        }
    }
    let advice = match failure.kind() {
        io::ErrorKind::ConnectionRefused => "nothing listens there: ",
        io::ErrorKind::TimedOut => "nobody answers: ",
        _ => "",
    };
    Err(refused(format!("cannot connect: {advice}{failure}")))
}

/// The host and the port of `HOST:PORT`, `HOST`, `[ADDRESS]:PORT` or an address of IPv6.
fn end(word: &str) -> Option<(&str, u16)> {
    let (host, port) = if let Some(bracketed) = word.strip_prefix('[') {
        let (host, rest) = bracketed.split_once(']')?;
        match rest.strip_prefix(':') {
            None if rest.is_empty() => (host, None),
            port => (host, Some(port?)),
        }
    } else {
        match word.split_once(':') {
            Some((host, port)) if !port.contains(':') => (host, Some(port)),
            _ => (word, None),
        }
    };
    let port = port.map_or(Ok(PORT), str::parse).ok()?;
    (!host.is_empty() && port > 0).then_some((host, port))
}

/// Opens a connection, unless the stop comes first.
fn connect(address: SocketAddr, stop: &Stop) -> io::Result<OwnedFd> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
    socket.set_nonblocking(true)?;
    match socket.connect(&address.into()) {
        Err(error) if error.raw_os_error() != Some(Errno::INPROGRESS.raw_os_error()) => {
            return Err(error);
        }
        _ => {}
    }
    loop {
        let woken = sleep_until_writable(socket.as_fd(), stop.wakers(), PATIENCE)?;
        if stop.is_requested() {
            return Err(Error::Stopped.into());
        }
        if woken.is_empty() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        if let Some(error) = socket.take_error()? {
            return Err(error);
        }
        // Woken by something else, it has no peer yet.
        if socket.peer_addr().is_ok() {
            break;
        }
        if stop.is_interrupted() {
            stop.resume();
        }
    }
    // Who goes away without a word is noticed some day.
    socket.set_keepalive(true)?;
    socket.set_nonblocking(false)?;
    Ok(socket.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_is_named_as_in_wireshark() {
        assert_eq!(end("10.0.0.1:1234"), Some(("10.0.0.1", 1234)));
        assert_eq!(end("probe"), Some(("probe", 19_000)));
        assert_eq!(end("[::1]:7"), Some(("::1", 7)));
        assert_eq!(end("[::1]"), Some(("::1", 19_000)));
        assert_eq!(end("fe80::1"), Some(("fe80::1", 19_000)));
        for wrong in [
            "",
            ":7",
            "probe:",
            "probe:0",
            "probe:70000",
            "[::1]7",
            "[::1",
        ] {
            assert_eq!(end(wrong), None, "{wrong}");
        }
    }
}
