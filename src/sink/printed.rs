//! A style on its way to a writer: what is written when, and which connections
//! are shown when.

use std::io::{self, Write};

use crate::segment::Packet;
use crate::sink::choice::{Choice, When};
use crate::sink::page::Page;
use crate::sink::style::Style;
use crate::sink::{Event, Sink};
use crate::totals::Totals;
use crate::track::connection::Connection;
use crate::track::flaws::Flaws;
use crate::track::flow::Flow;
use crate::track::icmp_errors::Notice;
use crate::track::{Observation, Wants};

/// A style, and the writer that gets its text.
#[derive(Debug)]
pub struct Printed<S, W> {
    style: S,
    page: Page<W>,
    choice: Choice,
    has_shown: bool,
    troubled: u64,
}

impl<S: Style, W: Write> Printed<S, W> {
    /// Writes to `out`, in large pieces; every connection is shown when it leaves
    /// or the capture ends. Where `out` is to be read afterwards, lend it: a
    /// `&mut Vec<u8>` will do.
    pub fn new(style: S, out: W) -> Self {
        Self {
            style,
            page: Page::new(out),
            choice: When::CaptureEnds.into(),
            has_shown: false,
            troubled: 0,
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
        match seen {
            Some(seen) if self.choice.is_now(seen) => {
                self.show(seen.connection)?;
                self.pause()
            }
            _ => Ok(()),
        }
    }

    fn connection(&mut self, connection: &Connection) -> io::Result<()> {
        let flow = &connection.flow;
        self.troubled += u64::from(self.choice.is_troubled(flow));
        if self.choice.is_at_end(flow) {
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

    /// Who asks for some connections does not ask about the capture.
    fn capture(&mut self, flaws: &Flaws) -> io::Result<()> {
        if self.choice.takes_all() {
            self.style.capture(flaws, &mut self.page.text);
            self.page.packet_done()?;
        }
        Ok(())
    }

    fn pause(&mut self) -> io::Result<()> {
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
        self.style.wants()
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
            Event::Quiet => self.pause(),
            Event::Capture(flaws) => self.capture(flaws),
            Event::End(totals) => self.end(totals),
        }
    }
}
