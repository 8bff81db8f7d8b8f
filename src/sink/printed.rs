//! A style on its way to a writer: what is written when, and which connections
//! are shown when.

use std::io::{self, Write};
use std::time::Duration;

use crate::segment::Packet;
use crate::sink::choice::{Choice, When};
use crate::sink::page::Page;
use crate::sink::standing::RunStanding;
use crate::sink::style::Style;
use crate::sink::{Event, Sink};
use crate::time::Timestamp;
use crate::totals::Totals;
use crate::track::connection::Connection;
use crate::track::dir::Dir;
use crate::track::flaws::Flaws;
use crate::track::flow::Flow;
use crate::track::icmp_errors::Notice;
use crate::track::{Observation, Wants};

/// How soon connections are written that end one after the other: a table a row costs
/// more than all that was tracked of it.
const TOGETHER: Duration = Duration::from_millis(100);

/// A style, and the writer that gets its text.
pub struct Printed<S, W> {
    style: S,
    page: Page<W>,
    /// Where the run goes as it stands, where that is not the page.
    place: Option<Page<Box<dyn Write + Send>>>,
    choice: Choice,
    has_shown: bool,
    troubled: u64,
    /// Whether connections were shown that may not be written yet.
    is_behind: bool,
    /// When what was shown was written last, as connections ended.
    written_at: Option<Timestamp>,
}

impl<S: Style, W: Write> Printed<S, W> {
    /// Writes to `out`, in large pieces; every connection is shown when it leaves
    /// or the capture ends. Where `out` is to be read afterwards, lend it: a
    /// `&mut Vec<u8>` will do.
    pub fn new(style: S, out: W) -> Self {
        Self {
            style,
            page: Page::new(out),
            place: None,
            choice: When::CaptureEnds.into(),
            has_shown: false,
            troubled: 0,
            is_behind: false,
            written_at: None,
        }
    }

    /// The same, but that it writes after every packet where `by_line` is set
    /// (`-l`).
    #[must_use]
    pub fn by_line(mut self, by_line: bool) -> Self {
        self.page.by_line = by_line;
        self
    }

    /// The same, but that connections are shown as `choice` says, each once.
    #[must_use]
    pub fn choosing(mut self, choice: impl Into<Choice>) -> Self {
        self.choice = choice.into();
        self
    }

    /// The same, but that the run as it [stands](Event::Standing) goes to another writer,
    /// flushed each time: to a terminal on which it is shown in place.
    #[must_use]
    pub fn in_place(mut self, place: Box<dyn Write + Send>) -> Self {
        self.place = Some(Page::new(place));
        self
    }

    /// The style, with what it knows when the run is over.
    #[must_use]
    pub const fn style(&self) -> &S {
        &self.style
    }

    /// How many connections failed, or were slower than the choice asks for;
    /// known when the run is over.
    #[must_use]
    pub const fn troubled(&self) -> u64 {
        self.troubled
    }

    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "between a packet and its line stand two comparisons"
    )]
    fn packet(&mut self, packet: &Packet<'_>, seen: Option<&Observation<'_>>) -> io::Result<()> {
        self.style.packet(packet, seen, &mut self.page.text);
        self.page.packet_done()?;
        let Some(seen) = seen else {
            return Ok(());
        };
        if self.choice.is_now(seen) {
            self.show(seen.connection)?;
            self.is_behind = true;
        }
        if self.is_behind {
            self.catch_up(seen.segment.time)?;
        }
        Ok(())
    }

    /// Has what was shown written: at once, or, where some was a moment ago, a moment later.
    #[cold]
    fn catch_up(&mut self, now: Timestamp) -> io::Result<()> {
        let is_soon = |at: Timestamp| (now - at).magnitude() < TOGETHER;
        if self.written_at.is_some_and(is_soon) {
            return Ok(());
        }
        self.written_at = Some(now);
        self.pause()
    }

    fn connection(&mut self, connection: &Connection) -> io::Result<()> {
        self.troubled += u64::from(self.choice.is_troubled(connection));
        if self.choice.is_at_end(connection) {
            self.show(connection)
        } else {
            Ok(())
        }
    }

    fn show(&mut self, connection: &Connection) -> io::Result<()> {
        self.has_shown = true;
        self.style.connection(connection, &mut self.page.text);
        self.page.packet_done()
    }

    fn unreachable(&mut self, flow: &Flow) -> io::Result<()> {
        self.style.unreachable(flow, &mut self.page.text);
        self.page.packet_done()
    }

    fn icmp_error(&mut self, flow: &Flow, notice: &Notice) -> io::Result<()> {
        self.style.icmp_error(flow, notice, &mut self.page.text);
        self.page.packet_done()
    }

    fn socket(&mut self, connection: &Connection, dir: Dir) -> io::Result<()> {
        self.style.socket(connection, dir, &mut self.page.text);
        self.page.packet_done()
    }

    /// Who asks for some connections does not ask about the capture.
    fn capture(&mut self, flaws: &Flaws) -> io::Result<()> {
        if self.choice.takes_all() {
            self.style.capture(flaws, &mut self.page.text);
            self.page.packet_done()?;
        }
        Ok(())
    }

    fn standing(&mut self, now: &RunStanding<'_>) -> io::Result<()> {
        let now = now.choosing(self.choice);
        let Some(place) = &mut self.place else {
            self.style.standing(&now, &mut self.page.text);
            return self.page.flush();
        };
        self.page.flush()?;
        self.style.standing(&now, &mut place.text);
        // What is shown is whole.
        if now.is_last { place.flush() } else { Ok(()) }
    }

    fn pause(&mut self) -> io::Result<()> {
        self.is_behind = false;
        self.style.pause(&mut self.page.text);
        self.page.flush()
    }

    fn end(&mut self, totals: &Totals) -> io::Result<()> {
        let text = &mut self.page.text;
        if !self.has_shown && totals.connections > 0 {
            self.style.none(&self.choice, totals.connections, text);
        }
        self.style.end(totals, text);
        self.page.flush()
    }
}

impl<S: Style, W: Write> Sink for Printed<S, W> {
    fn wants(&self) -> Wants {
        self.style.wants() | self.choice.wants()
    }

    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "who gives an event knows which, so that nothing is left of the match"
    )]
    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        match event {
            Event::Packet(packet, seen) => self.packet(packet, seen),
            Event::Connection(connection) => self.connection(connection),
            Event::Unreachable(flow) => self.unreachable(flow),
            Event::IcmpError(flow, notice) => self.icmp_error(flow, notice),
            Event::Socket(connection, dir) => self.socket(connection, dir),
            Event::Standing(now) => self.standing(now),
            Event::Quiet => self.pause(),
            Event::Capture(flaws) => self.capture(flaws),
            Event::End(totals) => self.end(totals),
        }
    }
}
