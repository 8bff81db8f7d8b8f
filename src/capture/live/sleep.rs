//! Sleep until a file has something to say.

use std::io;
use std::os::fd::BorrowedFd;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

/// Sleeps until one of `files` has something to say, and says what; nothing
/// after `patience`. A signal ends the sleep like input would.
pub(super) fn sleep(files: &[BorrowedFd<'_>], patience: Option<Duration>) -> io::Result<PollFlags> {
    let watched = files
        .iter()
        .map(|&file| PollFd::from_borrowed_fd(file, PollFlags::IN));
    sleep_on(watched.collect(), patience)
}

/// Sleeps until something can be written into `file`, or one of the others has something
/// to say; nothing after `patience`.
pub(super) fn sleep_until_writable(
    file: BorrowedFd<'_>,
    others: [BorrowedFd<'_>; 2],
    patience: Duration,
) -> io::Result<PollFlags> {
    let others = others.map(|file| PollFd::from_borrowed_fd(file, PollFlags::IN));
    let mut watched = vec![PollFd::from_borrowed_fd(file, PollFlags::OUT)];
    watched.extend(others);
    sleep_on(watched, Some(patience))
}

fn sleep_on(mut watched: Vec<PollFd<'_>>, patience: Option<Duration>) -> io::Result<PollFlags> {
    let patience = patience.and_then(|patience| Timespec::try_from(patience).ok());
    match poll(&mut watched, patience.as_ref()) {
        Ok(_) => Ok(watched.iter().map(PollFd::revents).collect()),
        Err(Errno::INTR) => Ok(PollFlags::IN),
        Err(errno) => Err(errno.into()),
    }
}
