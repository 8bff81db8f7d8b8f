//! A live source that is read by a thread which does nothing else, so that no output, be
//! it slow or stopped, keeps frames in the kernel's buffer, where those drop out that
//! find no room.
//!
//! What was read waits here, up to a bound. Behind it the kernel's buffer fills as it
//! would have without; so nothing is dropped but by the kernel, which counts it.

mod backlog;
mod batch;
#[cfg(test)]
mod tests;

use std::io;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use crate::capture::live::interfaces;
use crate::capture::live::queue::backlog::{Backlog, Fetched};
use crate::capture::live::queue::batch::Batch;
use crate::capture::live::sleep::sleep;
use crate::capture::live::stop::Stop;
use crate::capture::numbers::FrameNumbers;
use crate::capture::{Next, Source, Statistics};
use crate::error::Error;
use crate::origin::Origin;

/// A live source whose frames wait in memory.
pub struct Queue {
    /// Until the first frame is asked for: what a process does before, giving up its
    /// privileges above all, holds for the thread as well.
    source: Option<Box<dyn Source>>,
    backlog: Arc<Backlog>,
    reader: Option<JoinHandle<()>>,
    /// What is shown, and how many of its frames were.
    batch: Batch,
    shown: usize,
    /// Whether it was said that there is nothing for now.
    is_quiet: bool,
    origin: Option<Origin>,
    numbers: FrameNumbers,
    stop: Stop,
    /// What the source is stopped and interrupted by.
    own_stop: Stop,
}

impl Queue {
    /// A queue before the source that `open` begins, with the stop that ends both.
    ///
    /// # Errors
    ///
    /// What `open` brings, and [`Error::Capture`] where the system has no more room.
    pub fn before(
        stop: &Stop,
        open: impl FnOnce(&Stop) -> Result<Box<dyn Source>, Error>,
    ) -> Result<Self, Error> {
        let own_stop = stop.apart()?;
        let mut source = open(&own_stop)?;
        let backlog = Backlog::new(source.statistics()).map_err(|error| trouble(&error))?;
        Ok(Self {
            origin: source.origin().cloned(),
            source: Some(source),
            backlog: Arc::new(backlog),
            reader: None,
            batch: Batch::default(),
            shown: 0,
            is_quiet: false,
            numbers: FrameNumbers::default(),
            stop: stop.clone(),
            own_stop,
        })
    }

    /// Lets the source be read from now on.
    #[cold]
    fn begin(&mut self, source: Box<dyn Source>) -> Result<(), Error> {
        let end = ReaderEnd(Arc::clone(&self.backlog));
        let named = thread::Builder::new().name("capture".to_owned());
        let reader = named.spawn(move || read(source, &end.0));
        self.reader = Some(reader.map_err(|error| trouble(&error))?);
        Ok(())
    }

    /// The next batch, where there is one; or else what there is to say.
    fn fetch(&mut self) -> Result<Option<Next<'static>>, Error> {
        if let Some(source) = self.source.take() {
            self.begin(source)?;
        }
        if self.is_quiet {
            let [_, interruption] = self.stop.wakers();
            sleep(&[self.backlog.bell(), interruption], None).map_err(|error| trouble(&error))?;
        }
        self.shown = 0;
        let due = self.backlog.next(&mut self.batch);
        self.is_quiet = matches!(due, Fetched::Nothing);
        match due {
            Fetched::Frames => Ok(None),
            Fetched::Nothing => Ok(Some(Next::Quiet)),
            Fetched::End(end) => end.map(|()| Some(Next::End)),
        }
    }
}

impl Source for Queue {
    fn next_frame(&mut self) -> Result<Next<'_>, Error> {
        if self.shown >= self.batch.len()
            && let Some(said) = self.fetch()?
        {
            return Ok(said);
        }
        let nth = self.shown;
        self.shown += 1;
        let origin = self.origin.as_ref();
        let frame = self.batch.frame(nth, &mut self.numbers, origin);
        Ok(frame.map_or(Next::Quiet, Next::Frame))
    }

    fn numbers(&mut self) -> &mut FrameNumbers {
        &mut self.numbers
    }

    fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    fn statistics(&mut self) -> Option<Statistics> {
        self.backlog.statistics()
    }
}

impl Drop for Queue {
    fn drop(&mut self) {
        self.backlog.abandon();
        self.own_stop.interrupt();
        if let Some(reader) = self.reader.take() {
            // What it panicked with was said.
            let _ = reader.join();
        }
    }
}

/// The reader's, which says that nothing comes any more however it ends.
struct ReaderEnd(Arc<Backlog>);

impl Drop for ReaderEnd {
    fn drop(&mut self) {
        self.0.end(Ok(()));
    }
}

/// Reads a source to its end, or until nobody wants it any more.
fn read(mut source: Box<dyn Source>, backlog: &Backlog) {
    let mut batch = Batch::default();
    loop {
        let (is_due, end) = match source.next_frame() {
            Ok(Next::Frame(frame)) => {
                batch.push(&frame);
                (batch.is_full() || backlog.is_idle(), None)
            }
            Ok(Next::Quiet) => (true, None),
            Ok(Next::End) => (true, Some(Ok(()))),
            Err(error) => (true, Some(Err(error))),
        };
        if is_due && !backlog.hand_over(&mut batch, source.statistics()) {
            return;
        }
        if let Some(end) = end {
            backlog.end(end);
            return;
        }
    }
}

fn trouble(error: &io::Error) -> Error {
    interfaces::lost("capture", &error.to_string())
}
