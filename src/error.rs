//! What ends a run.
//!
//! Three things can go wrong, and each has its own type: an [`Error`] ends the
//! run, a [`Skip`](crate::skip::Skip) ends one frame and is counted, a
//! [`Role`](crate::track::part::Role) out of the ordinary ends nothing and is
//! the product.

use std::io;
use std::path::PathBuf;

/// Why a run could not start or could not go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A capture file could not be opened or read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The capture file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file is none of the formats this program reads.
    #[error("{}: not a capture file: {reason}", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// What its first octets say.
        reason: &'static str,
    },
    /// A capture file breaks its own format, or ends early.
    #[error("{}: damaged at octet {offset}: {reason}", path.display())]
    Damaged {
        /// The capture file.
        path: PathBuf,
        /// Where the damaged header or record begins; in a compressed file that
        /// is damaged itself, how far it could be decompressed.
        offset: u64,
        /// What was found there.
        reason: &'static str,
    },
    /// A filter expression could not be compiled.
    #[error("filter \"{expression}\": {reason}")]
    Filter {
        /// The expression as typed.
        expression: String,
        /// libpcap's words, or that there is no libpcap.
        reason: String,
    },
    /// An interface could not be opened for capture.
    #[error("{interface}: {reason}")]
    Interface {
        /// The interface as named by the user.
        interface: String,
        /// What is wrong and what to do about it.
        reason: String,
    },
    /// The process may not capture.
    #[error(
        "{interface}: capturing needs CAP_NET_RAW: run with sudo, or grant it once with: \
         sudo setcap cap_net_raw,cap_net_admin=eip {}",
        program.display()
    )]
    Privilege {
        /// The interface as named by the user.
        interface: String,
        /// The file that the privilege can be granted to.
        program: PathBuf,
    },
    /// What would end a capture could not be prepared.
    #[error("cannot prepare to be stopped")]
    Stop(#[source] io::Error),
    /// The kernel does not say anything about sockets.
    #[error("the kernel cannot be asked about sockets; leave out --sockets")]
    Sockets(#[source] io::Error),
    /// A file was not read to its end, as that was asked for.
    #[error("stopped")]
    Stopped,
    /// A capture that had begun could not go on.
    #[error("{interface}: capture stopped: {reason}")]
    Capture {
        /// The interface as named by the user.
        interface: String,
        /// What libpcap or the system said.
        reason: String,
    },
    /// Output could not be written.
    #[error("cannot write output")]
    Write(#[source] io::Error),
    /// A capture file could not be written.
    #[error("cannot write {}", path.display())]
    Save {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A capture file cannot hold what is to be written. What came before is in
    /// the file.
    #[error("{}: {reason}", path.display())]
    Unsavable {
        /// The file.
        path: PathBuf,
        /// Why, and what to do about it.
        reason: &'static str,
    },
}

/// What a sink reports is about output; but an error of another kind that had
/// to travel through one comes out as itself.
impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        error.downcast().unwrap_or_else(Self::Write)
    }
}

impl From<Error> for io::Error {
    fn from(error: Error) -> Self {
        Self::other(error)
    }
}
