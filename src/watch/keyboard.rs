//! The end of the terminal that keys come from: whether any came, and whether it is still
//! there. crossterm reads a terminal that has gone for ever.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::os::fd::{AsFd, BorrowedFd};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

/// Where keys come from: standard input, or, where a capture comes from there, the
/// terminal by its name, as crossterm has it.
pub struct Keyboard(Option<File>);

impl Keyboard {
    pub fn find() -> io::Result<Self> {
        if io::stdin().is_terminal() {
            return Ok(Self(None));
        }
        File::open("/dev/tty").map(|file| Self(Some(file)))
    }

    /// Waits for a key, so long at most; whether the terminal is there still.
    pub fn wait(&self, patience: Duration) -> io::Result<bool> {
        let stdin = io::stdin();
        let end: BorrowedFd<'_> = match &self.0 {
            Some(file) => file.as_fd(),
            None => stdin.as_fd(),
        };
        let mut ends = [PollFd::from_borrowed_fd(end, PollFlags::IN)];
        let patience = Timespec::try_from(patience).ok();
        match poll(&mut ends, patience.as_ref()) {
            // A signal: the size may have changed.
            Err(Errno::INTR) => return Ok(true),
            polled => polled?,
        };
        let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
        Ok(!ends[0].revents().intersects(gone))
    }
}
