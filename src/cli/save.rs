//! Frames on their way into a capture file, beside what is shown of them.

use std::cell::Cell;
use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::rc::Rc;

use rustix::process::{Pid, setpriority_process};
use tcptrace::capture::Statistics;
use tcptrace::capture::live::stop::Stop;
use tcptrace::capture::writer::{Writer, Written};
use tcptrace::error::Error;
use tcptrace::segment::Packet;
use tcptrace::sink::Sink;
use tcptrace::sink::note::Notes;
use tcptrace::totals::Totals;
use tcptrace::track::Observation;
use tcptrace::track::flow::Flow;

/// The lowest priority.
const LOWEST: i32 = 19;

/// Nothing is shown: the frames are only written.
#[derive(Debug)]
pub struct Unshown;

impl Sink for Unshown {
    const TRACKS: bool = false;

    fn packet(&mut self, _: &Packet<'_>, _: Option<&Observation<'_>>) -> io::Result<()> {
        Ok(())
    }

    fn quiet(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn end(&mut self, _: &Totals) -> io::Result<()> {
        Ok(())
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
    pub statistics: Rc<Cell<Option<Statistics>>>,
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
        let notes = self.notes.as_mut();
        let note = notes.and_then(|notes| notes.of(packet, seen));
        match writer.write(packet.frame, note) {
            Ok(Written::Here) => Ok(true),
            Ok(Written::After(path)) => {
                self.after.run(path);
                Ok(true)
            }
            Ok(Written::Over(path)) => {
                self.writer = None;
                let files = self.files.unwrap_or_default();
                eprintln!("Maximum file limit reached: {files}");
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
        let finished = writer.map_or(Ok(None), |writer| writer.finish(self.statistics.get()));
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
    fn tracks(&self) -> bool {
        self.notes.is_some() || self.shown.tracks()
    }

    fn reads_ledgers(&self) -> bool {
        self.shown.reads_ledgers()
    }

    fn packet(&mut self, packet: &Packet<'_>, seen: Option<&Observation<'_>>) -> io::Result<()> {
        if self.write(packet, seen)? {
            self.shown.packet(packet, seen)?;
        }
        Ok(())
    }

    fn connection(&mut self, flow: &Flow) -> io::Result<()> {
        self.shown.connection(flow)
    }

    fn unreachable(&mut self, flow: &Flow) -> io::Result<()> {
        self.shown.unreachable(flow)
    }

    fn quiet(&mut self) -> io::Result<()> {
        if let Some(writer) = &mut self.writer {
            writer.flush()?;
        }
        self.shown.quiet()
    }

    /// The file is complete before anything is said about it.
    fn end(&mut self, totals: &Totals) -> io::Result<()> {
        let finished = self.finish();
        self.shown.end(totals)?;
        Ok(finished?)
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
            Err(error) => eprintln!(
                "tcptrace: {}: cannot run {command}: {error}",
                path.display()
            ),
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
        eprintln!("tcptrace: {path}: {command} was ended by signal {signal}");
    } else if let Some(code) = status.code().filter(|code| *code != 0) {
        eprintln!("tcptrace: {path}: {command} failed with exit status {code}");
    }
}
