//! How many frames there were, in tcpdump's words, and nothing else.

use std::io::{self, Write};

use crate::segment::Packet;
use crate::sink::Sink;
use crate::sink::page::Page;
use crate::totals::Totals;
use crate::track::Observation;

/// A count.
#[derive(Debug)]
pub struct Count<W> {
    page: Page<W>,
}

impl<W: Write> Count<W> {
    /// Writes to `page`.
    pub const fn new(page: Page<W>) -> Self {
        Self { page }
    }
}

impl<W: Write> Sink for Count<W> {
    const TRACKS: bool = false;

    fn packet(&mut self, _: &Packet<'_>, _: Option<&Observation<'_>>) -> io::Result<()> {
        Ok(())
    }

    fn quiet(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn end(&mut self, totals: &Totals) -> io::Result<()> {
        let text = &mut self.page.text;
        text.decimal(totals.frames);
        let is_one = totals.frames == 1;
        text.str(if is_one { " packet\n" } else { " packets\n" });
        self.page.flush()
    }
}
