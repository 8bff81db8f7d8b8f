//! Signals and deadlines, on their way to the [`Stop`] that a capture heeds.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1};
use signal_hook::{flag, low_level};
use tcptrace::capture::live::stop::{Stop, Trigger};
use tcptrace::error::Error;

/// The signals that end a run.
const ENDING: [i32; 3] = [SIGINT, SIGTERM, SIGHUP];

/// How long after the first signal a second one is taken for the same:
/// timeout(1) sends every signal twice.
const SAME_SIGNAL: Duration = Duration::from_millis(250);

/// The signals that request the stop, handled.
#[derive(Debug)]
pub struct Signals {
    /// The one that came; 0 where none did.
    came: Arc<AtomicUsize>,
    /// Whether SIGUSR1 came, which asks how far the run is.
    asked: Arc<AtomicBool>,
}

impl Signals {
    /// Lets SIGINT, SIGTERM and SIGHUP request the stop. Another signal, a
    /// quarter of a second later, ends the process at once, as the first would
    /// have without this. A SIGHUP that is ignored stays ignored, for the sake
    /// of nohup(1).
    pub fn request(stop: &Stop) -> Result<Self, Error> {
        let came = Arc::default();
        let impatient = Arc::new(AtomicBool::new(false));
        for signal in ENDING {
            if signal == SIGHUP && is_ignored(signal) {
                continue;
            }
            let number = usize::try_from(signal).unwrap_or_default();
            flag::register_conditional_default(signal, Arc::clone(&impatient))
                .and_then(|_| flag::register_usize(signal, Arc::clone(&came), number))
                .map_err(Error::Stop)?;
            pull(signal, stop.request_trigger()?)?;
        }
        let stop = stop.clone();
        in_background("second signal", move || {
            // Where the system does not let it wait, the first signal is not
            // waited for.
            let _ = stop.wait();
            thread::sleep(SAME_SIGNAL);
            impatient.store(true, Ordering::SeqCst);
        })?;
        Ok(Self {
            came,
            asked: Arc::default(),
        })
    }

    /// Lets SIGUSR1 ask how far the run is, and interrupt a source that waits for frames.
    pub fn interrupt(&self, stop: &Stop) -> Result<(), Error> {
        flag::register(SIGUSR1, Arc::clone(&self.asked)).map_err(Error::Stop)?;
        interrupt_by(SIGUSR1, stop)
    }

    /// Whether SIGUSR1 came since this was asked last.
    #[must_use]
    pub fn was_asked(&self) -> bool {
        self.asked.swap(false, Ordering::SeqCst)
    }

    /// The signal that requested the stop.
    #[must_use]
    pub fn came(&self) -> Option<i32> {
        let number = self.came.load(Ordering::SeqCst);
        i32::try_from(number).ok().filter(|&number| number > 0)
    }
}

/// Lets a signal interrupt a source.
pub fn interrupt_by(signal: i32, stop: &Stop) -> Result<(), Error> {
    pull(signal, stop.interrupt_trigger()?)
}

/// Lets the signals that end a run request this stop too, of who has something to put
/// right first: and SIGQUIT, which would end the process at once.
pub fn request_too(stop: &Stop) -> Result<(), Error> {
    for signal in ENDING.into_iter().chain([SIGQUIT]) {
        if signal != SIGHUP || !is_ignored(signal) {
            pull(signal, stop.request_trigger()?)?;
        }
    }
    Ok(())
}

/// Requests the stop once `time` has passed.
pub fn request_after(time: Duration, stop: &Stop) -> Result<(), Error> {
    let stop = stop.clone();
    in_background("deadline", move || {
        thread::sleep(time);
        stop.request();
    })
}

/// Interrupts a source once `time` has passed.
pub fn interrupt_after(time: Duration, stop: &Stop) -> Result<(), Error> {
    let stop = stop.clone();
    in_background("turn", move || {
        thread::sleep(time);
        stop.interrupt();
    })
}

/// Interrupts a source each time that `period` has passed, until the stop.
pub fn interrupt_every(period: Duration, stop: &Stop) -> Result<(), Error> {
    let stop = stop.clone();
    in_background("timer", move || {
        while !stop.is_requested() {
            thread::sleep(period);
            stop.interrupt();
        }
    })
}

/// Lets a signal pull a trigger. The flag is first: who is woken looks at it.
fn pull(signal: i32, trigger: Trigger) -> Result<(), Error> {
    let Trigger { flag, pipe } = trigger;
    flag::register(signal, flag)
        .and_then(|_| low_level::pipe::register(signal, pipe))
        .map(drop)
        .map_err(Error::Stop)
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
