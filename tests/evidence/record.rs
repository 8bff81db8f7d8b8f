//! The recordings as files, and how they are made.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::{env, fs};

use crate::EXHIBITS;
use crate::support::peers::Installed;
use crate::support::program::recordings;

pub const HOW: &str = "to record: RECORD=1 cargo test --test evidence, then read the diff";

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/evidence/recorded")
}

/// What is recorded, as paths below the folder.
pub fn files() -> BTreeSet<String> {
    anew();
    let mut files = BTreeSet::new();
    for exhibits in fs::read_dir(folder()).unwrap() {
        let exhibits = exhibits.unwrap();
        let name = exhibits.file_name().into_string().unwrap();
        for file in fs::read_dir(exhibits.path()).unwrap() {
            let file = file.unwrap().file_name().into_string().unwrap();
            files.insert(format!("{name}/{file}"));
        }
    }
    files
}

/// Records everything once, if that was asked for, before anything is read.
#[track_caller]
pub fn anew() {
    static RECORDED: LazyLock<Result<(), String>> = LazyLock::new(|| match env::var_os("RECORD") {
        Some(_) => record(),
        None => Ok(()),
    });
    if let Err(why) = &*RECORDED {
        panic!("{why}");
    }
}

/// Refuses another version than the recorded one: nobody is to find recordings
/// of two versions side by side.
fn record() -> Result<(), String> {
    let mut programs = Vec::new();
    for exhibit in &EXHIBITS {
        let peer = exhibit.peer;
        match peer.installed() {
            Installed::Compared(program) => programs.push((exhibit, program)),
            Installed::Other(_, version) => {
                return Err(format!(
                    "{version} is installed where {peer} is recorded; to record that one, name it \
                     in tests/support/peers.rs"
                ));
            }
            Installed::Nothing => say(&format!("{peer} is not installed: not recorded")),
        }
    }
    for (exhibit, program) in programs {
        fs::create_dir_all(folder().join(exhibit.folder)).unwrap();
        for capture in recordings() {
            let path = folder().join(exhibit.path(&capture));
            fs::write(path, exhibit.ask(&program, &capture)).unwrap();
        }
    }
    Ok(())
}

/// A line for whoever runs the tests: what is printed is kept back where a test
/// passes, this is not.
pub fn say(words: &str) {
    let line = format!("{words}\n");
    io::stderr().write_all(line.as_bytes()).unwrap();
}
