//! Frames on their way into a capture file, beside what is shown of them.

use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, OnceLock};

use rustix::process::{Pid, setpriority_process};
use tcptrace::capture::Statistics;
use tcptrace::capture::live::stop::Stop;
use tcptrace::capture::writer::{Writer, Written};
use tcptrace::error::Error;
use tcptrace::segment::Packet;
use tcptrace::sink::note::Notes;
use tcptrace::sink::style::Style;
use tcptrace::sink::{Event, Sink};
use tcptrace::track::{Observation, Wants};

use crate::cli::aside;

/// The lowest priority.
const LOWEST: i32 = 19;

/// Nothing is shown: the frames are only written.
#[derive(Debug)]
pub struct Unshown;

impl Style for Unshown {
    fn wants(&self) -> Wants {
        Wants::NOTHING
    }
}

/// A sink, and a writer that gets the frames first.
pub struct Saving<K> {
    pub shown: K,
    /// None when it is complete, or failed.
    pub writer: Option<Writer>,
    /// Where annotations go into the file.
    pub notes: Option<Notes>,
    /// Where files are handed on.
    pub after: After,
    /// How many files there may be, for the word that says so.
    pub files: Option<u32>,
    pub stop: Stop,
    /// The kernel's counters, once they are known.
    pub statistics: Arc<OnceLock<Statistics>>,
}

impl<K> Saving<K> {
    /// Writes a frame; whether it is still to be shown.
    fn write(
        &mut self,
        packet: &Packet<'_>,
        seen: Option<&Observation<'_>>,
    ) -> Result<bool, Error> {
        let Some(writer) = &mut self.writer else {
            return Ok(false);
        };
        let notes = self.notes.as_mut().zip(seen).into_iter();
        let notes = notes.flat_map(|(notes, seen)| notes.of(seen));
        match writer.write(packet.frame, notes) {
            Ok(Written::Here) => Ok(true),
            Ok(Written::After(path)) => {
                self.after.run(path);
                Ok(true)
            }
            Ok(Written::Over(path)) => {
                self.writer = None;
                let files = self.files.unwrap_or_default();
                aside::say(format!("Maximum file limit reached: {files}"));
                self.stop.request();
                self.after.run(path);
                Ok(false)
            }
            Err(error) => {
                self.writer = None;
                Err(error)
            }
        }
    }

    fn finish(&mut self) -> Result<(), Error> {
        let writer = self.writer.take();
        let statistics = self.statistics.get().copied();
        let finished = writer.map_or(Ok(None), |writer| writer.finish(statistics));
        let complete = finished.map(|path| {
            if let Some(path) = path {
                self.after.run(path);
            }
        });
        self.after.wait();
        complete
    }
}

impl<K: Sink> Sink for Saving<K> {
    fn wants(&self) -> Wants {
        if self.notes.is_some() {
            self.shown.wants() | Notes::wants()
        } else {
            self.shown.wants()
        }
    }

    #[inline]
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        match event {
            Event::Packet(packet, seen) => {
                if self.write(packet, seen)? {
                    self.shown.take(event)?;
                }
                Ok(())
            }
            Event::Quiet => {
                if let Some(writer) = &mut self.writer {
                    writer.flush()?;
                }
                self.shown.take(event)
            }
            Event::End(_) => {
                // The file is complete before anything is said about it.
                let finished = self.finish();
                self.shown.take(event)?;
                Ok(finished?)
            }
            Event::Connection(_)
            | Event::Unreachable(_)
            | Event::IcmpError(..)
            | Event::Socket(..)
            | Event::Standing(_)
            | Event::Capture(_) => self.shown.take(event),
        }
    }
}

/// The command that gets each file that is complete (`-z`).
///
/// The capture does not depend on it: what goes wrong is said, for each file,
/// and the files are written all the same.
#[derive(Debug)]
pub struct After {
    command: Option<String>,
    running: Vec<(Child, PathBuf)>,
}

impl After {
    pub const fn new(command: Option<String>) -> Self {
        Self {
            command,
            running: Vec::new(),
        }
    }

    /// Runs the command with a file, beside the capture and with the lowest
    /// priority, as tcpdump does.
    fn run(&mut self, path: PathBuf) {
        let Some(command) = &self.command else {
            return;
        };
        let started = Command::new(command)
            .arg(&path)
            .stdin(Stdio::null())
            .spawn();
        match started {
            Ok(child) => {
                // Without it the command is only less modest.
                let _ = setpriority_process(Pid::from_raw(child.id().cast_signed()), LOWEST);
                self.running.push((child, path));
            }
            Err(error) => aside::say(format!(
                "tcptrace: {}: cannot run {command}: {error}",
                path.display()
            )),
        }
        self.running
            .retain_mut(|(child, path)| match child.try_wait() {
                Ok(None) => true,
                Ok(Some(status)) => {
                    judge(command, path, status);
                    false
                }
                Err(_) => false,
            });
    }

    /// Waits for those that still run.
    fn wait(&mut self) {
        let command = self.command.as_deref().unwrap_or_default();
        for (mut child, path) in self.running.drain(..) {
            if let Ok(status) = child.wait() {
                judge(command, &path, status);
            }
        }
    }
}

/// Says that a command failed with a file.
fn judge(command: &str, path: &Path, status: ExitStatus) {
    let path = path.display();
    if let Some(signal) = status.signal() {
        aside::say(format!(
            "tcptrace: {path}: {command} was ended by signal {signal}"
        ));
    } else if let Some(code) = status.code().filter(|code| *code != 0) {
        aside::say(format!(
            "tcptrace: {path}: {command} failed with exit status {code}"
        ));
    }
}
