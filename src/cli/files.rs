//! The capture files that the command line names, one after the other.

use std::fs;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use tcptrace::capture::Source;
use tcptrace::capture::filter::Filter;
use tcptrace::capture::live::stop::Stop;
use tcptrace::capture::live::stream;
use tcptrace::error::Error;

use crate::cli::args::CaptureArgs;
use crate::cli::aside;

/// The files of `-r`, then those that the list of `-V` names.
pub fn named(args: &CaptureArgs) -> Result<Vec<PathBuf>, Error> {
    let mut paths = args.read.clone();
    if let Some(list) = &args.list {
        let text = text(list)?;
        let lines = text.lines().map(|line| line.trim_end_matches('\r'));
        paths.extend(lines.filter(|line| !line.is_empty()).map(PathBuf::from));
    }
    Ok(paths)
}

/// The filter: `-F`'s, with `#` and what follows it on a line taken for a
/// comment as in tcpdump, or the words on the command line.
pub fn filter(args: &CaptureArgs) -> Result<Filter, Error> {
    let expression = match &args.filter_file {
        Some(path) => {
            let text = text(path)?;
            let lines = text.lines();
            let words = lines.map(|line| line.split('#').next().unwrap_or_default());
            words.collect::<Vec<_>>().join(" ")
        }
        None => args.expression(),
    };
    let filter = Filter::new(&expression);
    Ok(if args.no_optimize {
        filter.unoptimized()
    } else {
        filter
    })
}

/// Opens a capture file, which is read until a stop; `-` is standard input.
pub fn open(path: &Path, filter: &Filter, stop: &Stop) -> Result<Box<dyn Source>, Error> {
    if path == Path::new("-") && io::stdin().is_terminal() {
        let words = "tcptrace: reading a capture from the terminal; pipe one in, or name a file";
        aside::say(words.to_owned());
    }
    stream::open(path, filter.clone(), stop)
}

/// The text of a file; `-` is standard input.
fn text(path: &Path) -> Result<String, Error> {
    let text = if path == Path::new("-") {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        fs::read_to_string(path)
    };
    text.map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
    })
}
