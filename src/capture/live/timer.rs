//! A time that has to pass, measured by the kernel: it goes on where a sleep is
//! interrupted.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::Duration;

use rustix::time::{
    Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create,
    timerfd_settime,
};

/// A timer, readable once its time has passed.
pub(super) struct Timer {
    file: OwnedFd,
    is_running: bool,
}

impl Timer {
    pub(super) fn new() -> io::Result<Self> {
        let flags = TimerfdFlags::CLOEXEC | TimerfdFlags::NONBLOCK;
        Ok(Self {
            file: timerfd_create(TimerfdClockId::Monotonic, flags)?,
            is_running: false,
        })
    }

    /// What is readable when the time has passed.
    pub(super) fn file(&self) -> BorrowedFd<'_> {
        self.file.as_fd()
    }

    /// Lets it run for so long, unless it runs.
    pub(super) fn start(&mut self, time: Duration) -> io::Result<()> {
        if self.is_running {
            return Ok(());
        }
        self.set(time)?;
        self.is_running = true;
        Ok(())
    }

    /// Stops it, where it runs.
    pub(super) fn stop(&mut self) -> io::Result<()> {
        if self.is_running {
            self.set(Duration::ZERO)?;
            self.is_running = false;
        }
        Ok(())
    }

    /// Whether the time has passed since it was started; then it is stopped.
    pub(super) fn has_expired(&mut self) -> bool {
        let has_expired = self.is_running && rustix::io::read(&self.file, &mut [0; 8]).is_ok();
        self.is_running &= !has_expired;
        has_expired
    }

    fn set(&self, time: Duration) -> io::Result<()> {
        let never = Timespec::default();
        let time = Itimerspec {
            it_interval: never,
            it_value: Timespec::try_from(time).unwrap_or(never),
        };
        timerfd_settime(&self.file, TimerfdTimerFlags::empty(), &time)?;
        Ok(())
    }
}
