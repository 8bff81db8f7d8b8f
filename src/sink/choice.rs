//! Which connections are shown, and when.

use std::cell::Cell;
use std::io;
use std::rc::Rc;

use crate::segment::Packet;
use crate::sink::Sink;
use crate::time::Span;
use crate::totals::Totals;
use crate::track::Observation;
use crate::track::connection::Connection;
use crate::track::flow::Flow;
use crate::track::verdict::Verdict;

/// When a style that shows connections shows one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// As soon as it ends; those that do not, when the capture ends: for a
    /// live capture.
    ConnectionEnds,
    /// When the capture ends, in the order of first segments: for files.
    CaptureEnds,
}

/// Which connections a style shows, and when.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// When.
    pub when: When,
    /// Those that did not open or close normally; with `slower_than` those of
    /// either kind.
    pub failed: bool,
    /// Those whose handshake took longer.
    pub slower_than: Option<Span>,
}

impl From<When> for Choice {
    fn from(when: When) -> Self {
        Self {
            when,
            failed: false,
            slower_than: None,
        }
    }
}

impl Choice {
    /// Whether the connection of this segment is to be shown now.
    #[inline]
    fn is_now(&self, seen: &Observation<'_>) -> bool {
        seen.ended && self.when == When::ConnectionEnds && self.takes(seen.flow)
    }

    /// Whether a connection that the capture brought is to be shown at its end.
    fn is_at_end(&self, flow: &Flow) -> bool {
        let was_shown = flow.has_ended() && self.when == When::ConnectionEnds;
        !was_shown && self.takes(flow)
    }

    fn takes(&self, flow: &Flow) -> bool {
        let takes_all = !self.failed && self.slower_than.is_none();
        takes_all || self.failed && has_failed(flow) || self.is_slow(flow)
    }

    fn is_slow(&self, flow: &Flow) -> bool {
        let took = flow.handshake.duration();
        self.slower_than.is_some_and(|limit| took > Some(limit))
    }
}

fn has_failed(flow: &Flow) -> bool {
    !Verdict::of(flow).is_normal()
}

/// A style that shows connections, which gets those that are chosen, when they
/// are to be shown.
#[derive(Debug)]
pub struct Chosen<K> {
    style: K,
    choice: Choice,
    has_shown: bool,
    troubled: Rc<Cell<u64>>,
}

impl<K> Chosen<K> {
    /// Shows connections in `style`, each once, as `choice` says.
    pub fn new(style: K, choice: impl Into<Choice>) -> Self {
        Self {
            style,
            choice: choice.into(),
            has_shown: false,
            troubled: Rc::default(),
        }
    }

    /// How many connections failed, or were slower than the choice asks for;
    /// known when the run is over.
    #[must_use]
    pub fn troubled(&self) -> Rc<Cell<u64>> {
        Rc::clone(&self.troubled)
    }
}

impl<K: Sink> Chosen<K> {
    fn show(&mut self, connection: &Connection) -> io::Result<()> {
        self.has_shown = true;
        self.style.connection(connection)
    }
}

impl<K: Sink> Sink for Chosen<K> {
    fn reads_ledgers(&self) -> bool {
        self.style.reads_ledgers()
    }

    #[inline]
    fn packet(&mut self, packet: &Packet<'_>, seen: Option<&Observation<'_>>) -> io::Result<()> {
        self.style.packet(packet, seen)?;
        match seen {
            Some(seen) if self.choice.is_now(seen) => {
                self.show(seen.connection)?;
                self.style.quiet()
            }
            _ => Ok(()),
        }
    }

    fn connection(&mut self, connection: &Connection) -> io::Result<()> {
        let flow = &connection.flow;
        if has_failed(flow) || self.choice.is_slow(flow) {
            self.troubled.set(self.troubled.get() + 1);
        }
        if self.choice.is_at_end(flow) {
            self.show(connection)
        } else {
            Ok(())
        }
    }

    fn unreachable(&mut self, flow: &Flow) -> io::Result<()> {
        self.style.unreachable(flow)
    }

    fn quiet(&mut self) -> io::Result<()> {
        self.style.quiet()
    }

    fn end(&mut self, totals: &Totals) -> io::Result<()> {
        if !self.has_shown && totals.connections > 0 {
            self.style.none(&self.choice, totals.connections)?;
        }
        self.style.end(totals)
    }
}
