//! A table row, a record or a comma-separated row for each server.

use jiff::tz::TimeZone;

use crate::segment::Packet;
use crate::sink::annotation::colour::Colour;
use crate::sink::columns::{Columns, Heading};
use crate::sink::duration::shown;
use crate::sink::flaws;
use crate::sink::paragraph::{self, OF_ALL};
use crate::sink::room::TerminalRoom;
use crate::sink::standing::RunStanding;
use crate::sink::style::Style;
use crate::sink::text::Text;
use crate::sink::words::fill::said;
use crate::sink::words::{Lang, Words};
use crate::sink::{csv, json, sentence};
use crate::time::{Span, Timestamp};
use crate::totals::Totals;
use crate::track::connection::Connection;
use crate::track::distribution::Times;
use crate::track::flaws::Flaws;
use crate::track::servers::{Interval, Server, Servers};
use crate::track::{Observation, Wants};

/// Heights of a bar, from nothing to full.
const BARS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// The most bars of a chart.
const MOST_BARS: usize = 16;

/// The servers, shown when the capture ends.
#[derive(Debug)]
pub struct ByServer {
    servers: Servers,
    /// The same with connections that are kept still, between two parts of the run as it
    /// stands.
    present: Option<Servers>,
    /// What the capture did to the traffic.
    flaws: Flaws,
    form: Form,
    zone: TimeZone,
    /// Whether they are shown repeatedly, and how often they were.
    is_repeated: bool,
    shown: u64,
}

/// Lines around the rows of a table that is shown in place: the words above and below, and
/// the headings.
const AROUND: usize = 3;
/// The most floods that are told there.
const MOST_FLOODS: usize = 3;

/// The words of a table, the columns of a terminal, whether it is in colours.
type TableLook = (&'static Words, Option<usize>, bool);

/// Columns of the table.
const COLUMNS: usize = 18;
/// Those that a terminal goes without where it is too narrow, the first first: the charts,
/// SYNs, some of the times.
const GONE_WITHOUT: [&[usize]; 5] = [&[16, 17], &[14, 15], &[6, 9], &[12], &[8]];

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
    /// A table. In less than `width` columns, where that is given, the charts over time
    /// are left out, then some of the numbers. In colours, where `is_coloured` says so, what failed
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
            present: None,
            flaws: Flaws::default(),
            form,
            zone: TimeZone::UTC,
            is_repeated: false,
            shown: 0,
        }
    }

    /// The same, but that they are also shown as they stand, with the time in `zone`:
    /// comma-separated rows have it in one more column.
    #[must_use]
    pub fn repeatedly(mut self, zone: TimeZone) -> Self {
        self.zone = zone;
        self.is_repeated = true;
        self
    }

    /// A table of servers as they stand.
    fn table_now(
        &self,
        servers: &Servers,
        now: &RunStanding<'_>,
        look: TableLook,
        text: &mut Text,
    ) {
        let (words, width, is_coloured) = look;
        text.str(&now.head(&self.zone, words));
        text.octet(b'\n');
        let busiest = servers.busiest();
        if !busiest.is_empty() {
            let mut table = columns(&busiest, words, is_coloured);
            table.narrow(width, &GONE_WITHOUT);
            table.write(text);
        }
        remark(servers, words, is_coloured, text);
    }

    /// A table on a terminal of the busiest servers, as far as it has room, and of floods.
    fn in_place(
        &self,
        servers: &Servers,
        now: &RunStanding<'_>,
        room: TerminalRoom,
        look: TableLook,
    ) -> Text {
        let (words, _, is_coloured) = look;
        let (mut all, mut floods_said) = (Text::default(), Text::default());
        all.str(&now.head(&self.zone, words));
        all.octet(b'\n');
        floods(servers, words, is_coloured, &mut floods_said);
        let floods_said = String::from_utf8_lossy(floods_said.octets());
        for line in floods_said.lines().take(MOST_FLOODS) {
            all.str(line);
            all.octet(b'\n');
        }
        let around = AROUND + floods_said.lines().count().min(MOST_FLOODS);
        let busiest = servers.busiest();
        let shown = busiest.len().min(room.lines.saturating_sub(around));
        if shown > 0 {
            let mut table = columns(&busiest[..shown], words, is_coloured);
            table.narrow(Some(room.columns), &GONE_WITHOUT);
            table.write(&mut all);
        }
        let more = (busiest.len() - shown) as u64;
        if more > 0 {
            all.str(&said!(words.standing.more_servers, more));
            all.octet(b'\n');
        }
        all
    }

    fn show_now(&mut self, servers: &Servers, now: &RunStanding<'_>, text: &mut Text) {
        match self.form {
            Form::Table(words, width, is_coloured) => {
                let look = (words, width, is_coloured);
                if let Some(room) = now.room {
                    let all = self.in_place(servers, now, room, look);
                    return room.fit(all.octets(), words, text);
                }
                if self.shown > 0 {
                    text.octet(b'\n');
                }
                self.table_now(servers, now, look, text);
            }
            Form::Records => records(servers, Some(now.at), text),
            Form::Rows => self.rows_of(servers, Some(now.at), text),
        }
        self.shown += 1;
    }

    /// Rows of all servers, which stand so at a time; and once their names.
    fn rows_of(&self, servers: &Servers, at: Option<Timestamp>, text: &mut Text) {
        if self.shown == 0 {
            csv::server::names(self.is_repeated, text);
        }
        for server in servers.busiest() {
            csv::server::write(server, self.is_repeated.then_some(at), text);
        }
    }
}

fn columns(servers: &[&Server], said: &Words, is_coloured: bool) -> Columns {
    let (words, verdict) = (&said.server, &said.verdict);
    let headings: [_; COLUMNS] = [
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
        Heading::Right(said.timing.first_byte_column),
        Heading::Right(said.timing.first_byte_p95),
        Heading::Right(said.timing.first_byte_longest),
        Heading::Right(words.most_syns),
        Heading::Right(words.most_waiting),
        Heading::Left(words.syns_over_time),
        Heading::Left(words.waiting_over_time),
    ];
    let mut table = Columns::new(headings, "");
    for server in servers {
        table.painted_row(cells(server), colours(server, is_coloured));
    }
    table
}

/// What the table does not say: floods, what is not known, servers left out.
fn remark(servers: &Servers, all: &Words, is_coloured: bool, text: &mut Text) {
    floods(servers, all, is_coloured, text);
    for server in servers.busiest() {
        if server.unknown > 0 {
            let unknown = all.capture.opened_unknown;
            text.str(&said!(unknown, &server.addr.to_string(), server.unknown));
            text.octet(b'\n');
        }
    }
    if servers.left_out() > 0 {
        text.str(&said!(all.server.left_out, servers.left_out()));
        text.octet(b'\n');
    }
}

fn floods(servers: &Servers, words: &Words, is_coloured: bool, text: &mut Text) {
    let colour = Colour::RED.only_if(is_coloured);
    for server in servers.busiest() {
        if server.is_flooded() {
            colour.begin(text);
            text.str(&said!(
                words.server.flooded,
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
}

impl Style for ByServer {
    fn wants(&self) -> Wants {
        Wants::TIMED
    }

    #[inline]
    fn packet(&mut self, _: &Packet<'_>, seen: Option<&Observation<'_>>, _: &mut Text) {
        if let Some(seen) = seen {
            self.servers.observe(seen);
        }
    }

    fn connection(&mut self, connection: &Connection, _: &mut Text) {
        self.servers.connection(connection);
    }

    fn standing(&mut self, now: &RunStanding<'_>, text: &mut Text) {
        let begun = self.present.take().filter(|_| !now.is_first);
        let mut servers = begun.unwrap_or_else(|| self.servers.clone());
        for connection in now.kept() {
            servers.connection(&connection);
        }
        if now.is_last {
            self.show_now(&servers, now, text);
        } else {
            self.present = Some(servers);
        }
    }

    fn capture(&mut self, flaws: &Flaws, _: &mut Text) {
        self.flaws = flaws.clone();
    }

    fn end(&mut self, totals: &Totals, text: &mut Text) {
        match self.form {
            Form::Table(words, width, is_coloured) => {
                if self.shown > 0 {
                    text.octet(b'\n');
                }
                let mut table = columns(&self.servers.busiest(), words, is_coloured);
                table.narrow(width, &GONE_WITHOUT);
                if table.rows() > 0 {
                    table.write(text);
                }
                remark(&self.servers, words, is_coloured, text);
                flaws::write(&self.flaws, words, width, is_coloured, text);
                let totals = sentence::totals(totals, words);
                paragraph::write(&totals, Colour::NONE, OF_ALL, width, text);
            }
            Form::Records => records(&self.servers, None, text),
            Form::Rows => self.rows_of(&self.servers, None, text),
        }
    }
}

/// A record of each, which stand so at a time.
fn records(servers: &Servers, at: Option<Timestamp>, text: &mut Text) {
    for server in servers.busiest() {
        json::server::write(server, at, text);
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
    let of = |times: Option<Times>| {
        move |of: fn(&Times) -> Span| {
            let time = times.as_ref().map(of);
            time.map_or_else(|| "-".to_owned(), shown)
        }
    };
    let (time, first_byte) = (of(server.times()), of(server.first_byte()));
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
        first_byte(|times| times.median),
        first_byte(|times| times.p95),
        first_byte(|times| times.max),
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
