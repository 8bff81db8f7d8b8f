//! Whose sockets are: /proc says which process has which socket open.
//!
//! Reading all of it takes long where processes have many open files, so it is read only
//! where a socket is not known: first of the processes that had sockets before, then of
//! all; and each again only after twenty times the time that it took.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::io;

use crate::capture::live::sockets::process::{self, Process};
use crate::socket::Owner;
use crate::time::Timestamp;

/// How long a reading of one open file is worth, at 2 µs for it.
const REST_FOR_FILE: i64 = 40_000;

/// The shortest time between two readings of the processes that had sockets before.
const SHORTEST_REST: i64 = 20_000_000;

/// The shortest time between two readings of all processes.
const SHORTEST_REST_OF_ALL: i64 = 1_000_000_000;

/// Whose sockets are, as far as it is known.
#[derive(Debug, Default)]
pub(super) struct Owners {
    by_inode: HashMap<u32, Holding>,
    /// The processes that have sockets.
    processes: HashMap<u32, Process>,
    /// When processes that had sockets were read last, and when all.
    known: LastLook,
    all: LastLook,
    is_refused: bool,
}

/// Who has a socket open.
#[derive(Debug, Clone, Copy)]
struct Holding {
    pid: u32,
    descriptor: u32,
    /// How many more processes have it open, and the last of them.
    others: u32,
    last: u32,
}

impl Holding {
    fn of(pid: u32, descriptor: u32) -> Self {
        Self {
            pid,
            descriptor,
            others: 0,
            last: pid,
        }
    }

    /// Another file of it: processes are read one after the other.
    fn shared_with(&mut self, pid: u32) {
        if self.last != pid {
            self.last = pid;
            self.others += 1;
        }
    }
}

/// When something was read last, and how long it is not worth reading again.
#[derive(Debug, Default)]
struct LastLook {
    at: Option<Timestamp>,
    rest: i64,
}

impl LastLook {
    /// Also where the clock was set back.
    fn is_due(&self, now: Timestamp) -> bool {
        self.at
            .is_none_or(|at| !(0..self.rest).contains(&(now - at).0))
    }

    fn done(&mut self, now: Timestamp, files: usize, shortest: i64) {
        let files = i64::try_from(files).unwrap_or(i64::MAX);
        self.at = Some(now);
        self.rest = files.saturating_mul(REST_FOR_FILE).max(shortest);
    }
}

impl Owners {
    /// Whether an owner is unknown as the process may not read who has which files open.
    pub(super) const fn is_refused(&self) -> bool {
        self.is_refused
    }

    /// Whether it is known who has a socket open.
    pub(super) fn knows(&self, inode: u32) -> bool {
        self.by_inode.contains_key(&inode)
    }

    /// Finds out who has these sockets open, where it is not known and the time for it
    /// has come.
    pub(super) fn look_for(&mut self, inodes: impl Iterator<Item = u32>, now: Timestamp) {
        let mut wanted: BTreeSet<u32> = inodes.collect();
        wanted.retain(|inode| !self.still_holds(*inode));
        if !wanted.is_empty() && self.known.is_due(now) {
            let mut pids: Vec<u32> = self.processes.keys().copied().collect();
            pids.sort_unstable();
            let files = self.read_anew(&pids);
            self.known.done(now, files, SHORTEST_REST);
            wanted.retain(|inode| !self.knows(*inode));
        }
        if !wanted.is_empty() && self.all.is_due(now) {
            self.processes.clear();
            let files = self.read_anew(&process::all());
            self.all.done(now, files, SHORTEST_REST_OF_ALL);
            self.known.done(now, files, SHORTEST_REST);
        }
    }

    /// Who has a socket open, as far as it is known.
    pub(super) fn owner(&self, inode: u32) -> Option<Owner> {
        let holding = self.by_inode.get(&inode)?;
        let process = self.processes.get(&holding.pid)?;
        Some(Owner {
            pid: holding.pid,
            name: process.name.clone(),
            user: process.user.clone(),
            others: holding.others,
        })
    }

    /// Whether who had a socket open still has; forgets who has not.
    fn still_holds(&mut self, inode: u32) -> bool {
        let Entry::Occupied(entry) = self.by_inode.entry(inode) else {
            return false;
        };
        let Holding {
            pid, descriptor, ..
        } = *entry.get();
        let holds = process::has(pid, descriptor, inode);
        if !holds {
            entry.remove();
        }
        holds
    }

    /// Reads which sockets these processes have open, in the order of their numbers.
    fn read_anew(&mut self, pids: &[u32]) -> usize {
        self.by_inode.clear();
        pids.iter().map(|pid| self.read(*pid)).sum()
    }

    /// Reads which sockets a process has open; how many files it has.
    fn read(&mut self, pid: u32) -> usize {
        let by_inode = &mut self.by_inode;
        let mut has_any = false;
        let read = process::sockets(pid, |descriptor, inode| {
            has_any = true;
            by_inode
                .entry(inode)
                .and_modify(|holding| holding.shared_with(pid))
                .or_insert_with(|| Holding::of(pid, descriptor));
        });
        if let Err(error) = &read {
            self.is_refused |= error.kind() == io::ErrorKind::PermissionDenied;
        }
        match Process::read(pid).filter(|_| has_any) {
            Some(process) => {
                self.processes.insert(pid, process);
            }
            None => {
                self.processes.remove(&pid);
            }
        }
        read.unwrap_or_default()
    }
}
