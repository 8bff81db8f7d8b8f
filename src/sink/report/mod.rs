//! A block for each connection: how it opened, what was agreed, how much was
//! sent, how it closed, and what became of it.

mod acceptance;
mod block;
mod long;
mod offers;
mod sockets;
mod steps;
mod time_part;
mod time_spent;
mod times;
mod troubles;

use jiff::tz::TimeZone;

use crate::sink::annotation::colour::Colour;
use crate::sink::choice::Choice;
use crate::sink::diagnoses;
use crate::sink::flaws as of_capture;
use crate::sink::line::clock::{Clock, TimeStyle};
use crate::sink::paragraph::{self, OF_ALL};
use crate::sink::report::block::Block;
use crate::sink::report::steps::INDENT;
use crate::sink::sentence;
use crate::sink::style::Style;
use crate::sink::text::Text;
use crate::sink::words::{Lang, Words};
use crate::time::{Resolution, Span};
use crate::totals::Totals;
use crate::track::Wants;
use crate::track::connection::Connection;
use crate::track::diagnosis::Diagnosed;
use crate::track::flaws::Flaws;

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
    /// Whether verdicts and troubles stand out in colours.
    pub is_coloured: bool,
}

/// Blocks of text, and the counts after the last one.
#[derive(Debug)]
pub struct Report {
    slower_than: Option<Span>,
    width: Option<usize>,
    is_long: bool,
    is_of_time: bool,
    is_coloured: bool,
    words: &'static Words,
    clock: Clock,
    diagnosed: Diagnosed,
}

impl Report {
    /// Blocks that are shown so.
    #[must_use]
    pub fn new(options: ReportOptions) -> Self {
        let ReportOptions {
            zone,
            width,
            lang,
            is_long,
            is_coloured,
        } = options;
        let clock = Clock::new(TimeStyle::Date, Resolution::Micro, zone);
        Self {
            slower_than: None,
            width,
            is_long,
            is_of_time: false,
            is_coloured,
            words: lang.words(),
            clock,
            diagnosed: Diagnosed::default(),
        }
    }

    /// The same, where each block says what took longer than a limit.
    #[must_use]
    pub const fn telling_of(mut self, slower_than: Option<Span>) -> Self {
        self.slower_than = slower_than;
        self
    }

    /// Of each connection where its time went and what was waited for longest, and
    /// nothing else.
    #[must_use]
    pub const fn of_time(mut self) -> Self {
        self.is_of_time = true;
        self
    }
}

impl Style for Report {
    fn wants(&self) -> Wants {
        if self.is_long {
            Wants::CLASSIC | Wants::TIMED | Wants::TIME_SPENT
        } else {
            Wants::TIMED | Wants::TIME_SPENT
        }
    }

    fn connection(&mut self, connection: &Connection, text: &mut Text) {
        let flow = &connection.flow;
        let spent = connection.time_spent();
        let diagnoses: Vec<_> = connection.diagnoses_in(spent.as_ref()).collect();
        self.diagnosed.take(flow.id, &diagnoses);
        let block = Block {
            connection,
            flow,
            diagnoses: &diagnoses,
            spent: spent.as_ref(),
            slower_than: self.slower_than,
            width: self.width,
            is_coloured: self.is_coloured,
            words: self.words,
        };
        if self.is_of_time {
            return block.time_part(text);
        }
        block.write(&mut self.clock, text);
        if let Some(table) = long::table(connection, INDENT, self.words) {
            text.octet(b'\n');
            table.write(text);
        }
        text.octet(b'\n');
    }

    fn capture(&mut self, flaws: &Flaws, text: &mut Text) {
        of_capture::write(flaws, self.words, self.width, self.is_coloured, text);
        if !flaws.is_empty() {
            text.octet(b'\n');
        }
    }

    fn none(&mut self, asked: &Choice, connections: u64, text: &mut Text) {
        text.str(&sentence::none(asked, connections, self.words));
        text.octet(b'\n');
    }

    fn end(&mut self, totals: &Totals, text: &mut Text) {
        diagnoses::write(&self.diagnosed, self.words, self.width, text);
        let totals = sentence::totals(totals, self.words);
        paragraph::write(&totals, Colour::NONE, OF_ALL, self.width, text);
    }
}
