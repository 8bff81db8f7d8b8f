//! A table row for each connection.

use jiff::tz::TimeZone;

use crate::sink::annotation::colour::Colour;
use crate::sink::choice::{Choice, When};
use crate::sink::columns::{Columns, Heading};
use crate::sink::duration::shown;
use crate::sink::flaws;
use crate::sink::line::clock::{Clock, TimeStyle};
use crate::sink::sentence;
use crate::sink::style::Style;
use crate::sink::text::Text;
use crate::sink::words::{Lang, Words};
use crate::time::{Resolution, Span};
use crate::totals::Totals;
use crate::track::Wants;
use crate::track::connection::Connection;
use crate::track::flaws::Flaws;
use crate::track::flow::Flow;
use crate::track::half::Half;
use crate::track::verdict::Verdict;

const fn headings(words: &Words) -> [Heading; 11] {
    let row = &words.report;
    [
        Heading::Right("#"),
        Heading::Left(words.count.client),
        Heading::Left(words.count.server),
        Heading::Left(row.start),
        Heading::Right(row.duration),
        Heading::Right(row.handshake),
        Heading::Right(row.bytes_to_server),
        Heading::Right(row.bytes_to_client),
        Heading::Right(row.segments),
        Heading::Right(row.again),
        Heading::Left(row.verdict),
    ]
}

/// Widths that suit most connections, for a table whose rows are written
/// before the later ones are known: two IPv4 addresses, times, counts.
const USUAL_WIDTHS: [u16; 11] = [4, 21, 21, 15, 12, 9, 10, 10, 8, 7, 14];

/// The most rows kept back to find the widths of the columns.
const MOST_ROWS: usize = 1000;

/// A table that is written as a whole, or row by row.
#[derive(Debug)]
pub struct Flows {
    words: &'static Words,
    is_coloured: bool,
    clock: Clock,
    table: Columns,
    has_headings: bool,
    /// Whether the client of a row is a guess.
    has_guess: bool,
    /// What the capture did to the traffic.
    flaws: Flaws,
}

impl Flows {
    /// With times of day in `zone`; `when` tells how rows will come, all at the
    /// end or one by one. With colours, where `is_coloured` says so, verdicts and
    /// retransmissions stand out.
    #[must_use]
    pub fn new(when: When, zone: TimeZone, lang: Lang, is_coloured: bool) -> Self {
        let words = lang.words();
        let mut table = Columns::new(headings(words), "");
        if when == When::ConnectionEnds {
            table.widen(USUAL_WIDTHS.to_vec());
        }
        let clock = Clock::new(TimeStyle::TimeOfDay, Resolution::Micro, zone);
        Self {
            words,
            is_coloured,
            clock,
            table,
            has_headings: false,
            has_guess: false,
            flaws: Flaws::default(),
        }
    }

    /// Writes the rows that were kept back.
    fn rows(&mut self, text: &mut Text) {
        if self.table.rows() == 0 {
            return;
        }
        if self.has_headings {
            self.table.write_rows(text);
        } else {
            self.table.write(text);
        }
        self.has_headings = true;
        self.table.clear();
    }
}

impl Style for Flows {
    fn wants(&self) -> Wants {
        Wants::OURS
    }

    fn connection(&mut self, connection: &Connection, text: &mut Text) {
        let flow = &connection.flow;
        self.has_guess |= flow.roles.guessed_by().is_some();
        let cells = cells(flow, &mut self.clock, self.words);
        self.table
            .painted_row(cells, colours(flow, self.is_coloured));
        if self.table.rows() >= MOST_ROWS {
            self.rows(text);
        }
    }

    fn none(&mut self, asked: &Choice, connections: u64, text: &mut Text) {
        text.str(&sentence::none(asked, connections, self.words));
        text.octet(b'\n');
    }

    fn pause(&mut self, text: &mut Text) {
        self.rows(text);
    }

    fn capture(&mut self, flaws: &Flaws, _: &mut Text) {
        self.flaws = flaws.clone();
    }

    fn end(&mut self, totals: &Totals, text: &mut Text) {
        self.rows(text);
        if self.has_guess {
            text.str(self.words.report.client_guessed_mark);
            text.octet(b'\n');
        }
        flaws::write(&self.flaws, self.words, None, self.is_coloured, text);
        text.str(&sentence::totals(totals, self.words));
        text.octet(b'\n');
    }
}

/// The colours of the last two cells.
fn colours(flow: &Flow, is_coloured: bool) -> [(usize, Colour); 2] {
    let again = if flow.segments_again() > 0 {
        Colour::YELLOW
    } else {
        Colour::NONE
    };
    let verdict = Colour::of_verdict(Verdict::of(flow));
    [(9, again), (10, verdict)].map(|(column, colour)| (column, colour.only_if(is_coloured)))
}

fn cells(flow: &Flow, clock: &mut Clock, words: &Words) -> [String; 11] {
    let mut start = Text::default();
    clock.write(flow.began, &mut start);
    let is_guess = flow.roles.guessed_by().is_some();
    let guess = if is_guess { " ?" } else { "" };
    [
        flow.id.0.to_string(),
        format!("{}{guess}", flow.client_addr()),
        flow.server_addr().to_string(),
        String::from_utf8_lossy(start.octets())
            .trim_end()
            .to_owned(),
        shown(flow.duration()),
        or_dash(flow.handshake.duration()),
        unique(&flow.client).to_string(),
        unique(&flow.server).to_string(),
        (flow.client.segments + flow.server.segments).to_string(),
        flow.segments_again().to_string(),
        verdict(flow, words).to_owned(),
    ]
}

/// A word; of one direction alone nobody knows whether it is that of the other.
fn verdict(flow: &Flow, words: &Words) -> &'static str {
    let verdict = Verdict::of(flow);
    let is_of_both = matches!(
        verdict,
        Verdict::Open | Verdict::Midstream | Verdict::HalfClosed { .. }
    );
    if is_of_both && flow.only_direction().is_some() {
        return words.verdict.one_direction;
    }
    sentence::word(verdict, words)
}

fn or_dash(span: Option<Span>) -> String {
    span.map_or_else(|| "-".to_owned(), shown)
}

/// Octets of data that an end sent, repeated ones counted once.
fn unique(half: &Half) -> u64 {
    half.octets.saturating_sub(half.octets_again)
}
