//! libpcap's compiler, asked as tcpdump asks it.

use std::os::fd::{AsRawFd, OwnedFd};

use pcap::{BpfProgram, Capture, Linktype};
use rustix::pipe::{PipeFlags, pipe_with};

use crate::capture::bpf::Program;
use crate::capture::dlt;
use crate::capture::expression::Expression;
use crate::capture::order::Order;
use crate::frame::MAX_LEN;
use crate::link_type::LinkType;

/// The program for frames of a socket. It may load what only the kernel knows.
pub(super) fn for_socket(expression: &Expression, link_type: LinkType) -> Result<Program, String> {
    let dead = Capture::dead(Linktype(dlt::of(link_type).into()));
    taken_over(dead.and_then(|dead| dead.compile(&expression.text, expression.optimized)))
}

/// The program for frames of a file. libpcap writes another one for files:
/// there is no kernel to be asked for the direction or the interface, and the
/// address families of BSD loopback are those of any system, in the byte order
/// of the file. So it is shown a file, of a header only.
pub(super) fn for_file(
    expression: &Expression,
    link_type: LinkType,
    order: Order,
) -> Result<Program, String> {
    let Some((reader, _writer)) = pipe_with_header(link_type, order) else {
        return for_socket(expression, link_type);
    };
    let path = format!("/proc/self/fd/{}", reader.as_raw_fd());
    match Capture::from_file(path) {
        Ok(file) => taken_over(file.compile(&expression.text, expression.optimized)),
        // Without /proc. What differs is rare.
        Err(_) => for_socket(expression, link_type),
    }
}

/// A pipe that holds the header of a capture file. It has to be read before its
/// other end is closed.
fn pipe_with_header(link_type: LinkType, order: Order) -> Option<(OwnedFd, OwnedFd)> {
    let number = match dlt::of(link_type) {
        raw if raw == dlt::of(LinkType::RAW) => LinkType::RAW.0,
        _ => link_type.0,
    };
    let number = u32::from(number);
    // Magic number, version 2.4, two words without meaning, snapshot length.
    let header = match order {
        Order::Little => [0xa1b2_c3d4, 0x0004_0002, 0, 0, MAX_LEN, number].map(u32::to_le_bytes),
        Order::Big => [0xa1b2_c3d4, 0x0002_0004, 0, 0, MAX_LEN, number].map(u32::to_be_bytes),
    };
    let header = header.as_flattened();
    let (reader, writer) = pipe_with(PipeFlags::CLOEXEC).ok()?;
    let written = rustix::io::write(&writer, header).ok()?;
    (written == header.len()).then_some((reader, writer))
}

fn taken_over(program: Result<BpfProgram, pcap::Error>) -> Result<Program, String> {
    let program = program.map_err(|error| error.to_string())?;
    read(&program).ok_or_else(|| "libpcap returned an unreadable program".to_owned())
}

/// Takes over a program that libpcap compiled, from the crate's way to write it
/// down.
pub(super) fn read(program: &BpfProgram) -> Option<Program> {
    let instructions = program.get_instructions().iter();
    let lines: Vec<_> = instructions.map(ToString::to_string).collect();
    Program::read(&lines.join("\n"))
}

/// libpcap says only "syntax error" to a bare address or port, the commonest
/// slip; say what to type.
pub(super) fn advice(expression: &str, reason: &str) -> String {
    let reason = reason.trim_start_matches("libpcap error: ");
    if expression.parse::<std::net::IpAddr>().is_ok() {
        return format!("{reason}; to match an address, write: host {expression}");
    }
    if expression.parse::<u16>().is_ok() {
        return format!("{reason}; to match a port, write: port {expression}");
    }
    reason.to_owned()
}
