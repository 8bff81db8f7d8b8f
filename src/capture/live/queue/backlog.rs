//! What was read and not shown yet, between the thread that reads and the one that shows.

use std::collections::VecDeque;
use std::io;
use std::mem;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use rustix::event::{EventfdFlags, eventfd};

use crate::capture::Statistics;
use crate::capture::live::queue::batch::Batch;
use crate::error::Error;

/// How many octets may wait: whole frames of a gigabit link for two seconds, or two
/// million small ones. Beyond that the kernel's buffer fills, and then the kernel drops
/// and counts.
pub(super) const MOST: usize = 256 << 20;
/// How many batches' room is kept to be used again.
const SPARE: usize = 4;

/// Shared by both threads.
#[derive(Debug)]
pub(super) struct Backlog {
    waiting: Mutex<Unfetched>,
    /// Whether who shows has nothing to show: it gets each frame at once.
    is_idle: AtomicBool,
    has_room: Condvar,
    /// Readable when who shows has something to show again.
    bell: OwnedFd,
}

/// What who shows gets when it asks for more.
pub(super) enum Fetched {
    /// A batch.
    Frames,
    /// Nothing for now: the [bell](Backlog::bell) will ring when there is something.
    Nothing,
    /// Nothing any more: how the source ended; a failure once.
    End(Result<(), Error>),
}

#[derive(Debug, Default)]
struct Unfetched {
    batches: VecDeque<Batch>,
    spare: Vec<Batch>,
    octets: usize,
    statistics: Option<Statistics>,
    /// How the source ended.
    end: Option<Result<(), Error>>,
    /// Whether nobody will take anything any more.
    is_abandoned: bool,
}

impl Backlog {
    pub(super) fn new(statistics: Option<Statistics>) -> io::Result<Self> {
        let flags = EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK;
        Ok(Self {
            waiting: Mutex::new(Unfetched {
                statistics,
                ..Unfetched::default()
            }),
            is_idle: AtomicBool::new(false),
            has_room: Condvar::new(),
            bell: eventfd(0, flags)?,
        })
    }

    fn lock(&self) -> MutexGuard<'_, Unfetched> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    // For who reads.

    /// Whether a frame is to be handed over though the batch is not full.
    #[inline]
    pub(super) fn is_idle(&self) -> bool {
        self.is_idle.load(Ordering::Relaxed)
    }

    /// Hands a batch over, once there is room, and gets another; whether anybody takes it.
    pub(super) fn hand_over(&self, batch: &mut Batch, statistics: Option<Statistics>) -> bool {
        let mut waiting = self.lock();
        waiting.statistics = statistics;
        while waiting.octets >= MOST && !waiting.is_abandoned {
            let woken = self.has_room.wait(waiting);
            waiting = woken.unwrap_or_else(PoisonError::into_inner);
        }
        waiting.octets += batch.size();
        let has_joined = {
            let last = waiting.batches.back_mut();
            last.is_some_and(|last| last.take_behind(batch))
        };
        if !has_joined && batch.len() > 0 {
            let next = waiting.spare.pop().unwrap_or_default();
            waiting.batches.push_back(mem::replace(batch, next));
        }
        if !waiting.batches.is_empty() {
            self.ring();
        }
        !waiting.is_abandoned
    }

    /// The source has ended; how, counts the first time.
    pub(super) fn end(&self, end: Result<(), Error>) {
        self.lock().end.get_or_insert(end);
        self.ring();
    }

    fn ring(&self) {
        if self.is_idle.swap(false, Ordering::Relaxed) {
            // It is read before it could be full.
            let _ = rustix::io::write(&self.bell, &1_u64.to_ne_bytes());
        }
    }

    // For who shows.

    /// Exchanges a batch that was shown for the next.
    pub(super) fn next(&self, shown: &mut Batch) -> Fetched {
        let mut waiting = self.lock();
        let size = shown.size();
        waiting.octets = waiting.octets.saturating_sub(size);
        shown.clear();
        self.has_room.notify_one();
        if let Some(next) = waiting.batches.pop_front() {
            let room = mem::replace(shown, next);
            if waiting.spare.len() < SPARE {
                waiting.spare.push(room);
            }
            return Fetched::Frames;
        }
        if let Some(end) = &mut waiting.end {
            return Fetched::End(mem::replace(end, Ok(())));
        }
        let _ = rustix::io::read(&self.bell, &mut [0; 8]);
        self.is_idle.store(true, Ordering::Relaxed);
        Fetched::Nothing
    }

    /// What is readable when there is something again.
    pub(super) fn bell(&self) -> BorrowedFd<'_> {
        self.bell.as_fd()
    }

    pub(super) fn statistics(&self) -> Option<Statistics> {
        self.lock().statistics
    }

    /// Octets that wait.
    #[cfg(test)]
    pub(super) fn waiting(&self) -> usize {
        self.lock().octets
    }

    /// Nobody will take anything any more.
    pub(super) fn abandon(&self) {
        self.lock().is_abandoned = true;
        self.has_room.notify_one();
    }
}
