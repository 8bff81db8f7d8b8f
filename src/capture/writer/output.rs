//! A file that is written, and how much of it there is.

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// A file under construction.
#[derive(Debug)]
pub(super) struct Output {
    path: PathBuf,
    file: File,
    /// What is not yet in the file.
    room: Vec<u8>,
    /// What is.
    written: u64,
}

impl Output {
    /// Opens a file, and empties it; `-` is standard output.
    pub(super) fn create(path: PathBuf) -> Result<Self, Error> {
        let file = if path == Path::new("-") {
            io::stdout().as_fd().try_clone_to_owned().map(File::from)
        } else {
            File::create(&path)
        };
        match file {
            Ok(file) => Ok(Self {
                path,
                file,
                room: Vec::new(),
                written: 0,
            }),
            Err(source) => Err(Error::Save { path, source }),
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Where to write.
    pub(super) const fn room(&mut self) -> &mut Vec<u8> {
        &mut self.room
    }

    /// Octets written, and those that are on their way.
    pub(super) const fn octets(&self) -> u64 {
        self.written + self.room.len() as u64
    }

    /// Writes what was collected.
    pub(super) fn flush(&mut self) -> Result<(), Error> {
        if self.room.is_empty() {
            return Ok(());
        }
        self.written += self.room.len() as u64;
        let result = self.file.write_all(&self.room);
        self.room.clear();
        result.map_err(|source| self.failed(source))
    }

    /// Writes over what is in the file. A pipe stays as it is.
    pub(super) fn correct(&mut self, at: u64, octets: &[u8]) -> Result<(), Error> {
        self.flush()?;
        match self.file.write_all_at(octets, at) {
            Err(error) if error.kind() == io::ErrorKind::NotSeekable => Ok(()),
            result => result.map_err(|source| self.failed(source)),
        }
    }

    fn failed(&self, source: io::Error) -> Error {
        Error::Save {
            path: self.path.clone(),
            source,
        }
    }

    /// That the format cannot hold what comes next.
    #[cold]
    pub(super) fn refused(&mut self, reason: &'static str) -> Error {
        // What came before is kept.
        match self.flush() {
            Ok(()) => Error::Unsavable {
                path: self.path.clone(),
                reason,
            },
            Err(error) => error,
        }
    }
}
