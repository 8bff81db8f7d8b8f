//! A block for each connection: how it opened, what was agreed, how much was
//! sent, how it closed, and what became of it.

mod block;
mod long;
mod offers;
mod steps;

use std::io::{self, Write};

use jiff::tz::TimeZone;

use crate::segment::Packet;
use crate::sink::Sink;
use crate::sink::choice::Choice;
use crate::sink::line::clock::{Clock, TimeStyle};
use crate::sink::page::Page;
use crate::sink::report::block::{Block, INDENT};
use crate::sink::sentence;
use crate::sink::words::{Lang, Words};
use crate::time::Resolution;
use crate::totals::Totals;
use crate::track::Observation;
use crate::track::connection::Connection;

/// How the blocks are shown.
#[derive(Debug, Clone)]
pub struct ReportOptions {
    /// The zone of dates and times of day.
    pub zone: TimeZone,
    /// Columns of the terminal; `None` where there is room for all.
    pub width: Option<usize>,
    /// The language.
    pub lang: Lang,
    /// Whether classic tcptrace's figures follow each block.
    pub is_long: bool,
}

/// Blocks of text, and the counts after the last one.
#[derive(Debug)]
pub struct Report<W> {
    width: Option<usize>,
    is_long: bool,
    words: &'static Words,
    clock: Clock,
    page: Page<W>,
}

impl<W: Write> Report<W> {
    /// Writes to `page`.
    pub fn new(options: ReportOptions, page: Page<W>) -> Self {
        let ReportOptions {
            zone,
            width,
            lang,
            is_long,
        } = options;
        let clock = Clock::new(TimeStyle::Date, Resolution::Micro, zone);
        Self {
            width,
            is_long,
            words: lang.words(),
            clock,
            page,
        }
    }
}

impl<W: Write> Sink for Report<W> {
    fn reads_ledgers(&self) -> bool {
        self.is_long
    }

    fn packet(&mut self, _: &Packet<'_>, _: Option<&Observation<'_>>) -> io::Result<()> {
        Ok(())
    }

    fn connection(&mut self, connection: &Connection) -> io::Result<()> {
        let block = Block {
            flow: &connection.flow,
            width: self.width,
            words: self.words,
        };
        block.write(&mut self.clock, &mut self.page.text);
        if let Some(table) = long::table(connection, INDENT, self.words) {
            self.page.text.octet(b'\n');
            table.write(&mut self.page.text);
        }
        self.page.text.octet(b'\n');
        self.page.packet_done()
    }

    fn none(&mut self, asked: &Choice, connections: u64) -> io::Result<()> {
        let text = &mut self.page.text;
        text.str(&sentence::none(asked, connections, self.words));
        text.octet(b'\n');
        Ok(())
    }

    fn quiet(&mut self) -> io::Result<()> {
        self.page.flush()
    }

    fn end(&mut self, totals: &Totals) -> io::Result<()> {
        self.page.text.str(&sentence::totals(totals, self.words));
        self.page.text.octet(b'\n');
        self.page.flush()
    }
}
