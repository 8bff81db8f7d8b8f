//! How a source waits: for frames, and for what ends the wait.

use std::io;
use std::os::fd::BorrowedFd;
use std::time::Duration;

use rustix::event::PollFlags;

use crate::capture::live::kernel_filter;
use crate::capture::live::sleep::sleep;
use crate::capture::live::stop::Stop;

/// How often an interface that reported a fault is looked at again: its
/// disappearance, after it went down, wakes nobody.
pub(super) const RECHECK: Duration = Duration::from_millis(250);

/// A source's wait for frames, and what is left of it after a stop.
///
/// What the kernel had captured when the stop came is still delivered: the
/// socket is closed to new frames, and then read until it is empty. So a busy
/// interface cannot put off the end.
#[derive(Debug)]
pub(super) struct Wait {
    stop: Stop,
    /// How long the socket may hold back a frame that it has captured.
    settling: Duration,
    phase: SocketState,
    /// The last read found nothing.
    quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SocketState {
    Open,
    /// The interface reported an error and may come back or not.
    Faulty,
    /// The stop came; the socket takes no new frames.
    Closing,
}

impl Wait {
    pub(super) fn new(stop: &Stop, settling: Duration) -> Self {
        Self {
            stop: stop.clone(),
            settling,
            phase: SocketState::Open,
            quiet: false,
        }
    }

    /// Before a read: sleeps where the last one found nothing, until there may
    /// be something. `false` where there will be nothing more.
    #[inline]
    pub(super) fn until_ready(&mut self, socket: BorrowedFd<'_>) -> io::Result<bool> {
        if self.quiet || self.stop.is_requested() {
            return self.sleep_or_close(socket);
        }
        Ok(true)
    }

    /// After a read that found a frame.
    #[inline]
    pub(super) fn found_frame(&mut self) {
        self.quiet = false;
        if self.phase == SocketState::Faulty {
            self.phase = SocketState::Open;
        }
    }

    /// After a read that found nothing.
    pub(super) fn found_nothing(&mut self) {
        self.quiet = true;
    }

    /// After a read that found the interface down.
    pub(super) fn found_fault(&mut self) {
        self.quiet = true;
        if self.phase == SocketState::Open {
            self.phase = SocketState::Faulty;
        }
    }

    #[cold]
    fn sleep_or_close(&mut self, socket: BorrowedFd<'_>) -> io::Result<bool> {
        if self.phase == SocketState::Closing {
            return Ok(!self.quiet || !sleep(&[socket], Some(self.settling))?.is_empty());
        }
        if self.quiet {
            let recheck = (self.phase == SocketState::Faulty).then_some(RECHECK);
            let [stop, interruption] = self.stop.wakers();
            let woken = sleep(&[socket, stop, interruption], recheck)?;
            if woken.intersects(PollFlags::ERR | PollFlags::HUP) {
                self.found_fault();
            }
        }
        if self.stop.is_requested() {
            self.phase = SocketState::Closing;
            return Ok(kernel_filter::close(&socket).is_ok());
        }
        Ok(true)
    }
}
