//! A capture file that is read until a stop, and tells where it has nothing for now.

use std::fs::{self, File, FileType, OpenOptions};
use std::io::{self, Read};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::OFlags;

use crate::capture::Source;
use crate::capture::filter::Filter;
use crate::capture::live::sleep::sleep;
use crate::capture::live::stop::Stop;
use crate::capture::savefile::{self, STANDARD_INPUT};
use crate::error::Error;

/// Opens a capture file; `-` is standard input. A stop ends it with
/// [`Error::Stopped`]. A [stream](is_stream) that has nothing for now says
/// [`Quiet`](crate::capture::Next::Quiet) before it is waited for.
///
/// # Errors
///
/// As [`savefile::open`], and [`Error::Stopped`].
pub fn open(path: impl AsRef<Path>, filter: Filter, stop: &Stop) -> Result<Box<dyn Source>, Error> {
    let path = path.as_ref();
    let (named, stream) = if path == Path::new("-") {
        (Path::new(STANDARD_INPUT), Stream::of_standard_input(stop))
    } else {
        (path, Stream::open(path, stop))
    };
    let stream = stream.map_err(|source| Error::Read {
        path: named.to_owned(),
        source,
    })?;
    savefile::from_reader(named.to_owned(), stream, filter)
}

/// A capture that comes by and by through a pipe or a socket, which is read as a file is;
/// `name` is only for messages.
///
/// # Errors
///
/// As [`open`].
pub fn through(
    pipe: OwnedFd,
    name: impl Into<PathBuf>,
    filter: Filter,
    stop: &Stop,
) -> Result<Box<dyn Source>, Error> {
    let path = name.into();
    let stream = Stream::on(File::from(pipe), stop).map_err(|source| Error::Read {
        path: path.clone(),
        source,
    })?;
    savefile::from_reader(path, stream, filter)
}

/// Whether what a file holds comes by and by: it is a pipe, a socket or a terminal;
/// `-` is standard input.
#[must_use]
pub fn is_stream(path: &Path) -> bool {
    let kind = if path == Path::new("-") {
        standard_input().and_then(|file| file.metadata())
    } else {
        fs::metadata(path)
    };
    kind.is_ok_and(|facts| flows(facts.file_type()))
}

fn flows(kind: FileType) -> bool {
    !(kind.is_file() || kind.is_dir() || kind.is_block_device())
}

fn standard_input() -> io::Result<File> {
    io::stdin().as_fd().try_clone_to_owned().map(File::from)
}

/// A file, and the stop that ends it. Where it is a pipe, a socket or a terminal, a
/// read that would have to wait fails with [`WouldBlock`](io::ErrorKind::WouldBlock),
/// and the one after that waits.
#[derive(Debug)]
struct Stream {
    file: File,
    stop: Stop,
    /// Whether its octets come by and by.
    flows: bool,
    /// Whether the last read found nothing.
    is_dry: bool,
}

impl Stream {
    fn open(path: &Path, stop: &Stop) -> io::Result<Self> {
        let is_fifo = fs::metadata(path).is_ok_and(|facts| facts.file_type().is_fifo());
        let mut options = OpenOptions::new();
        if is_fifo {
            // Its writer is waited for where a stop is heard.
            options.custom_flags(OFlags::NONBLOCK.bits().cast_signed());
        }
        Self::on(options.read(true).open(path)?, stop)
    }

    fn of_standard_input(stop: &Stop) -> io::Result<Self> {
        Self::on(standard_input()?, stop)
    }

    fn on(file: File, stop: &Stop) -> io::Result<Self> {
        let kind = file.metadata()?.file_type();
        Ok(Self {
            file,
            stop: stop.clone(),
            flows: flows(kind),
            is_dry: false,
        })
    }

    /// Returns when there is something to read, or the end; with an error where there
    /// is nothing and the last read did not say so yet.
    fn until_ready(&mut self) -> io::Result<()> {
        let at_once = Some(Duration::ZERO);
        while sleep(&[self.file.as_fd()], at_once)?.is_empty() {
            if !self.is_dry {
                self.is_dry = true;
                return Err(io::ErrorKind::WouldBlock.into());
            }
            let [stop, interruption] = self.stop.wakers();
            sleep(&[self.file.as_fd(), stop, interruption], None)?;
            self.heed_stop()?;
            if self.stop.is_interrupted() {
                return Err(io::ErrorKind::WouldBlock.into());
            }
        }
        self.is_dry = false;
        Ok(())
    }

    fn heed_stop(&self) -> io::Result<()> {
        if self.stop.is_requested() {
            return Err(Error::Stopped.into());
        }
        Ok(())
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.heed_stop()?;
        if self.flows {
            self.until_ready()?;
        }
        self.file.read(buffer)
    }
}
