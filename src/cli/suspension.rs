//! A program that stands still, as Ctrl-Z has it, and goes on: for who has the terminal.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Signal, kill_current_process_group};
use signal_hook::consts::SIGCONT;
use signal_hook::flag;

/// A signal arrives sooner than this. Where no shell is there to let the program go on,
/// the system does not let it stand still.
const ARRIVES: Duration = Duration::from_millis(200);
/// Between two looks at whether it goes on.
const LOOK: Duration = Duration::from_millis(5);

/// Whether the program stood still and goes on.
#[derive(Debug)]
pub struct Suspension {
    goes_on: Arc<AtomicBool>,
}

impl Suspension {
    /// Notices from now on that the program goes on.
    ///
    /// # Errors
    ///
    /// What the system has against a handler.
    pub fn heed() -> io::Result<Self> {
        let goes_on = Arc::default();
        flag::register(SIGCONT, Arc::clone(&goes_on))?;
        Ok(Self { goes_on })
    }

    /// Whether it stood still since this was asked last: whoever had the terminal
    /// meanwhile left it as others want it.
    pub fn has_gone_on(&self) -> bool {
        self.goes_on.swap(false, Ordering::SeqCst)
    }

    /// Stands still with all that its shell takes for the same job, as a terminal has it
    /// that takes Ctrl-Z itself. It returns when the program goes on.
    ///
    /// # Errors
    ///
    /// What the system has against the signal.
    pub fn begin(&self) -> io::Result<()> {
        self.goes_on.store(false, Ordering::SeqCst);
        kill_current_process_group(Signal::TSTP)?;
        // Any thread may be the one that takes it: this one goes on until then.
        let sent = Instant::now();
        while !self.has_gone_on() && sent.elapsed() < ARRIVES {
            thread::sleep(LOOK);
        }
        Ok(())
    }
}
