//! Who asks the kernel, beside the run.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use tcptrace::capture::live::sockets::Asker;
use tcptrace::capture::live::stop::Stop;
use tcptrace::error::Error;
use tcptrace::socket::{Holder, SocketPair, SocketWord};

use crate::cli::aside;
use crate::cli::beside::{Beside, Present};
use crate::cli::clock;
use crate::cli::sockets::ownerless::Ownerless;
use crate::cli::sockets::unasked::Unasked;
use crate::cli::sockets::{Inquiry, QUEUE, SharedLocals};
use crate::complain;

/// How many ends are asked about at once: a few milliseconds.
const BATCH: usize = 512;

/// How often the run is interrupted for answers, at most.
const ROUND: Duration = Duration::from_millis(10);

/// How long it takes to notice that the run ends, at most.
const GLANCE: Duration = Duration::from_millis(40);

/// How much later a question is asked that is for later.
const LATER: Duration = Duration::from_secs(1);

/// How often it is looked which addresses are this host's.
const LOCALS: Duration = Duration::from_secs(5);

/// How long the end of the run waits for answers, at most.
const PATIENCE: Duration = Duration::from_millis(250);

/// The run's end of it: brings it what the kernel has answered.
pub struct Courier {
    answers: Receiver<SocketWord>,
    unasked: Unasked,
    /// Says that the run ends.
    is_last: Arc<AtomicBool>,
}

/// The kernel's end of it, in a thread of its own.
struct Errand {
    asker: Asker,
    locals: SharedLocals,
    questions: Receiver<Inquiry>,
    answers: SyncSender<SocketWord>,
    stop: Stop,
    is_last: Arc<AtomicBool>,
    /// What is to be asked, each once, in order.
    now: VecDeque<SocketPair>,
    waiting: HashSet<SocketPair>,
    /// What is to be asked later, and when.
    later: VecDeque<(Instant, SocketPair)>,
    ownerless: Ownerless,
    read_locals: Instant,
    has_said_refused: bool,
}

impl Courier {
    /// Begins to ask the kernel what is put into the queue.
    pub(super) fn send_out(
        stop: &Stop,
        locals: SharedLocals,
        unasked: Unasked,
    ) -> Result<(Self, SyncSender<Inquiry>), Error> {
        let (ask, questions) = sync_channel(QUEUE);
        let (answer, answers) = sync_channel(QUEUE);
        let is_last = Arc::new(AtomicBool::new(false));
        let mut errand = Errand {
            asker: Asker::open()?,
            locals,
            questions,
            answers: answer,
            stop: stop.clone(),
            is_last: Arc::clone(&is_last),
            now: VecDeque::new(),
            waiting: HashSet::new(),
            later: VecDeque::new(),
            ownerless: Ownerless::default(),
            read_locals: Instant::now(),
            has_said_refused: false,
        };
        thread::Builder::new()
            .name("sockets".to_owned())
            .spawn(move || errand.run())
            .map_err(Error::Sockets)?;
        let courier = Self {
            answers,
            unasked,
            is_last,
        };
        Ok((courier, ask))
    }
}

impl Beside for Courier {
    fn attend(&mut self, present: &mut Present<'_>) -> Result<(), Error> {
        // No more than there are now: the capture waits.
        for _ in 0..QUEUE {
            let Ok(word) = self.answers.try_recv() else {
                break;
            };
            present.run.tell(&word)?;
        }
        Ok(())
    }

    /// Waits for the answers to what was asked.
    fn finish(&mut self, present: &mut Present<'_>) -> Result<(), Error> {
        self.is_last.store(true, Ordering::SeqCst);
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            match self.answers.recv_timeout(left) {
                Ok(word) => present.run.tell(&word)?,
                Err(_) => break,
            }
        }
        let count = self.unasked.count();
        present.run.miss_sockets(count);
        if count > 0 {
            let sockets = if count == 1 {
                "socket was"
            } else {
                "sockets were"
            };
            aside::say(format!(
                "tcptrace: {count} {sockets} not asked about, since too many waited for it; a FILTER \
                 that takes fewer connections leaves time for all"
            ));
        }
        Ok(())
    }
}

impl Errand {
    fn run(&mut self) {
        while self.gather() {
            if let Err(error) = self.ask() {
                complain(&error);
                return;
            }
            if self.is_last() {
                if self.now.is_empty() {
                    return;
                }
                continue;
            }
            self.stop.interrupt();
            // What comes meanwhile is asked at once, and once.
            thread::sleep(ROUND);
        }
    }

    fn is_last(&self) -> bool {
        self.is_last.load(Ordering::SeqCst)
    }

    /// Waits until there is something to be asked; `false` where there never will be.
    fn gather(&mut self) -> bool {
        loop {
            // More than that waits in the queue, and where that is full who asks is told.
            while self.now.len() < QUEUE
                && let Ok(question) = self.questions.try_recv()
            {
                self.note(question);
            }
            self.note_due();
            if !self.now.is_empty() {
                return true;
            }
            if self.is_last() {
                return false;
            }
            let due = self.later.front().map(|(due, _)| *due);
            let wait = due.map_or(LATER, |due| due.saturating_duration_since(Instant::now()));
            match self.questions.recv_timeout(wait.min(GLANCE)) {
                Ok(question) => self.note(question),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }

    fn note(&mut self, question: Inquiry) {
        for ends in question.ends.into_iter().flatten() {
            if !question.is_for_later {
                self.note_now(ends);
            } else if self.later.len() < QUEUE {
                self.later.push_back((Instant::now() + LATER, ends));
            }
        }
    }

    fn note_now(&mut self, ends: SocketPair) {
        if self.waiting.insert(ends) {
            self.now.push_back(ends);
        }
    }

    /// What is for later, once that has come; the end of the run does not wait for it.
    fn note_due(&mut self) {
        let (now, is_last) = (Instant::now(), self.is_last());
        while self.now.len() < QUEUE
            && let Some((due, ends)) = self.later.front().copied()
            && (is_last || due <= now)
        {
            self.later.pop_front();
            self.note_now(ends);
        }
    }

    fn ask(&mut self) -> Result<(), Error> {
        if self.read_locals.elapsed() >= LOCALS {
            self.locals.read_again();
            self.read_locals = Instant::now();
        }
        let size = self.now.len().min(BATCH);
        let ends: Vec<SocketPair> = self.now.drain(..size).collect();
        for ends in &ends {
            self.waiting.remove(ends);
        }
        let locals = self.locals.get();
        let words = self.asker.ask(&ends, &locals, clock::now());
        drop(locals);
        for word in words? {
            self.say_refused(&word);
            if self.later.len() < QUEUE && self.ownerless.is_to_be_asked_again(&word, QUEUE) {
                self.later.push_back((Instant::now() + LATER, word.ends));
            }
            match self.answers.try_send(word) {
                Ok(()) => {}
                // The run has not come to take what there is.
                Err(TrySendError::Full(word)) => {
                    self.stop.interrupt();
                    let _ = self.answers.send(word);
                }
                Err(TrySendError::Disconnected(_)) => break,
            }
        }
        Ok(())
    }

    /// Says once why an owner is unknown, and what is against that.
    fn say_refused(&mut self, word: &SocketWord) {
        let socket = word.socket.as_ref();
        let is_unknown =
            socket.is_some_and(|it| it.holder == Holder::Program && it.owner.is_none());
        if !is_unknown || self.has_said_refused || !self.asker.is_refused() {
            return;
        }
        self.has_said_refused = true;
        let program = std::env::current_exe();
        let program = program.map_or_else(
            |_| "tcptrace".to_owned(),
            |program| program.display().to_string(),
        );
        aside::say(format!(
            "tcptrace: whose the sockets of other users are is not told, which needs CAP_SYS_PTRACE and \
             CAP_DAC_READ_SEARCH: run with sudo, or grant it once with: sudo setcap \
             cap_net_raw,cap_net_admin,cap_sys_ptrace,cap_dac_read_search=eip {program}"
        ));
    }
}
