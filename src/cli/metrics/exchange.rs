//! What the thread that answers and the run say to each other.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tcptrace::capture::live::stop::Stop;

/// So long a text is told again before another one is asked for.
const FRESH: Duration = Duration::from_secs(1);
/// So long the run has for it: it may be busy writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// A question, and the latest answer.
pub struct Exchange {
    stop: Stop,
    asked: AtomicBool,
    latest: Mutex<Option<(Instant, String)>>,
    told: Condvar,
}

impl Exchange {
    pub fn new(stop: Stop) -> Self {
        Self {
            stop,
            asked: AtomicBool::new(false),
            latest: Mutex::new(None),
            told: Condvar::new(),
        }
    }

    /// Whether the run was asked since this was last called; cheap.
    pub fn is_asked(&self) -> bool {
        self.asked.swap(false, Ordering::SeqCst)
    }

    /// Tells the text, which nobody holds for long.
    pub fn tell(&self, text: String) {
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        *latest = Some((Instant::now(), text));
        self.told.notify_all();
    }

    /// Asks the run, unless it has answered lately; `None` where it does not answer.
    pub fn ask(&self) -> Option<String> {
        let since = Instant::now();
        let is_fresh = |latest: &Option<(Instant, String)>| {
            let told = latest.as_ref().map(|(told, _)| *told);
            told.is_some_and(|told| told + FRESH > since)
        };
        let latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        if is_fresh(&latest) {
            return latest.as_ref().map(|(_, text)| text.clone());
        }
        self.asked.store(true, Ordering::SeqCst);
        self.stop.interrupt();
        let waited = self
            .told
            .wait_timeout_while(latest, PATIENCE, |latest| !is_fresh(latest));
        let (latest, _) = waited.unwrap_or_else(PoisonError::into_inner);
        let text = latest.as_ref().filter(|_| is_fresh(&latest));
        text.map(|(_, text)| text.clone())
    }
}
