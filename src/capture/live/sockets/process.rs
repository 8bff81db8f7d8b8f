//! What /proc tells of a process: its name, its user, and which sockets it has open.

use std::fs;
use std::io;
use std::path::PathBuf;

use nix::unistd::{Uid, User};
use rustix::fs::{CWD, Dir, Mode, OFlags, openat, readlinkat};
use rustix::io::Errno;

/// A process that has sockets.
#[derive(Debug)]
pub(super) struct Process {
    pub(super) name: Box<str>,
    pub(super) user: Box<str>,
}

impl Process {
    /// What it is called, and whose it is: of a program that changed its user, whose it is
    /// now. `None` where it is gone.
    pub(super) fn read(pid: u32) -> Option<Self> {
        let name = fs::read(format!("/proc/{pid}/comm")).ok()?;
        let status = fs::read(format!("/proc/{pid}/status")).ok()?;
        let status = String::from_utf8_lossy(&status);
        let uid = status.lines().find_map(|line| line.strip_prefix("Uid:"))?;
        let uid = uid.split_whitespace().nth(1)?.parse().ok()?;
        Some(Self {
            name: String::from_utf8_lossy(name.trim_ascii_end()).into(),
            user: user(uid),
        })
    }
}

fn user(uid: u32) -> Box<str> {
    let user = User::from_uid(Uid::from_raw(uid)).ok().flatten();
    user.map_or_else(|| uid.to_string(), |user| user.name)
        .into()
}

/// Whether this process has the privileges to read who has which files open:
/// `CAP_SYS_PTRACE` and `CAP_DAC_READ_SEARCH`, by their numbers in capabilities(7).
pub(super) fn may_read_all() -> bool {
    const BOTH: u64 = 1 << 19 | 1 << 2;
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let held = status
        .lines()
        .find_map(|line| line.strip_prefix("CapEff:"))
        .and_then(|held| u64::from_str_radix(held.trim(), 16).ok());
    held.is_some_and(|held| held & BOTH == BOTH)
}

/// The processes that there are, in the order of their numbers.
pub(super) fn all() -> Vec<u32> {
    let Ok(entries) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    let names = entries.flatten().map(|entry| entry.file_name());
    let mut pids: Vec<u32> = names
        .filter_map(|name| name.to_str()?.parse().ok())
        .collect();
    pids.sort_unstable();
    pids
}

/// Gives `take` the file descriptor and the inode of each socket that a process has open;
/// how many open files it has.
///
/// # Errors
///
/// What the system has against it: that the process is gone, or that nobody but its own
/// user may know.
pub(super) fn sockets(pid: u32, mut take: impl FnMut(u32, u32)) -> io::Result<usize> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let folder = openat(CWD, format!("/proc/{pid}/fd"), flags, Mode::empty())?;
    let (mut count, mut target) = (0, Vec::with_capacity(64));
    for entry in Dir::read_from(&folder)? {
        let entry = entry?;
        let Some(number) = number(entry.file_name().to_bytes()) else {
            continue;
        };
        count += 1;
        let link = match readlinkat(&folder, entry.file_name(), target) {
            Ok(link) => link.into_bytes(),
            // The file was closed meanwhile.
            Err(Errno::NOENT) => {
                target = Vec::new();
                continue;
            }
            Err(errno) => return Err(errno.into()),
        };
        if let Some(inode) = inode(&link) {
            take(number, inode);
        }
        target = link;
    }
    Ok(count)
}

/// Whether a process still has this socket open, under this number.
pub(super) fn has(pid: u32, descriptor: u32, socket: u32) -> bool {
    let path = PathBuf::from(format!("/proc/{pid}/fd/{descriptor}"));
    let link = readlinkat(CWD, path, Vec::with_capacity(64));
    link.is_ok_and(|link| inode(link.as_bytes()) == Some(socket))
}

/// Of `socket:[56988]`.
fn inode(link: &[u8]) -> Option<u32> {
    number(link.strip_prefix(b"socket:[")?.strip_suffix(b"]")?)
}

fn number(digits: &[u8]) -> Option<u32> {
    str::from_utf8(digits).ok()?.parse().ok()
}
