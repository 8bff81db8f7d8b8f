//! tcpdump's lines and nothing else.

use std::io::{self, Write};

use crate::segment::Packet;
use crate::sink::Sink;
use crate::sink::line::{Line, LineOptions};
use crate::sink::page::Page;
use crate::totals::Totals;
use crate::track::Observation;

/// Lines without annotations.
#[derive(Debug)]
pub struct Plain<W> {
    line: Line,
    page: Page<W>,
}

impl<W: Write> Plain<W> {
    /// Writes to `page`.
    pub fn new(options: LineOptions, page: Page<W>) -> Self {
        Self {
            line: Line::new(options),
            page,
        }
    }
}

impl<W: Write> Sink for Plain<W> {
    const TRACKS: bool = false;

    fn packet(&mut self, packet: &Packet<'_>, _: Option<&Observation<'_>>) -> io::Result<()> {
        self.line.write(packet, &mut self.page.text);
        self.page.packet_done()
    }

    fn quiet(&mut self) -> io::Result<()> {
        self.page.flush()
    }

    fn end(&mut self, _: &Totals) -> io::Result<()> {
        self.page.flush()
    }
}
