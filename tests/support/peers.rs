//! The programs whose output is compared with, in the version that is.

use std::env;
use std::fmt::{self, Display};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub const TCPDUMP: Peer = Peer {
    name: "tcpdump",
    option: "--version",
    title: "tcpdump version ",
    version: "4.99.3",
};

pub const TSHARK: Peer = Peer {
    name: "tshark",
    option: "--version",
    title: "TShark (Wireshark) ",
    version: "4.0.17",
};

/// Ours has its name, and another title.
pub const CLASSIC: Peer = Peer {
    name: "tcptrace",
    option: "-version",
    title: "Ostermann's tcptrace -- version ",
    version: "6.6.7",
};

/// A program, and how it says which it is.
#[derive(Debug)]
pub struct Peer {
    pub name: &'static str,
    option: &'static str,
    /// What stands in front of the version where it says it.
    title: &'static str,
    version: &'static str,
}

/// What is installed under a peer's name.
#[derive(Debug)]
pub enum Installed {
    /// The version that is compared with.
    Compared(PathBuf),
    /// Another one, and which.
    Other(PathBuf, String),
    Nothing,
}

impl Peer {
    /// Every file in `PATH` of its name is asked what it is.
    pub fn installed(&self) -> Installed {
        let folders = env::var_os("PATH").unwrap_or_default();
        let named = env::split_paths(&folders).map(|folder| folder.join(self.name));
        let mut found = named.filter_map(|path| Some((self.version_of(&path)?, path)));
        match found.next() {
            None => Installed::Nothing,
            Some((version, path)) if version == self.version => Installed::Compared(path),
            Some((version, path)) => Installed::Other(path, version),
        }
    }

    fn version_of(&self, path: &Path) -> Option<String> {
        let said = alone(path).arg(self.option).output().ok()?;
        let said = [said.stdout, said.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        let (_, behind) = said.split_once(self.title)?;
        let version = behind.split_whitespace().next()?;
        Some(version.trim_end_matches('.').to_owned())
    }
}

impl Display for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.title, self.version)
    }
}

/// A program without what its user has set, in UTC.
pub fn alone(program: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .env_clear()
        .envs(env::var_os("PATH").map(|path| ("PATH", path)));
    command.env("TZ", "UTC").env("LC_ALL", "C");
    // Nothing of its user's is there.
    command.env("HOME", env!("CARGO_TARGET_TMPDIR"));
    command.stdin(Stdio::null());
    command
}
