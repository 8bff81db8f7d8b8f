//! What is told to the screen between two frames, through a channel that is never waited
//! for: where it is full, what is to be told stays, and is told as it is then.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use tcptrace::capture::Statistics;
use tcptrace::error::Error;
use tcptrace::time::Timestamp;
use tcptrace::track::Tracker;
use tcptrace::track::flow_id::FlowId;

use crate::cli::beside::{Beside, Present, RunUnderWay};
use crate::cli::clock;
use crate::watch::feed::Shared;
use crate::watch::flaw_look::FlawLook;
use crate::watch::following::Following;
use crate::watch::news::{CaptureNews, News, Request};
use crate::watch::outbox::Outbox;
use crate::watch::row::WatchRow;
use crate::watch::unsettled::Unsettled;
use crate::watch::wires::Wires;

/// How often rows are told, and how the capture goes.
const TICK: Duration = Duration::from_millis(50);
const CAPTURE_TICK: Duration = Duration::from_millis(250);
const OPEN_TICK: Duration = Duration::from_millis(500);
/// What is told at once, and for how long at most: the capture waits meanwhile.
const ROWS: usize = 256;
const LONGEST: Duration = Duration::from_millis(5);

/// Who tells the screen.
pub struct Teller {
    gathered: Shared,
    outbox: Outbox,
    requests: Receiver<Request>,
    /// Told once, when the run has begun.
    begun: Option<Sender<()>>,
    /// Whether it is a live capture, so that time passes without frames.
    is_live: bool,
    /// Whether the run is over.
    is_over: bool,
    /// When rows are told next.
    next: Instant,
    /// When it is told again how the connection stands that is open: the kernel may have
    /// said more of its sockets.
    next_open: Instant,
    /// When it is told how the capture goes, while it does.
    next_capture: Option<Instant>,
    flaws: FlawLook,
    unsettled: Unsettled,
}

impl Teller {
    pub fn new(gathered: Shared, wires: Wires, is_live: bool) -> Self {
        let now = Instant::now();
        Self {
            gathered,
            outbox: Outbox::new(wires.news),
            requests: wires.requests,
            begun: Some(wires.begun),
            is_live,
            is_over: false,
            next: now,
            next_open: now,
            next_capture: Some(now),
            flaws: FlawLook::default(),
            unsettled: Unsettled::default(),
        }
    }

    /// Takes what the screen asks; whether it asked anything.
    fn hear(&mut self) -> bool {
        let mut has_asked = false;
        while let Ok(request) = self.requests.try_recv() {
            self.take(request);
            has_asked = true;
        }
        has_asked
    }

    fn take(&mut self, request: Request) {
        let gathered = &mut *self.gathered.borrow_mut();
        gathered.open = match request {
            Request::Open(id) => Some(Following::of(id, &gathered.store)),
            Request::Close => None,
        };
    }

    /// Tells all that there is room and time for; whether that was all.
    fn tell(&mut self, present: &Present<'_>) -> bool {
        let until = Instant::now() + LONGEST;
        self.outbox.offer_again()
            && self.tell_capture(present)
            && self.tell_open(&*present.run)
            && self.tell_last()
            && self.tell_rows(&*present.run, until)
    }

    fn tell_capture(&mut self, present: &Present<'_>) -> bool {
        let Some(next) = self.next_capture else {
            return true;
        };
        let now = Instant::now();
        let has_looked = self.flaws.look(&*present.run, now);
        if now < next && !(self.is_over && has_looked) {
            return true;
        }
        let goes_on = !(self.is_over && has_looked);
        self.next_capture = goes_on.then_some(now + CAPTURE_TICK);
        let news = self.capture_news(&*present.run, present.statistics);
        self.outbox.offer(news)
    }

    fn capture_news(&self, run: &dyn RunUnderWay, statistics: Option<Statistics>) -> News {
        let gathered = &mut *self.gathered.borrow_mut();
        gathered.asks_origin = true;
        News::Capture(Box::new(CaptureNews {
            latest: gathered.latest,
            totals: run.totals(),
            statistics,
            flaws: self.flaws.found.clone(),
            origin: gathered.origin.clone(),
        }))
    }

    /// Tells the frames of the connection that is open, and how it stands.
    fn tell_open(&mut self, run: &dyn RunUnderWay) -> bool {
        let now = Instant::now();
        if self.is_live && now >= self.next_open {
            self.next_open = now + OPEN_TICK;
            let mut gathered = self.gathered.borrow_mut();
            if let Some(open) = &mut gathered.open {
                open.has_changed = true;
            }
        }
        while let Some(news) = self.news_of_open(run) {
            if !self.outbox.offer(news) {
                return false;
            }
        }
        true
    }

    fn news_of_open(&self, run: &dyn RunUnderWay) -> Option<News> {
        let gathered = &mut *self.gathered.borrow_mut();
        let open = gathered.open.as_mut()?;
        if let Some(news) = open.next(&gathered.store) {
            return Some(news);
        }
        if std::mem::take(&mut open.has_changed)
            && let Some(connection) = run.tracker().connection(open.id)
        {
            return Some(News::Connection(Box::new(connection.into_owned())));
        }
        open.left.take().map(News::Connection)
    }

    /// Tells the last rows of connections that the run does not keep any more.
    fn tell_last(&mut self) -> bool {
        loop {
            let rows = self.last_rows();
            if rows.is_empty() {
                return true;
            }
            let gone = rows.iter().map(|row| row.id).collect();
            self.outbox.offer(News::Rows(rows));
            if !self.outbox.offer(News::Gone(gone)) {
                return false;
            }
        }
    }

    fn last_rows(&self) -> Vec<WatchRow> {
        let last = &mut self.gathered.borrow_mut().last;
        let count = last.len().min(ROWS);
        last.drain(..count).collect()
    }

    /// Tells the rows of those that have changed.
    fn tell_rows(&mut self, run: &dyn RunUnderWay, until: Instant) -> bool {
        let at = self.now(run);
        self.unsettled
            .mark_due(at, &mut self.gathered.borrow_mut().changed);
        loop {
            let rows = self.changed_rows(run, at);
            if rows.is_empty() {
                return true;
            }
            if !self.outbox.offer(News::Rows(rows)) || Instant::now() >= until {
                return false;
            }
        }
    }

    fn changed_rows(&mut self, run: &dyn RunUnderWay, at: Timestamp) -> Vec<WatchRow> {
        let changed = &mut self.gathered.borrow_mut().changed;
        let mut rows = Vec::new();
        while rows.len() < ROWS
            && let Some(id) = changed.take()
        {
            rows.extend(if self.is_over {
                Unsettled::row_as_left(id, run.tracker(), at)
            } else {
                self.unsettled.row(id, run.tracker(), at)
            });
        }
        rows
    }

    /// The run is over: what is known by now is all that will be. Of what went on it is
    /// told how that was left.
    fn end(&mut self, tracker: &Tracker) {
        self.is_live = false;
        self.is_over = true;
        self.next_capture = Some(Instant::now());
        self.flaws.begin_again();
        let changed = &mut self.gathered.borrow_mut().changed;
        for id in tracker.ids().map(FlowId) {
            let connection = tracker.connection(id);
            if connection.is_some_and(|connection| !connection.flow.has_ended()) {
                changed.mark(id);
            }
        }
    }

    /// What time it is for the connections.
    fn now(&self, run: &dyn RunUnderWay) -> Timestamp {
        let latest = run.tracker().latest();
        if !self.is_live {
            return latest;
        }
        latest.max(clock::now())
    }
}

impl Beside for Teller {
    fn period(&self) -> Option<Duration> {
        Some(TICK)
    }

    fn attend(&mut self, present: &mut Present<'_>) -> Result<(), Error> {
        if let Some(begun) = self.begun.take() {
            // Who does not wait for it has gone.
            let _ = begun.send(());
        }
        let now = Instant::now();
        // Others interrupt the run, too.
        if self.hear() || now >= self.next {
            self.next = now + TICK * 3 / 4;
            self.tell(present);
        }
        Ok(())
    }

    fn outlive(&mut self, present: &mut Present<'_>, failure: Option<&Error>) -> bool {
        if let Some(begun) = self.begun.take() {
            let _ = begun.send(());
        }
        self.end(present.run.tracker());
        let mut end = Some(News::Ended(failure.map(words)));
        while !self.outbox.is_left {
            let is_all = self.tell(present)
                && self.next_capture.is_none()
                && end.take().is_none_or(|end| self.outbox.offer(end));
            let patience = match () {
                () if is_all => TICK,
                () if self.outbox.is_full() => TICK / 10,
                () => Duration::ZERO,
            };
            match self.requests.recv_timeout(patience) {
                Ok(request) => self.take(request),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        self.gathered.borrow_mut().is_left = true;
        false
    }
}

/// What failed and why, as far down as that is known.
fn words(error: &Error) -> String {
    let mut words = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        words.push_str(": ");
        words.push_str(&error.to_string());
        cause = error.source();
    }
    words
}

#[cfg(test)]
mod tests;
