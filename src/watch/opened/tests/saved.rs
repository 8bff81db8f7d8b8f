//! A connection that was saved is the same in its own file, with comments.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process;

use tcptrace::capture::filter::Filter;
use tcptrace::capture::{Next, savefile};
use tcptrace::sink::words::Lang;
use tcptrace::time::Timestamp;

use super::{drawn, first_of, recorded, type_letters};
use crate::watch::opened::clipboard;

const SIZE: (u16, u16) = (200, 40);

/// An empty folder.
fn folder(name: &str) -> PathBuf {
    let folder = env::temp_dir().join(format!("tcptrace-{}-{name}", process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

type Read = (Timestamp, u32, Vec<u8>, Option<String>);

fn read(path: &Path, filter: Filter) -> Vec<Read> {
    let mut source = savefile::open(path, filter).unwrap();
    let mut frames = Vec::new();
    while let Next::Frame(frame) = source.next_frame().unwrap() {
        let comment = frame.comment.map(str::to_owned);
        frames.push((frame.time, frame.len, frame.bytes.to_vec(), comment));
    }
    frames
}

#[test]
fn a_saved_connection_has_the_same_frames_and_what_they_mean() {
    let folder = folder("saved");
    for name in ["users.pcapng", "ipv6.pcap", "any.pcapng", "lost.pcap"] {
        for one in recorded(name) {
            let mut opened = one.opened(Lang::En);
            opened.folder.clone_from(&folder);
            type_letters(&mut opened, "w");
            let said = drawn(&mut opened, SIZE);
            let (_, path) = opened.said.as_ref().unwrap().split_once(" in ").unwrap();
            assert!(said.contains("saved "), "{said}");
            let read = read(Path::new(path), Filter::default());
            assert_eq!(read.len(), one.frames.len());
            for (read, kept) in read.iter().zip(&one.frames) {
                let (time, len, bytes, comment) = read;
                assert_eq!((*time, *len), (kept.time, kept.len));
                assert_eq!(**bytes, *kept.bytes);
                let comment = comment.as_deref().unwrap();
                assert!(comment.starts_with("#0 "), "{comment}");
            }
        }
    }
}

#[test]
fn no_file_is_written_over() {
    let folder = folder("over");
    let mut opened = first_of("hello.pcap").opened(Lang::En);
    opened.folder.clone_from(&folder);
    opened.missing(3);
    type_letters(&mut opened, "w");
    let said = opened.said.clone().unwrap();
    assert!(
        said.contains("3 earlier frames are no longer kept"),
        "{said}"
    );
    type_letters(&mut opened, "w");
    let mut names: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names[0].ends_with("-0-2.pcapng"), "{names:?}");
    assert!(names[1].ends_with("-0.pcapng"), "{names:?}");
}

#[test]
fn a_file_that_cannot_be_written_is_told_of_in_a_sentence() {
    let mut opened = first_of("hello.pcap").opened(Lang::En);
    opened.folder = PathBuf::from("/nowhere/at/all");
    type_letters(&mut opened, "w");
    let said = opened.said.clone().unwrap();
    assert!(
        said.starts_with("not saved: cannot write /nowhere"),
        "{said}"
    );
    assert!(said.ends_with("(os error 2)"), "{said}");
}

#[test]
fn the_copied_filter_lets_all_frames_of_the_connection_pass_and_no_other() {
    for name in ["users.pcapng", "ipv6.pcap", "backlog.pcap"] {
        for one in recorded(name) {
            let flow = &one.connection.flow;
            if flow.earlier.is_some() {
                continue;
            }
            let filter = clipboard::filter(flow.client_addr(), flow.server_addr());
            let filter = Filter::new(&filter);
            let passed = read(&super::captures().join(name), filter);
            assert!(passed.len() >= one.frames.len(), "{name}");
        }
    }
}
