//! The command that is captured while it runs: `-- COMMAND ARGS`.

use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Command, ExitCode, ExitStatus};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use tcptrace::capture::live::stop::Stop;

use crate::cli::failure::Failure;
use crate::cli::signals::Signals;

/// Until the last segments of a command that has ended are surely captured: the
/// kernel sends what is left without it, and hands frames over with a delay.
const LINGERING: Duration = Duration::from_millis(300);

/// A command that was started.
pub struct Running {
    pid: Option<Pid>,
    waiting: JoinHandle<io::Result<ExitStatus>>,
}

/// Starts a command; its end requests the stop.
pub fn start(words: &[String], stop: &Stop) -> Result<Option<Running>, Failure> {
    let [command, arguments @ ..] = words else {
        return Ok(None);
    };
    let failed = |source| Failure::Run {
        command: PathBuf::from(command),
        source,
    };
    let started = Command::new(command).args(arguments).spawn();
    let mut child = started.map_err(failed)?;
    let pid = Pid::from_raw(child.id().cast_signed());
    let stop = stop.clone();
    let waiting = thread::Builder::new().name("command".to_owned());
    let waiting = waiting.spawn(move || {
        let status = child.wait();
        thread::sleep(LINGERING);
        stop.request();
        status
    });
    let waiting = waiting.map_err(failed)?;
    Ok(Some(Running { pid, waiting }))
}

impl Running {
    /// Waits for the command; its status, as a shell has it. Where the capture
    /// was told to end by a signal that the command did not get, it gets it
    /// now: Ctrl-C goes to both by itself.
    pub fn end(self, signals: &Signals) -> ExitCode {
        if !self.waiting.is_finished()
            && let Some(signal) = signals.came().and_then(Signal::from_named_raw)
            && signal != Signal::INT
            && let Some(pid) = self.pid
        {
            // It may have ended by now.
            let _ = kill_process(pid, signal);
        }
        let Ok(Ok(status)) = self.waiting.join() else {
            return ExitCode::FAILURE;
        };
        let signalled = status.signal().map(|signal| 128 + signal);
        let code = status.code().or(signalled).unwrap_or(1);
        ExitCode::from(u8::try_from(code).unwrap_or(1))
    }
}
