//! The states of connections as the kernel has them.

use std::fs;
use std::net::SocketAddr;

/// RFC 9293's name for the kernel's state of the end at `local` of a connection
/// with `remote`. It has none of what is closed.
pub fn state(local: SocketAddr, remote: SocketAddr) -> &'static str {
    of_ports(local.is_ipv4(), local.port(), remote.port()).unwrap_or("CLOSED")
}

/// Whether somebody listens at `local`.
pub fn listens(local: SocketAddr) -> bool {
    of_ports(local.is_ipv4(), local.port(), 0) == Some("LISTEN")
}

/// In a namespace with but one address of a family the ports tell the connection.
fn of_ports(is_ipv4: bool, local: u16, remote: u16) -> Option<&'static str> {
    let table = if is_ipv4 { "tcp" } else { "tcp6" };
    let table = fs::read_to_string(format!("/proc/thread-self/net/{table}")).unwrap();
    let port = |address: &str| u16::from_str_radix(address.rsplit_once(':')?.1, 16).ok();
    table.lines().skip(1).find_map(|line| {
        let mut words = line.split_whitespace().skip(1);
        let ports = (port(words.next()?)?, port(words.next()?)?);
        (ports == (local, remote)).then(|| name(words.next().unwrap()))
    })
}

/// The names of the numbers in the kernel's `tcp_states.h`.
fn name(state: &str) -> &'static str {
    match state {
        "01" => "ESTABLISHED",
        "02" => "SYN-SENT",
        "03" | "0C" => "SYN-RECEIVED",
        "04" => "FIN-WAIT-1",
        "05" => "FIN-WAIT-2",
        "06" => "TIME-WAIT",
        "07" => "CLOSED",
        "08" => "CLOSE-WAIT",
        "09" => "LAST-ACK",
        "0A" => "LISTEN",
        "0B" => "CLOSING",
        other => panic!("the kernel has a state {other}"),
    }
}
