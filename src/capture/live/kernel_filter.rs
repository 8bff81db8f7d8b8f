//! What the kernel lets into a capture socket.
//!
//! On a loopback interface each frame passes a packet socket twice: as it
//! leaves, and as it arrives. libpcap hides the first copy from its reader, but
//! both take room in the buffer and both are counted. `PACKET_IGNORE_OUTGOING`
//! would end that and has no safe binding; three instructions in front of the
//! filter say the same. They cannot be given to libpcap as the word `inbound`:
//! it also runs the filter itself on the first blocks of the buffer, where the
//! packet type is unknown, and rejects them all (measured).

use std::io;
use std::os::fd::AsFd;

use socket2::{SockFilter, SockRef};

use crate::capture::bpf::Program;

/// `ldb [SKF_AD_OFF + SKF_AD_PKTTYPE]`: the packet type, which the kernel keeps
/// beside the frame.
const LOAD_PACKET_TYPE: SockFilter = SockFilter::new(0x30, 0, 0, 0xffff_f004);
/// `jeq #PACKET_OUTGOING`, and over the next instruction where it is not.
const IF_LEAVING: SockFilter = SockFilter::new(0x15, 0, 1, 4);
/// `jeq #PACKET_OUTGOING`, and over the next instruction where it is.
const IF_ARRIVING: SockFilter = SockFilter::new(0x15, 1, 0, 4);
/// The longest program the kernel takes (`BPF_MAXINSNS`).
const MAX_INSTRUCTIONS: usize = 4096;
/// The code of an instruction that ends the program with a constant.
const RETURN: u16 = 0x06;

/// Which copies of a frame a socket takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Copies {
    All,
    /// On a loopback interface, every frame once.
    Arriving,
    Leaving,
}

/// Lets in what `program` accepts, cut to `snapshot` octets; all where there is
/// no program.
pub(super) fn attach(
    socket: &impl AsFd,
    program: Option<&Program>,
    snapshot: u32,
    copies: Copies,
) -> io::Result<()> {
    let mut filter = Vec::new();
    match copies {
        Copies::All => {}
        Copies::Arriving => filter.extend([LOAD_PACKET_TYPE, IF_LEAVING, accept(0)]),
        Copies::Leaving => filter.extend([LOAD_PACKET_TYPE, IF_ARRIVING, accept(0)]),
    }
    let accepting = |(code, yes, no, k)| match (code, k) {
        (RETURN, 1..) => accept(snapshot),
        _ => SockFilter::new(code, yes, no, k),
    };
    match program {
        None => filter.push(accept(snapshot)),
        Some(program) => filter.extend(program.instructions().map(accepting)),
    }
    if filter.len() > MAX_INSTRUCTIONS {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    SockRef::from(socket).attach_filter(&filter)
}

/// Lets nothing more in. What the socket holds stays readable.
pub(super) fn close(socket: &impl AsFd) -> io::Result<()> {
    SockRef::from(socket).attach_filter(&[accept(0)])
}

const fn accept(octets: u32) -> SockFilter {
    SockFilter::new(RETURN, 0, 0, octets)
}
