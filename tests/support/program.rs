//! The program, run as a process.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The program; times of day are UTC, and neither colour nor language comes
/// from outside.
pub fn tcptrace() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tcptrace"));
    command
        .env("TZ", "UTC")
        .env("LC_ALL", "C")
        .env_remove("NO_COLOR")
        .current_dir(captures());
    command
}

/// The folder of recordings, where the program is run.
pub fn captures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("captures")
}

/// The recordings, in order.
pub fn recordings() -> Vec<String> {
    let entries = fs::read_dir(captures()).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let is_capture = |path: &PathBuf| {
        let extension = path.extension().and_then(|extension| extension.to_str());
        matches!(extension, Some("pcap" | "pcapng"))
    };
    let name = |path: PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    let mut names: Vec<_> = paths.filter(is_capture).map(name).collect();
    names.sort();
    names
}

/// What a process left behind.
#[derive(Debug)]
pub struct Ran {
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Runs the program with arguments that are separated by spaces.
pub fn run(arguments: &str) -> Ran {
    let mut command = tcptrace();
    command.args(arguments.split_whitespace());
    command.output().unwrap().into()
}

/// The same with something on standard input.
pub fn run_with_input(arguments: &str, input: &[u8]) -> Ran {
    let mut command = tcptrace();
    let mut child = command
        .args(arguments.split_whitespace())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input).unwrap();
    drop(stdin);
    child.wait_with_output().unwrap().into()
}
