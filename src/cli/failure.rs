//! What ends the program early.

use std::io;
use std::path::PathBuf;

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
    /// The process cannot become another user's.
    #[error("cannot become {user}: {reason}")]
    User {
        /// The user's name.
        user: String,
        /// What the system said.
        reason: String,
    },
}
