//! A capture file of any format this program reads, told apart by its content,
//! compressed or not.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::capture::Source;
use crate::capture::compressed;
use crate::capture::filter::Filter;
use crate::capture::pcap::Pcap;
use crate::capture::pcapng::{self, Pcapng};
use crate::capture::window::Window;
use crate::error::Error;

/// What messages call it.
pub(super) const STANDARD_INPUT: &str = "standard input";
/// Octets that tell the formats apart.
const MAGIC_LEN: usize = 4;

/// Opens a capture file; `-` is standard input. Where octets come by and by, they are
/// waited for.
///
/// # Errors
///
/// [`Error::Read`] where the file cannot be opened, [`Error::Format`] where it
/// is no capture file, and whatever the first header brings.
pub fn open(path: impl AsRef<Path>, filter: Filter) -> Result<Box<dyn Source>, Error> {
    let path = path.as_ref();
    if path == Path::new("-") {
        return from_reader(PathBuf::from(STANDARD_INPUT), io::stdin(), filter);
    }
    let file = File::open(path).map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
    })?;
    from_reader(path.to_owned(), file, filter)
}

/// A capture file from any reader; `path` is only for messages. A read that fails with
/// [`WouldBlock`](io::ErrorKind::WouldBlock) makes the source say
/// [`Quiet`](crate::capture::Next::Quiet); the next one is to wait.
///
/// # Errors
///
/// As [`open`].
pub fn from_reader<R: Read + Send + 'static>(
    path: PathBuf,
    input: R,
    filter: Filter,
) -> Result<Box<dyn Source>, Error> {
    let mut window = Window::new(path, Box::new(input));
    let mut octets = first_octets(&mut window)?;
    if compressed::is_compressed(octets) {
        window = compressed::content(window);
        octets = first_octets(&mut window)?;
        if compressed::is_compressed(octets) {
            let reason = "it is compressed once more; decompress it first";
            return Err(window.foreign(reason));
        }
    }
    if let Some(reason) = compressed::advice(octets) {
        return Err(window.foreign(reason));
    }
    if octets == pcapng::MAGIC {
        return Ok(Box::new(Pcapng::new(window, filter)?));
    }
    Ok(Box::new(Pcap::new(window, filter)?))
}

fn first_octets(window: &mut Window) -> Result<&[u8], Error> {
    if !window.fill_waiting(MAGIC_LEN)? {
        let reason = match window.octets() {
            [] => "it is empty",
            _ => "it is too short",
        };
        return Err(window.foreign(reason));
    }
    Ok(window.octets().get(..MAGIC_LEN).unwrap_or_default())
}
