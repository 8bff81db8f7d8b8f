//! Capture files as they are written: the same frames, for other programs too.

#![cfg(feature = "cli")]

mod annotated;
mod pcapng;
mod rotation;
mod tcpdump;
mod trouble;

#[path = "../support/mod.rs"]
mod support;

use std::path::PathBuf;
use std::{env, fs};

use support::program::{Ran, tcptrace};

/// An empty folder of its own for a test.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("saving-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Runs the program with arguments one by one.
fn run<I>(arguments: I) -> Ran
where
    I: IntoIterator,
    I::Item: AsRef<std::ffi::OsStr>,
{
    tcptrace().args(arguments).output().unwrap().into()
}
