//! Sleep until a file has something to say.

use std::io;
use std::os::fd::BorrowedFd;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

/// Sleeps until one of `files` has something to say, and says what; nothing
/// after `patience`. A signal ends the sleep like input would.
pub(super) fn sleep(files: &[BorrowedFd<'_>], patience: Option<Duration>) -> io::Result<PollFlags> {
    let patience = patience.and_then(|patience| Timespec::try_from(patience).ok());
    let mut watched: Vec<PollFd<'_>> = files
        .iter()
        .map(|&file| PollFd::from_borrowed_fd(file, PollFlags::IN))
        .collect();
    match poll(&mut watched, patience.as_ref()) {
        Ok(_) => Ok(watched.iter().map(PollFd::revents).collect()),
        Err(Errno::INTR) => Ok(PollFlags::IN),
        Err(errno) => Err(errno.into()),
    }
}
