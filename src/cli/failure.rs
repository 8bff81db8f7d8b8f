//! What ends the program early.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use tcptrace::error::Error;

/// Why the program could not start or could not go on.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// What the library had to say.
    #[error(transparent)]
    Library(#[from] Error),
    /// A command could not be started.
    #[error("cannot run {}", command.display())]
    Run {
        /// The command as named by the user.
        command: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another host did not capture, or not to the end.
    #[error("{host}: no capture from there: {reason}")]
    Remote {
        /// The host as named by the user.
        host: String,
        /// What ssh or tcpdump said last.
        reason: String,
    },
    /// A signal came before the end of a file. What is known by then was shown.
    #[error("interrupted after {frames} {}", if *frames == 1 { "frame" } else { "frames" })]
    Interrupted {
        /// The signal's number.
        signal: i32,
        /// How many frames were read.
        frames: u64,
    },
    /// The place where metrics are to be served cannot be had.
    #[error("cannot serve metrics on {addr}; give --metrics another port")]
    Metrics {
        /// The place.
        addr: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// There is nothing to draw, or too much.
    #[error("cannot draw: {reason}")]
    Draw {
        /// Why, and what to do about it.
        reason: String,
    },
    /// The terminal does not do what a screen needs.
    #[error("cannot show a screen on this terminal")]
    Screen(#[source] io::Error),
    /// The process cannot become another user's.
    #[error("cannot become {user}: {reason}")]
    User {
        /// The user's name.
        user: String,
        /// What the system said.
        reason: String,
    },
}

impl Failure {
    /// The exit status: as a shell has it of a process that a signal ended, or 1.
    pub fn status(&self) -> ExitCode {
        match *self {
            Self::Interrupted { signal, .. } => {
                u8::try_from(128 + signal).map_or(ExitCode::FAILURE, ExitCode::from)
            }
            _ => ExitCode::FAILURE,
        }
    }
}
