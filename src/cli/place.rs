//! A place on the terminal that is written again and again, below what stays.
//!
//! There is no other screen: rows that stay go above it, and what was there before them
//! scrolls away as ever. When the place is left nothing remains of it.

use std::env;
use std::io::{self, Stdout, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tcptrace::sink::room::TerminalRoom;

use crate::cli::line;

/// Octets that wait to go above the place before it is written again for them.
const MOST_WAITING: usize = 64 * 1024;

/// Whether the terminal, by its name, has no cursor that can be moved.
pub fn is_dumb() -> bool {
    env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb")
}

/// The place, as whoever writes to it has it.
#[derive(Clone)]
pub struct TerminalPlace(Arc<Mutex<PlaceText>>);

/// What stays, on its way above the place.
pub struct Staying(TerminalPlace);

/// What is written in the place, from flush to flush.
pub struct Within {
    place: TerminalPlace,
    text: Vec<u8>,
}

/// What the place shows.
struct PlaceText {
    out: Stdout,
    shown: Vec<u8>,
    /// What will stand above it.
    waiting: Vec<u8>,
}

impl TerminalPlace {
    /// A place on standard output, with nothing in it.
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(PlaceText {
            out: io::stdout(),
            shown: Vec::new(),
            waiting: Vec::new(),
        })))
    }

    /// Where goes what stays.
    pub fn above(&self) -> Staying {
        Staying(self.clone())
    }

    /// Where goes what the place is to show.
    pub fn within(&self) -> Within {
        Within {
            place: self.clone(),
            text: Vec::new(),
        }
    }

    /// Shows nothing any more; whether there was something.
    pub fn clear(&self) -> io::Result<bool> {
        let mut drawn = self.drawn();
        let was_there = !drawn.shown.is_empty();
        drawn.show(Vec::new())?;
        Ok(was_there)
    }

    fn drawn(&self) -> MutexGuard<'_, PlaceText> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PlaceText {
    /// Puts this in the place of what it shows, and what waits above it.
    fn show(&mut self, text: Vec<u8>) -> io::Result<()> {
        let mut all = Vec::new();
        if !self.shown.is_empty() {
            let lines = line::room().map_or(0, |room| room.folded(&self.shown));
            // Line by line, since what is cleared at once some terminals keep as scrolled
            // away; from the line of the cursor on, where the ^C of a signal stands.
            all.extend(b"\r\x1b[2K");
            all.extend(b"\x1b[A\x1b[2K".repeat(lines));
        }
        all.append(&mut self.waiting);
        all.extend(&text);
        self.shown = text;
        self.out.write_all(&all)?;
        self.out.flush()
    }
}

impl Write for Staying {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        let mut drawn = self.0.drawn();
        if drawn.shown.is_empty() {
            return drawn.out.write(octets);
        }
        drawn.waiting.extend(octets);
        if drawn.waiting.len() > MOST_WAITING {
            let text = drawn.shown.clone();
            drawn.show(text)?;
        }
        Ok(octets.len())
    }

    /// What waits goes with what the place shows next.
    fn flush(&mut self) -> io::Result<()> {
        self.0.drawn().out.flush()
    }
}

impl Write for Within {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.text.extend(octets);
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let text = std::mem::take(&mut self.text);
        self.place.drawn().show(text)
    }
}

/// The terminal that standard output is, but for the line of the cursor.
pub fn room() -> Option<TerminalRoom> {
    let mut room = line::room()?;
    room.lines = room.lines.saturating_sub(1).max(1);
    Some(room)
}
