//! A window that slides over an input, so that a record can be seen whole
//! without the file being in memory.
//!
//! Large reads into one buffer that stays in the processor's cache: measured
//! at a third of the cost of mapping the file, and it works on pipes.

use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};

use crate::capture::damage::Damage;
use crate::error::Error;

/// Octets asked of the input at a time.
const CHUNK: usize = 256 * 1024;

/// What became of the wish to see so many octets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fill {
    /// They are visible.
    Enough,
    /// The input ends before.
    Ended,
    /// They are not there yet, and who asks again waits for them.
    NotYet,
}

/// What comes next in an input.
#[derive(Debug)]
pub(super) enum Upcoming<T> {
    /// This, as a whole.
    Here(T),
    /// Something that is not there yet.
    NotYet,
    /// Nothing.
    End,
}

/// The part of an input that is in memory.
pub(super) struct Window {
    /// The file.
    path: PathBuf,
    /// What is read of it, in messages: nothing, or a word behind the path.
    part: &'static str,
    input: Box<dyn Read + Send>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// The input's offset of `buffer[start]`.
    offset: u64,
    /// The input said that it has no more.
    at_end: bool,
    /// What a reader of the window was not told in full.
    failure: Option<io::Error>,
}

impl Window {
    pub(super) fn new(path: PathBuf, input: Box<dyn Read + Send>) -> Self {
        Self::on_part(path, "", input)
    }

    /// A window on a part of a file, as messages call it.
    pub(super) fn on_part(path: PathBuf, part: &'static str, input: Box<dyn Read + Send>) -> Self {
        Self {
            path,
            part,
            input,
            buffer: vec![0; CHUNK],
            start: 0,
            end: 0,
            offset: 0,
            at_end: false,
            failure: None,
        }
    }

    /// Makes at least `octets` octets visible. The buffer grows to hold them, so
    /// the caller bounds the number.
    #[inline]
    pub(super) fn fill(&mut self, octets: usize) -> Result<Fill, Error> {
        if self.end - self.start >= octets {
            return Ok(Fill::Enough);
        }
        match self.read_on(octets) {
            Ok(true) => Ok(Fill::Enough),
            Ok(false) => Ok(Fill::Ended),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(Fill::NotYet),
            Err(error) => Err(self.failed(error)),
        }
    }

    /// [`fill`](Self::fill) for one who cannot do without: waits for them. `false`
    /// where the input ends before.
    pub(super) fn fill_waiting(&mut self, octets: usize) -> Result<bool, Error> {
        loop {
            match self.fill(octets)? {
                Fill::Enough => return Ok(true),
                Fill::Ended => return Ok(false),
                Fill::NotYet => {}
            }
        }
    }

    /// [`fill`](Self::fill) for one who does not know the file: `false` where the
    /// input ends before, and [`WouldBlock`](io::ErrorKind::WouldBlock) where they
    /// are not there yet.
    pub(super) fn show(&mut self, octets: usize) -> io::Result<bool> {
        if self.end - self.start >= octets {
            return Ok(true);
        }
        self.read_on(octets)
    }

    /// [`show`](Self::show) for one who cannot do without.
    pub(super) fn show_waiting(&mut self, octets: usize) -> io::Result<bool> {
        loop {
            match self.show(octets) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                shown => return shown,
            }
        }
    }

    #[cold]
    fn read_on(&mut self, octets: usize) -> io::Result<bool> {
        // Who asks again has got over it.
        self.failure = None;
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        if self.buffer.len() < octets {
            self.buffer.resize(octets.next_multiple_of(CHUNK), 0);
        }
        while self.end < octets {
            if self.at_end {
                // What has ended does not begin to wait again.
                return Ok(false);
            }
            match self.input.read(&mut self.buffer[self.end..]) {
                Ok(0) => self.at_end = true,
                Ok(read) => self.end += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(true)
    }

    /// What is visible, from the current place on.
    #[inline]
    pub(super) fn octets(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Moves on by `octets`, which must be visible.
    #[inline]
    pub(super) fn advance(&mut self, octets: usize) {
        debug_assert!(octets <= self.end - self.start, "moved past the window");
        self.start = (self.start + octets).min(self.end);
        self.offset += octets as u64;
    }

    /// The `octets` octets that were just passed by [`advance`](Self::advance).
    #[inline]
    pub(super) fn passed(&self, octets: usize) -> &[u8] {
        &self.buffer[self.start.saturating_sub(octets)..self.start]
    }

    /// The file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    fn named(&self) -> PathBuf {
        let mut path = self.path.clone().into_os_string();
        path.push(self.part);
        path.into()
    }

    /// That the input is damaged at the current place.
    #[cold]
    pub(super) fn damaged(&self, reason: &'static str) -> Error {
        Error::Damaged {
            path: self.named(),
            offset: self.offset,
            reason,
        }
    }

    /// That the input is no capture file.
    pub(super) fn foreign(&self, reason: &'static str) -> Error {
        Error::Format {
            path: self.named(),
            reason,
        }
    }

    fn failed(&self, source: io::Error) -> Error {
        let source = match source.downcast::<Error>() {
            Ok(error) => return error,
            Err(source) => source,
        };
        match Damage::in_error(&source) {
            Some(&Damage { offset, reason }) => Error::Damaged {
                path: self.path.clone(),
                offset,
                reason,
            },
            None => Error::Read {
                path: self.path.clone(),
                source,
            },
        }
    }

    /// Keeps what is told to a reader of this window by its kind alone, for
    /// [`blame`](Self::blame).
    pub(super) fn keep(&mut self, error: io::Error) -> io::Error {
        let kind = error.kind();
        self.failure = Some(error);
        kind.into()
    }

    /// What became of a reader that failed on this window: the input's own
    /// failure, or damage in what was read, `cut` where it came from the end of
    /// the input.
    pub(super) fn blame(&mut self, cut: &'static str, damaged: &'static str) -> io::Error {
        if let Some(failure) = self.failure.take() {
            return failure;
        }
        let reason = if self.at_end { cut } else { damaged };
        Damage {
            offset: self.offset,
            reason,
        }
        .into()
    }

    /// Offset of the current place in the input.
    pub(super) const fn offset(&self) -> u64 {
        self.offset
    }

    /// Whether the end of the input was met.
    pub(super) const fn is_at_end(&self) -> bool {
        self.at_end
    }
}

impl Read for Window {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut visible = self.fill_buf()?;
        let read = visible.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Window {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            self.read_on(1).map_err(|error| self.keep(error))?;
        }
        Ok(self.octets())
    }

    fn consume(&mut self, octets: usize) {
        self.advance(octets);
    }
}
