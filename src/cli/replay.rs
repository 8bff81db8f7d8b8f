//! A run over the files that `-r` and `-V` name, and what ends it before they do.

use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;

use tcptrace::capture::Source;
use tcptrace::error::Error;
use tcptrace::pipeline::Left;
use tcptrace::sink::Sink;

use crate::cli::failure::Failure;
use crate::cli::session::Run;
use crate::cli::{files, is_closed_pipe, user};

impl Run<'_> {
    /// Reads the files, one after the other.
    pub fn replay<K: Sink>(&self, sink: K) -> Result<(), Failure> {
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
        let mut rest = paths.map(|path| files::open(path, &self.filter, &self.stop));
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
        &self,
        mut source: Box<dyn Source>,
        rest: &mut dyn Iterator<Item = Result<Box<dyn Source>, Error>>,
        sink: K,
    ) -> Result<(), Failure> {
        let mut pipeline = self.pipeline(sink);
        let left = loop {
            match pipeline.read(&mut *source, || self.stop.is_requested()) {
                Ok(Left::AtEnd) => {}
                left => break left,
            }
            match rest.next() {
                Some(Ok(next)) => source = next,
                Some(Err(Error::Stopped)) => break Ok(Left::Stopped),
                Some(Err(error)) => break Err(error),
                None => break Ok(Left::AtEnd),
            }
        };
        if matches!(left, Ok(Left::Stopped)) {
            pipeline.cut_off();
            self.leave_signal_behind();
        }
        // A wrong filter is not a capture with nothing in it.
        let ended = if left.is_ok() || pipeline.frames() > 0 {
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
