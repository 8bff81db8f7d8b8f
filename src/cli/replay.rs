//! A run over the files that `-r` and `-V` name, and what ends it before they do.

use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;

use tcptrace::capture::Source;
use tcptrace::capture::live::stop::Stop;
use tcptrace::error::Error;
use tcptrace::pipeline::Left;
use tcptrace::sink::Sink;

use crate::cli::failure::Failure;
use crate::cli::session::Run;
use crate::cli::speed::Paced;
use crate::cli::{files, is_closed_pipe, user};

impl Run<'_> {
    /// Reads the files, one after the other.
    pub fn replay<K: Sink>(&mut self, sink: K) -> Result<(), Failure> {
        let (args, paths) = (self.session.args, &self.session.paths);
        self.spare(paths)?;
        let mut paths = paths.iter();
        let Some(first) = paths.next() else {
            return Ok(());
        };
        let first = match files::open(first, &self.filter, &self.stop) {
            Err(Error::Stopped) => {
                self.leave_signal_behind();
                return Err(self.interrupted(0));
            }
            first => first?,
        };
        user::become_user(args.user.as_deref())?;
        let (filter, stop) = (self.filter.clone(), self.stop.clone());
        let speed = self.session.speed;
        let paced = |source| paced(source, speed, &stop);
        let mut rest = paths.map(|path| files::open(path, &filter, &stop).map(paced));
        let first = paced(first);
        match self.writer(first.origin(), None)? {
            Some(writer) => self.read(first, &mut rest, self.saving(sink, writer)),
            None => self.read(first, &mut rest, sink),
        }
    }

    /// Does not write over a file that is read: nothing would be left of it.
    fn spare(&self, read: &[PathBuf]) -> Result<(), Error> {
        let written = self.session.args.save.write.as_ref();
        let identity = |path: &PathBuf| {
            let facts = fs::metadata(path).ok().filter(Metadata::is_file)?;
            Some((facts.dev(), facts.ino()))
        };
        let Some(place) = written.and_then(identity) else {
            return Ok(());
        };
        match read.iter().find(|path| identity(path) == Some(place)) {
            Some(path) => Err(Error::Unsavable {
                path: path.clone(),
                reason: "it is read, and would be lost; give -w another name",
            }),
            None => Ok(()),
        }
    }

    fn read<K: Sink>(
        &mut self,
        mut source: Box<dyn Source>,
        rest: &mut dyn Iterator<Item = Result<Box<dyn Source>, Error>>,
        sink: K,
    ) -> Result<(), Failure> {
        let mut pipeline = self.pipeline(sink);
        let left = loop {
            let stop = &self.stop;
            let is_stopped = || stop.is_requested() || stop.is_interrupted();
            match pipeline.read(&mut *source, is_stopped) {
                Ok(Left::AtEnd) => {}
                Ok(Left::Stopped) if !stop.is_requested() => {
                    stop.resume();
                    self.answer(&pipeline, None);
                    match self.attend(&mut pipeline, None) {
                        Ok(()) => continue,
                        Err(error) => break Err(error),
                    }
                }
                left => break left,
            }
            match rest.next() {
                Some(Ok(next)) => source = next,
                Some(Err(Error::Stopped)) => break Ok(Left::Stopped),
                Some(Err(error)) => break Err(error),
                None => break Ok(Left::AtEnd),
            }
        };
        let left = left.and_then(|left| {
            self.finish(&mut pipeline, None)?;
            Ok(left)
        });
        let shows = self.outlive(&mut pipeline, None, left.as_ref().err());
        let is_stopped = matches!(left, Ok(Left::Stopped));
        self.leave_terminal(is_stopped);
        if is_stopped {
            pipeline.cut_off();
        }
        // A wrong filter is not a capture with nothing in it.
        let ended = if shows && (left.is_ok() || pipeline.frames() > 0) {
            self.end(&mut pipeline)
        } else {
            Ok(())
        };
        let frames = pipeline.frames_read();
        // What was tracked goes with the process, sooner than piece by piece.
        std::mem::forget(pipeline);
        // Who reads our output may have got the same signal, and be gone.
        let is_left = match &left {
            Ok(left) => *left == Left::Stopped,
            Err(error) => is_closed_pipe(error),
        };
        let is_interrupted = is_left && self.signals.came().is_some();
        match ended.and(left) {
            Err(error) if !is_interrupted || !is_closed_pipe(&error) => Err(error.into()),
            _ if is_interrupted => Err(self.interrupted(frames)),
            _ => Ok(()),
        }
    }

    /// What a signal makes of the reading of a file.
    fn interrupted(&self, frames: u64) -> Failure {
        Failure::Interrupted {
            signal: self.signals.came().unwrap_or_default(),
            frames,
        }
    }
}

/// The same source, of which the frames come when they are due where a speed is given.
fn paced(source: Box<dyn Source>, speed: Option<f64>, stop: &Stop) -> Box<dyn Source> {
    match speed {
        Some(speed) => Box::new(Paced::new(source, speed, stop.clone())),
        None => source,
    }
}
