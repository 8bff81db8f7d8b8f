//! A capture file of any format this program reads, told apart by its content.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::capture::Source;
use crate::capture::filter::Filter;
use crate::capture::pcap::Pcap;
use crate::capture::pcapng::Pcapng;
use crate::capture::window::Window;
use crate::error::Error;

/// Octets that tell the formats apart.
const MAGIC_LEN: usize = 4;

/// Opens a capture file; `-` is standard input.
///
/// # Errors
///
/// [`Error::Read`] where the file cannot be opened, [`Error::Format`] where it
/// is no capture file, and whatever the first header brings.
pub fn open(path: &Path, filter: Filter) -> Result<Box<dyn Source>, Error> {
    if path == Path::new("-") {
        return from_reader(PathBuf::from("standard input"), io::stdin(), filter);
    }
    let file = File::open(path).map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
    })?;
    from_reader(path.to_owned(), file, filter)
}

/// A capture file from any reader; `path` is only for messages.
///
/// # Errors
///
/// As [`open`].
pub fn from_reader<R: Read + 'static>(
    path: PathBuf,
    input: R,
    filter: Filter,
) -> Result<Box<dyn Source>, Error> {
    let mut window = Window::new(input);
    let whole = window.fill(MAGIC_LEN).map_err(|source| Error::Read {
        path: path.clone(),
        source,
    })?;
    let Some(magic) = window.octets().first_chunk::<MAGIC_LEN>().filter(|_| whole) else {
        let reason = if window.octets().is_empty() {
            "it is empty"
        } else {
            "it is too short"
        };
        return Err(Error::Format { path, reason });
    };
    if *magic == super::pcapng::MAGIC {
        return Ok(Box::new(Pcapng::new(path, window, filter)));
    }
    Ok(Box::new(Pcap::new(path, window, filter)?))
}
