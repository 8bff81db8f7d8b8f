//! What ends a capture: Ctrl-C, a deadline, or the program itself.
//!
//! A quiet interface would keep its reader asleep for ever, and libpcap's read
//! timeout does not wake it (measured). So a source sleeps on two things at
//! once: its socket, and a pipe that a stop makes readable for good.

use std::fs;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::pipe::{PipeFlags, pipe_with};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGUSR1};
use signal_hook::{flag, low_level};

use crate::capture::kernel_filter;
use crate::error::Error;

/// How often an interface that reported a fault is looked at again: its
/// disappearance, after it went down, wakes nobody.
const RECHECK: Duration = Duration::from_millis(250);
/// How long after the first signal a second one is taken for the same:
/// timeout(1) sends every signal twice.
const SAME_SIGNAL: Duration = Duration::from_millis(250);

/// A request to stop, seen by all its clones, that is never taken back.
#[derive(Debug, Clone)]
pub struct Stop {
    requested: Arc<AtomicBool>,
    pipe: Arc<Pipe>,
    interruption: Interruption,
    /// The signal that came; 0 where none did.
    signal: Arc<AtomicUsize>,
}

/// A request to look up from waiting for frames, which is taken back when it
/// was met.
#[derive(Debug, Clone)]
struct Interruption {
    requested: Arc<AtomicBool>,
    pipe: Arc<Pipe>,
}

#[derive(Debug)]
struct Pipe {
    reader: OwnedFd,
    writer: OwnedFd,
}

impl Pipe {
    fn new() -> Result<Arc<Self>, Error> {
        let flags = PipeFlags::CLOEXEC | PipeFlags::NONBLOCK;
        match pipe_with(flags) {
            Ok((reader, writer)) => Ok(Arc::new(Self { reader, writer })),
            Err(errno) => Err(Error::Stop(errno.into())),
        }
    }

    /// Makes the pipe unreadable again.
    fn drain(&self) {
        let mut octets = [0; 64];
        while rustix::io::read(&self.reader, &mut octets).is_ok_and(|read| read > 0) {}
    }
}

impl Stop {
    /// A stop that nobody has requested yet, and that no signal requests.
    ///
    /// # Errors
    ///
    /// [`Error::Stop`] where the system has no pipe left.
    pub fn new() -> Result<Self, Error> {
        Ok(Self {
            requested: Arc::default(),
            pipe: Pipe::new()?,
            interruption: Interruption {
                requested: Arc::default(),
                pipe: Pipe::new()?,
            },
            signal: Arc::default(),
        })
    }

    /// Lets SIGINT, SIGTERM and SIGHUP request the stop. Another signal, a
    /// quarter of a second later, ends the process at once, as the first would
    /// have without this. A SIGHUP that is ignored stays ignored, for the sake
    /// of nohup(1).
    ///
    /// # Errors
    ///
    /// [`Error::Stop`] where the system refuses a handler or a thread.
    pub fn on_signals(&self) -> Result<(), Error> {
        let impatient = Arc::new(AtomicBool::new(false));
        let watch = |signal| {
            flag::register_conditional_default(signal, Arc::clone(&impatient))?;
            let number = usize::try_from(signal).unwrap_or_default();
            flag::register_usize(signal, Arc::clone(&self.signal), number)?;
            flag::register(signal, Arc::clone(&self.requested))?;
            low_level::pipe::register(signal, self.pipe.writer.try_clone()?)
        };
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            if signal != SIGHUP || !is_ignored(signal) {
                watch(signal).map_err(Error::Stop)?;
            }
        }
        let stop = self.clone();
        in_background("second signal", move || {
            while !stop.is_requested() && sleep(&[stop.pipe.reader.as_fd()], None).is_ok() {}
            thread::sleep(SAME_SIGNAL);
            impatient.store(true, Ordering::SeqCst);
        })
    }

    /// Lets SIGUSR1 interrupt a source that waits for frames: it says that
    /// there is none for now, and [`is_interrupted`](Self::is_interrupted)
    /// tells why.
    ///
    /// # Errors
    ///
    /// As [`on_signals`](Self::on_signals).
    pub fn interrupted_by_signal(&self) -> Result<(), Error> {
        let Interruption { requested, pipe } = &self.interruption;
        let watch = || {
            flag::register(SIGUSR1, Arc::clone(requested))?;
            low_level::pipe::register(SIGUSR1, pipe.writer.try_clone()?)
        };
        watch().map(drop).map_err(Error::Stop)
    }

    /// Whether SIGUSR1 came since [`resume`](Self::resume) was called.
    #[inline]
    #[must_use]
    pub fn is_interrupted(&self) -> bool {
        self.interruption.requested.load(Ordering::Relaxed)
    }

    /// Takes an interruption back, so that a source waits again.
    pub fn resume(&self) {
        self.interruption.pipe.drain();
        self.interruption.requested.store(false, Ordering::SeqCst);
    }

    /// Requests the stop once `time` has passed.
    ///
    /// # Errors
    ///
    /// [`Error::Stop`] where the system has no thread left.
    pub fn after(&self, time: Duration) -> Result<(), Error> {
        let stop = self.clone();
        in_background("deadline", move || {
            thread::sleep(time);
            stop.request();
        })
    }

    /// The signal that requested the stop.
    #[must_use]
    pub fn signal(&self) -> Option<i32> {
        let number = self.signal.load(Ordering::SeqCst);
        i32::try_from(number).ok().filter(|&number| number > 0)
    }

    /// Requests the stop.
    pub fn request(&self) {
        self.requested.store(true, Ordering::SeqCst);
        // Where the pipe is full it is readable, which is all that is wanted.
        let _ = rustix::io::write(&self.pipe.writer, b"s");
    }

    /// Whether the stop was requested; cheap enough to ask for every frame.
    #[inline]
    #[must_use]
    pub fn is_requested(&self) -> bool {
        self.requested.load(Ordering::Relaxed)
    }
}

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
    phase: Phase,
    /// The last read found nothing.
    quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
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
            phase: Phase::Open,
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
        if self.phase == Phase::Faulty {
            self.phase = Phase::Open;
        }
    }

    /// After a read that found nothing.
    pub(super) fn found_nothing(&mut self) {
        self.quiet = true;
    }

    /// After a read that found the interface down.
    pub(super) fn found_fault(&mut self) {
        self.quiet = true;
        if self.phase == Phase::Open {
            self.phase = Phase::Faulty;
        }
    }

    #[cold]
    fn sleep_or_close(&mut self, socket: BorrowedFd<'_>) -> io::Result<bool> {
        if self.phase == Phase::Closing {
            return Ok(!self.quiet || !sleep(&[socket], Some(self.settling))?.is_empty());
        }
        if self.quiet {
            let recheck = (self.phase == Phase::Faulty).then_some(RECHECK);
            let stop = self.stop.pipe.reader.as_fd();
            let interruption = self.stop.interruption.pipe.reader.as_fd();
            let woken = sleep(&[socket, stop, interruption], recheck)?;
            if woken.intersects(PollFlags::ERR | PollFlags::HUP) {
                self.found_fault();
            }
        }
        if self.stop.is_requested() {
            self.phase = Phase::Closing;
            return Ok(kernel_filter::close(&socket).is_ok());
        }
        Ok(true)
    }
}

/// Sleeps until one of `files` has something to say, and says what; nothing
/// after `patience`. A signal ends the sleep like input would.
fn sleep(files: &[BorrowedFd<'_>], patience: Option<Duration>) -> io::Result<PollFlags> {
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

fn in_background(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), Error> {
    let thread = thread::Builder::new().name(name.to_owned());
    thread.spawn(work).map(drop).map_err(Error::Stop)
}

/// Whether the process was started with a signal ignored. Where the system
/// does not tell, it was not.
fn is_ignored(signal: i32) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("SigIgn:"))
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}
