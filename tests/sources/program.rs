//! The program while it captures.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::{env, fs};

use crate::support::program::{Ran, tcptrace};

/// The program, capturing.
pub struct Capture {
    child: Child,
    said: BufReader<ChildStderr>,
    heard: String,
}

impl Capture {
    /// Starts it.
    pub fn start(arguments: &[&str]) -> Self {
        Self::of(tcptrace().args(arguments))
    }

    /// Starts a command.
    pub fn of(command: &mut Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stderr.take().unwrap());
        Self {
            child,
            said,
            heard: String::new(),
        }
    }

    /// Reads what it says up to a line with these words; whether that came.
    pub fn hear(&mut self, words: &str) -> bool {
        loop {
            let mut line = String::new();
            self.said.read_line(&mut line).unwrap();
            self.heard.push_str(&line);
            if line.is_empty() || line.contains(words) {
                return !line.is_empty();
            }
        }
    }

    /// Sends it a signal.
    pub fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &pid]).status();
        assert!(sent.unwrap().success());
    }

    /// What it left behind.
    pub fn end(mut self) -> Ran {
        let mut out = String::new();
        let mut stdout = self.child.stdout.take().unwrap();
        stdout.read_to_string(&mut out).unwrap();
        self.said.read_to_string(&mut self.heard).unwrap();
        Ran {
            status: self.child.wait().unwrap().code(),
            out,
            err: self.heard,
        }
    }
}

/// Whether a program is installed.
pub fn is_installed(name: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(name).is_file())
}

/// A folder of a test, empty.
pub fn folder(name: &str) -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}
