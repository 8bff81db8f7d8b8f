//! A table row, a record or a comma-separated row for each server.

use crate::segment::Packet;
use crate::sink::annotation::colour::Colour;
use crate::sink::columns::{Columns, Heading};
use crate::sink::duration::shown;
use crate::sink::flaws;
use crate::sink::style::Style;
use crate::sink::text::Text;
use crate::sink::words::fill::said;
use crate::sink::words::{Lang, Words};
use crate::sink::{csv, json, sentence};
use crate::time::Span;
use crate::totals::Totals;
use crate::track::connection::Connection;
use crate::track::flaws::Flaws;
use crate::track::servers::{Interval, Server, Servers, Times};
use crate::track::{Observation, Wants};

/// Heights of a bar, from nothing to full.
const BARS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// The most bars of a chart.
const MOST_BARS: usize = 16;

/// The servers, shown when the capture ends.
#[derive(Debug)]
pub struct ByServer {
    servers: Servers,
    /// What the capture did to the traffic.
    flaws: Flaws,
    form: Form,
}

/// Columns of the table, and how many of them, the last, are charts.
const COLUMNS: usize = 15;
const CHARTS: usize = 2;

/// What is written of them.
#[derive(Debug, Clone, Copy)]
enum Form {
    /// A table in these words, as wide as a terminal, where there is one; whether
    /// in colours.
    Table(&'static Words, Option<usize>, bool),
    /// A JSON object each.
    Records,
    /// Comma-separated values, after a row of names.
    Rows,
}

impl ByServer {
    /// A table. In less than `width` columns, where that is given, the charts
    /// over time are left out. In colours, where `is_coloured` says so, what failed
    /// stands out.
    #[must_use]
    pub fn table(lang: Lang, width: Option<usize>, is_coloured: bool) -> Self {
        Self::new(Form::Table(lang.words(), width, is_coloured))
    }

    /// One JSON object a line.
    #[must_use]
    pub fn records() -> Self {
        Self::new(Form::Records)
    }

    /// Comma-separated values.
    #[must_use]
    pub fn rows() -> Self {
        Self::new(Form::Rows)
    }

    fn new(form: Form) -> Self {
        Self {
            servers: Servers::default(),
            flaws: Flaws::default(),
            form,
        }
    }

    /// All columns, or the first ones of them.
    fn columns(&self, said: &Words, most: usize, is_coloured: bool) -> Columns {
        let (words, verdict) = (&said.server, &said.verdict);
        let headings = [
            Heading::Left(said.count.server),
            Heading::Right(words.tried),
            Heading::Right(words.opened),
            Heading::Right(verdict.refused),
            Heading::Right(verdict.no_answer),
            Heading::Right(verdict.half_open),
            Heading::Right(words.shortest),
            Heading::Right(words.median),
            Heading::Right("95 %"),
            Heading::Right("99 %"),
            Heading::Right(words.longest),
            Heading::Right(words.most_syns),
            Heading::Right(words.most_waiting),
            Heading::Left(words.syns_over_time),
            Heading::Left(words.waiting_over_time),
        ];
        let headings: Box<[_]> = headings.into_iter().take(most).collect();
        let mut table = Columns::new(headings, "");
        for server in self.servers.busiest() {
            let cells = cells(server).into_iter().take(most);
            table.painted_row(cells, colours(server, is_coloured));
        }
        table
    }

    fn each(&self, write: fn(&Server, &mut Text), text: &mut Text) {
        for server in self.servers.busiest() {
            write(server, text);
        }
    }

    /// What the table does not say: floods, servers left out.
    fn remarks(&self, all: &Words, is_coloured: bool, text: &mut Text) {
        let words = &all.server;
        let colour = Colour::RED.only_if(is_coloured);
        for server in self.servers.busiest() {
            if server.is_flooded() {
                colour.begin(text);
                text.str(&said!(
                    words.flooded,
                    &server.addr.to_string(),
                    server.unfinished(),
                    server.sources,
                    server.most_syns,
                    server.opened,
                ));
                colour.end(text);
                text.octet(b'\n');
            }
        }
        for server in self.servers.busiest() {
            if server.unknown > 0 {
                let unknown = all.capture.opened_unknown;
                text.str(&said!(unknown, &server.addr.to_string(), server.unknown));
                text.octet(b'\n');
            }
        }
        if self.servers.left_out() > 0 {
            text.str(&said!(words.left_out, self.servers.left_out()));
            text.octet(b'\n');
        }
    }
}

impl Style for ByServer {
    fn wants(&self) -> Wants {
        Wants::OURS
    }

    #[inline]
    fn packet(&mut self, _: &Packet<'_>, seen: Option<&Observation<'_>>, _: &mut Text) {
        if let Some(seen) = seen {
            self.servers.observe(seen);
        }
    }

    fn connection(&mut self, connection: &Connection, _: &mut Text) {
        self.servers.connection(&connection.flow);
    }

    fn capture(&mut self, flaws: &Flaws, _: &mut Text) {
        self.flaws = flaws.clone();
    }

    fn end(&mut self, totals: &Totals, text: &mut Text) {
        match self.form {
            Form::Table(words, width, is_coloured) => {
                let mut table = self.columns(words, COLUMNS, is_coloured);
                if width.is_some_and(|width| table.width() > width) {
                    table = self.columns(words, COLUMNS - CHARTS, is_coloured);
                }
                if table.rows() > 0 {
                    table.write(text);
                }
                self.remarks(words, is_coloured, text);
                flaws::write(&self.flaws, words, width, is_coloured, text);
                text.str(&sentence::totals(totals, words));
                text.octet(b'\n');
            }
            Form::Records => self.each(json::server::write, text),
            Form::Rows => {
                text.str(csv::server::NAMES);
                self.each(csv::server::write, text);
            }
        }
    }
}

/// The colours of the counts of connections that did not open.
fn colours(server: &Server, is_coloured: bool) -> [(usize, Colour); 3] {
    let counts = [
        (3, server.refused),
        (4, server.unanswered + server.unreachable),
        (5, server.half_open),
    ];
    counts.map(|(column, count)| {
        let colour = Colour::RED.only_if(is_coloured && count > 0);
        (column, colour)
    })
}

fn cells(server: &Server) -> [String; COLUMNS] {
    let times = server.times();
    let time = |of: fn(&Times) -> Span| {
        times
            .as_ref()
            .map_or_else(|| "-".to_owned(), |times| shown(of(times)))
    };
    let intervals = server.series.intervals();
    [
        server.addr.to_string(),
        server.tried.to_string(),
        server.opened.to_string(),
        server.refused.to_string(),
        (server.unanswered + server.unreachable).to_string(),
        server.half_open.to_string(),
        time(|times| times.min),
        time(|times| times.median),
        time(|times| times.p95),
        time(|times| times.p99),
        time(|times| times.max),
        server.most_syns.to_string(),
        server.most_waiting.to_string(),
        chart(intervals, |part| part.syns),
        chart(intervals, |part| part.backlog),
    ]
}

/// A bar for each interval, or for as many of them as fit; the highest is full.
fn chart(intervals: &[Interval], of: fn(&Interval) -> u32) -> String {
    let per_bar = intervals.len().div_ceil(MOST_BARS).max(1);
    let heights = intervals
        .chunks(per_bar)
        .map(|part| part.iter().map(of).max().unwrap_or(0));
    let heights: Vec<_> = heights.collect();
    let highest = heights.iter().copied().max().unwrap_or(0).max(1);
    let bar = |height: u32| {
        let eighths = (u64::from(height) * 8).div_ceil(u64::from(highest));
        BARS[usize::try_from(eighths).unwrap_or(8).min(8)]
    };
    heights.into_iter().map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_is_as_wide_as_it_may_be() {
        let part = |syns| Interval { syns, backlog: 0 };
        let few: Vec<_> = [0, 1, 4, 8].map(part).to_vec();
        assert_eq!(chart(&few, |part| part.syns), " ▁▄█");
        assert_eq!(chart(&few, |part| part.backlog), "    ");
        let many = vec![part(3); 64];
        assert_eq!(chart(&many, |part| part.syns), "█".repeat(16));
        assert_eq!(chart(&[], |part| part.syns), "");
    }
}
