//! Capture files of others, how they are read here, and the programs that read
//! them too.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use tcptrace::capture::filter::Filter;
use tcptrace::capture::{Next, Source, savefile};
use tcptrace::error::Error;

use super::program::captures;

/// What a file says of a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Seconds and nanoseconds, not carried.
    pub time: (i64, u64),
    pub link_type: u16,
    pub len: u32,
    pub bytes: Vec<u8>,
    pub interface: u32,
    pub interface_name: Option<String>,
    pub comment: Option<String>,
}

/// The frames of a source, and what ended it, if not its end.
pub fn drain(source: Result<Box<dyn Source>, Error>) -> (Vec<Kept>, Option<Error>) {
    let mut frames = Vec::new();
    let mut source = match source {
        Ok(source) => source,
        Err(error) => return (frames, Some(error)),
    };
    loop {
        match source.next_frame() {
            Ok(Next::Frame(frame)) => {
                let interface = frame.captured_on().expect("files describe interfaces");
                frames.push(Kept {
                    time: frame.time.recorded(),
                    link_type: frame.link_type.0,
                    len: frame.len,
                    bytes: frame.bytes.to_vec(),
                    interface: frame.interface,
                    interface_name: interface.name.as_deref().map(str::to_owned),
                    comment: frame.comment.map(str::to_owned),
                });
            }
            // Asked again, it waits.
            Ok(Next::Quiet) => {}
            Ok(Next::End) => return (frames, None),
            Err(error) => return (frames, Some(error)),
        }
    }
}

pub fn read_file(path: &Path, expression: &str) -> (Vec<Kept>, Option<Error>) {
    drain(savefile::open(path, Filter::new(expression)))
}

pub fn read(octets: &[u8]) -> (Vec<Kept>, Option<Error>) {
    read_from(Cursor::new(octets.to_vec()))
}

pub fn read_from(input: impl Read + Send + 'static) -> (Vec<Kept>, Option<Error>) {
    let path = PathBuf::from("x");
    drain(savefile::from_reader(path, input, Filter::new("")))
}

/// The frames of a file that is whole.
#[track_caller]
pub fn frames(octets: &[u8]) -> Vec<Kept> {
    let (frames, error) = read(octets);
    assert!(error.is_none(), "{error:?}");
    frames
}

/// The recordings, and of the reference captures, where they are at hand, those
/// below `folders`.
pub fn files(folders: &[&str]) -> Vec<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let mut files = Vec::new();
    collect(&captures(), &mut files);
    for folder in folders {
        collect(&corpus.join(folder), &mut files);
    }
    files.sort();
    files
}

pub fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if matches!(path.extension(), Some(end) if end == "pcap" || end == "pcapng") {
            files.push(path);
        }
    }
}

/// One file of each link type.
pub fn one_of_each_link_type(folders: &[&str]) -> BTreeMap<u16, PathBuf> {
    let mut files_by_type = BTreeMap::new();
    for path in files(folders) {
        if let (kept, None) = read_file(&path, "")
            && let Some(first) = kept.first()
            && kept.iter().all(|frame| frame.link_type == first.link_type)
        {
            files_by_type.entry(first.link_type).or_insert(path);
        }
    }
    files_by_type
}

/// A program to compare with; says so where it is not that one.
pub fn peer(name: &str, version: &str) -> Option<Command> {
    let Ok(said) = Command::new(name).arg("--version").output() else {
        println!("skipped: {name} is not installed");
        return None;
    };
    let said = [said.stdout, said.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    if !said.contains(version) {
        println!("skipped: this is another {name}: {said}");
        return None;
    }
    Some(Command::new(name))
}

/// Calls `check` for each item, on two threads: the peers take their time to
/// start.
pub fn for_each<T: Sync>(items: &[T], check: impl Fn(&T) + Sync) {
    std::thread::scope(|scope| {
        for half in items.chunks(items.len().div_ceil(2).max(1)) {
            scope.spawn(|| half.iter().for_each(&check));
        }
    });
}
