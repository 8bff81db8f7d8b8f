//! Capture files, octet by octet: every format that is read, and every way in
//! which one can be damaged. What stands before the damage is delivered.

mod pcap;
mod pcapng;

use std::io::Cursor;
use std::path::PathBuf;

use tcptrace::capture::filter::Filter;
use tcptrace::capture::{Next, savefile};
use tcptrace::error::Error;
use tcptrace::time::{Resolution, Timestamp};

/// A frame that outlives its file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Kept {
    seconds: i64,
    nanosecond: u32,
    resolution: Resolution,
    link_type: u16,
    len: u32,
    bytes: Vec<u8>,
}

/// A frame of an Ethernet in microseconds, which most are.
fn kept(time: (i64, u32), bytes: &[u8]) -> Kept {
    Kept {
        seconds: time.0,
        nanosecond: time.1,
        resolution: Resolution::Micro,
        link_type: 1,
        len: u32::try_from(bytes.len()).unwrap(),
        bytes: bytes.to_vec(),
    }
}

/// The frames of a file, and what ended it, if not its end.
fn read(file: &[u8]) -> (Vec<Kept>, Option<Error>) {
    let mut frames = Vec::new();
    let input = Cursor::new(file.to_vec());
    let mut source = match savefile::from_reader(PathBuf::from("x"), input, Filter::new("")) {
        Ok(source) => source,
        Err(error) => return (frames, Some(error)),
    };
    loop {
        match source.next_frame() {
            Ok(Next::Frame(frame)) => {
                let time: Timestamp = frame.time;
                frames.push(Kept {
                    seconds: time.seconds(),
                    nanosecond: time.nanosecond(),
                    resolution: frame.resolution,
                    link_type: frame.link_type.0,
                    len: frame.len,
                    bytes: frame.bytes.to_vec(),
                });
            }
            Ok(Next::Quiet) => panic!("a file is never quiet"),
            Ok(Next::End) => return (frames, None),
            Err(error) => return (frames, Some(error)),
        }
    }
}

/// The frames of a file that is whole.
fn frames(file: &[u8]) -> Vec<Kept> {
    let (frames, error) = read(file);
    assert!(error.is_none(), "{error:?}");
    frames
}

/// Checks that a file is damaged at `offset`, and how many frames came before.
#[track_caller]
fn assert_damaged(file: &[u8], frames_before: usize, offset: usize, reason: &str) {
    let (frames, error) = read(file);
    let Some(Error::Damaged {
        offset: found,
        reason: said,
        ..
    }) = error
    else {
        panic!("{reason}: {error:?}");
    };
    assert_eq!(said, reason);
    assert_eq!(found, offset as u64, "{reason}");
    assert_eq!(frames.len(), frames_before, "{reason}");
}

/// Checks that a file is refused before its first frame.
#[track_caller]
fn assert_refused(file: &[u8], reason: &str) {
    match read(file) {
        (frames, Some(Error::Format { reason: said, .. })) => {
            assert_eq!((said, frames.len()), (reason, 0));
        }
        other => panic!("{reason}: {other:?}"),
    }
}

/// The byte order of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Little,
    Big,
}

impl Order {
    const BOTH: [Self; 2] = [Self::Little, Self::Big];

    fn u16(self, number: u16) -> [u8; 2] {
        match self {
            Self::Little => number.to_le_bytes(),
            Self::Big => number.to_be_bytes(),
        }
    }

    fn u32(self, number: u32) -> [u8; 4] {
        match self {
            Self::Little => number.to_le_bytes(),
            Self::Big => number.to_be_bytes(),
        }
    }

    fn u64(self, number: u64) -> [u8; 8] {
        match self {
            Self::Little => number.to_le_bytes(),
            Self::Big => number.to_be_bytes(),
        }
    }

    /// Numbers of 32 bits, one after the other.
    fn words(self, words: &[u32]) -> Vec<u8> {
        words.iter().flat_map(|&word| self.u32(word)).collect()
    }
}

#[test]
fn an_empty_or_foreign_file_is_no_capture() {
    assert_refused(b"", "it is empty");
    assert_refused(b"abc", "it is too short");
    assert_refused(
        b"#!/bin/sh\necho this is no capture file\n",
        "neither pcap nor pcapng by its first four octets",
    );
}
