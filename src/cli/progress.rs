//! What a terminal is told while a long file is read of which nothing shows before its end.

use std::io::{self, IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

use tcptrace::sink::{Event, Sink};
use tcptrace::track::Wants;

/// So often the clock is looked at, frames.
const A_LOOK: u64 = 1 << 15;
/// So often the terminal is told, and for so long at first it is not.
const A_WORD: Duration = Duration::from_millis(500);

/// A sink, and what the terminal is told meanwhile: nothing where standard error is none.
pub struct HowFar<K> {
    sink: K,
    frames: u64,
    due: Instant,
    is_told: bool,
    has_told: bool,
}

impl<K> HowFar<K> {
    /// Tells how far `sink` has come.
    pub fn of(sink: K) -> Self {
        Self {
            sink,
            frames: 0,
            due: Instant::now() + A_WORD,
            is_told: stderr().is_terminal(),
            has_told: false,
        }
    }

    fn tell(&mut self) {
        let now = Instant::now();
        if now < self.due {
            return;
        }
        self.due = now + A_WORD;
        self.has_told = true;
        // Where it cannot be told, it is not.
        let _ = write!(stderr(), "\rtcptrace: {} frames read", self.frames);
    }

    /// Leaves the line as it was.
    fn clear(&mut self) {
        if std::mem::take(&mut self.has_told) {
            let _ = write!(stderr(), "\r\x1b[K");
        }
    }
}

impl<K: Sink> Sink for HowFar<K> {
    fn wants(&self) -> Wants {
        self.sink.wants()
    }

    #[inline]
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        match event {
            Event::Packet(..) => {
                self.frames += 1;
                if self.is_told && self.frames.is_multiple_of(A_LOOK) {
                    self.tell();
                }
            }
            Event::End(_) => self.clear(),
            _ => {}
        }
        self.sink.take(event)
    }
}

/// Where the run fails, its message begins a line.
impl<K> Drop for HowFar<K> {
    fn drop(&mut self) {
        self.clear();
    }
}
