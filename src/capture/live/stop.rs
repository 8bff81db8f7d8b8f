//! What ends a capture, or interrupts it: another thread, or a signal handler.
//!
//! A quiet interface would keep its reader asleep for ever, and libpcap's read
//! timeout does not wake it (measured). So a source sleeps on two things at
//! once: its socket, and a pipe that a stop makes readable for good.
//!
//! Handlers and threads are the caller's; here is what they need.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rustix::pipe::{PipeFlags, pipe_with};

use crate::capture::live::sleep::sleep;
use crate::error::Error;

/// A request to stop, seen by all its clones, that is never taken back; and one
/// to interrupt the wait for frames, which is.
#[derive(Debug, Clone)]
pub struct Stop {
    stop: Call,
    interruption: Call,
}

/// What a signal handler does in the place of a call, as it may neither lock nor
/// allocate: it sets the flag, then writes an octet to the pipe, any one.
#[derive(Debug)]
pub struct Trigger {
    /// What says that the request was made.
    pub flag: Arc<AtomicBool>,
    /// What wakes those that sleep. It is never waited for: a full one wakes
    /// them too.
    pub pipe: OwnedFd,
}

/// A request, and what wakes those that sleep while it is made.
#[derive(Debug, Clone)]
struct Call {
    made: Arc<AtomicBool>,
    pipe: Arc<Pipe>,
}

#[derive(Debug)]
struct Pipe {
    reader: OwnedFd,
    writer: OwnedFd,
}

impl Call {
    fn new() -> Result<Self, Error> {
        let flags = PipeFlags::CLOEXEC | PipeFlags::NONBLOCK;
        let (reader, writer) = pipe_with(flags).map_err(|errno| Error::Stop(errno.into()))?;
        Ok(Self {
            made: Arc::default(),
            pipe: Arc::new(Pipe { reader, writer }),
        })
    }

    fn make(&self) {
        self.made.store(true, Ordering::SeqCst);
        // Where the pipe is full it is readable, which is all that is wanted.
        let _ = rustix::io::write(&self.pipe.writer, b"s");
    }

    fn take_back(&self) {
        let mut octets = [0; 64];
        while rustix::io::read(&self.pipe.reader, &mut octets).is_ok_and(|read| read > 0) {}
        self.made.store(false, Ordering::SeqCst);
    }

    #[inline]
    fn is_made(&self) -> bool {
        self.made.load(Ordering::Relaxed)
    }

    fn trigger(&self) -> Result<Trigger, Error> {
        let pipe = self.pipe.writer.try_clone().map_err(Error::Stop)?;
        let flag = Arc::clone(&self.made);
        Ok(Trigger { flag, pipe })
    }
}

impl Stop {
    /// A stop that nobody has requested yet.
    ///
    /// # Errors
    ///
    /// [`Error::Stop`] where the system has no pipe left.
    pub fn new() -> Result<Self, Error> {
        Ok(Self {
            stop: Call::new()?,
            interruption: Call::new()?,
        })
    }

    /// The same stop, but with interruptions of its own.
    pub(super) fn apart(&self) -> Result<Self, Error> {
        Ok(Self {
            stop: self.stop.clone(),
            interruption: Call::new()?,
        })
    }

    /// Requests the stop.
    pub fn request(&self) {
        self.stop.make();
    }

    /// Whether the stop was requested; cheap enough to ask for every frame.
    #[inline]
    #[must_use]
    pub fn is_requested(&self) -> bool {
        self.stop.is_made()
    }

    /// Sleeps until the stop is requested.
    ///
    /// # Errors
    ///
    /// What the system has against waiting.
    pub fn wait(&self) -> io::Result<()> {
        while !self.is_requested() {
            sleep(&[self.stop.pipe.reader.as_fd()], None)?;
        }
        Ok(())
    }

    /// Sleeps until the stop is requested or an interruption made, so long at most.
    ///
    /// # Errors
    ///
    /// What the system has against waiting.
    pub fn wait_for(&self, patience: Duration) -> io::Result<()> {
        sleep(&self.wakers(), Some(patience)).map(drop)
    }

    /// What a signal handler does to [`request`](Self::request) the stop.
    ///
    /// # Errors
    ///
    /// [`Error::Stop`] where the process has no file descriptor left.
    pub fn request_trigger(&self) -> Result<Trigger, Error> {
        self.stop.trigger()
    }

    /// Interrupts a source that waits for frames: it says that there is none
    /// for now, and [`is_interrupted`](Self::is_interrupted) tells why.
    pub fn interrupt(&self) {
        self.interruption.make();
    }

    /// Whether there was an interruption since [`resume`](Self::resume) was
    /// called.
    #[inline]
    #[must_use]
    pub fn is_interrupted(&self) -> bool {
        self.interruption.is_made()
    }

    /// Takes an interruption back, so that a source waits again.
    pub fn resume(&self) {
        self.interruption.take_back();
    }

    /// What a signal handler does to [`interrupt`](Self::interrupt) a source.
    ///
    /// # Errors
    ///
    /// As [`request_trigger`](Self::request_trigger).
    pub fn interrupt_trigger(&self) -> Result<Trigger, Error> {
        self.interruption.trigger()
    }

    /// What becomes readable with a stop, and with an interruption.
    pub(super) fn wakers(&self) -> [BorrowedFd<'_>; 2] {
        [&self.stop, &self.interruption].map(|call| call.pipe.reader.as_fd())
    }
}
