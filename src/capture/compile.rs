//! libpcap's compiler, asked as tcpdump asks it.

use std::os::fd::{AsRawFd, OwnedFd};

use pcap::{BpfProgram, Capture};
use rustix::pipe::{PipeFlags, pipe_with};

use crate::capture::bpf::Program;
use crate::capture::dlt;
use crate::capture::order::Order;
use crate::frame::MAX_LEN;
use crate::link_type::LinkType;

/// An expression, and whether libpcap may optimize its program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expression {
    pub(super) text: String,
    pub(super) optimized: bool,
}

impl Expression {
    /// The program for frames of a socket. It may load what only the kernel
    /// knows.
    pub(super) fn for_socket(&self, link_type: LinkType) -> Result<Program, String> {
        let dead = Capture::dead(dlt::of(link_type));
        taken_over(dead.and_then(|dead| dead.compile(&self.text, self.optimized)))
    }

    /// The program for frames of a file. libpcap writes another one for files:
    /// there is no kernel to be asked for the direction or the interface, and
    /// the address families of BSD loopback are those of any system, in the
    /// byte order of the file. So it is shown a file, of a header only.
    pub(super) fn for_file(&self, link_type: LinkType, order: Order) -> Result<Program, String> {
        let Some((reader, _writer)) = pipe_with_header(link_type, order) else {
            return self.for_socket(link_type);
        };
        let path = format!("/proc/self/fd/{}", reader.as_raw_fd());
        match Capture::from_file(path) {
            Ok(file) => taken_over(file.compile(&self.text, self.optimized)),
            // Without /proc. What differs is rare.
            Err(_) => self.for_socket(link_type),
        }
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
    let program = Program::from_libpcap(&program);
    program.ok_or_else(|| "libpcap returned an unreadable program".to_owned())
}
