//! A table row for each connection.

use jiff::tz::TimeZone;

use crate::sink::annotation::colour::Colour;
use crate::sink::choice::{Choice, When};
use crate::sink::columns::{Columns, Heading};
use crate::sink::diagnoses;
use crate::sink::duration::shown;
use crate::sink::flaws;
use crate::sink::line::clock::{Clock, TimeStyle};
use crate::sink::paragraph::{self, OF_ALL};
use crate::sink::rate;
use crate::sink::room::TerminalRoom;
use crate::sink::sentence;
use crate::sink::standing::{self, OpenInRoom, RunStanding};
use crate::sink::style::Style;
use crate::sink::text::Text;
use crate::sink::words::fill::said;
use crate::sink::words::{Lang, Words};
use crate::time::{Resolution, Span};
use crate::totals::Totals;
use crate::track::Wants;
use crate::track::connection::Connection;
use crate::track::diagnosis::Diagnosed;
use crate::track::dir::Dir;
use crate::track::flaws::Flaws;
use crate::track::flow::Flow;
use crate::track::verdict::Verdict;

/// How many columns there are.
const COLUMNS: usize = 17;

fn headings(words: &Words, has_processes: bool) -> Vec<Heading> {
    let (row, timing) = (&words.report, &words.timing);
    [
        Heading::Right("#"),
        Heading::Left(words.count.client),
        Heading::Left(words.count.server),
        Heading::Left(row.start),
        Heading::Right(row.duration),
        Heading::Right(row.handshake),
        Heading::Right(timing.rtt),
        Heading::Right(timing.first_byte_column),
        Heading::Right(row.bytes_to_server),
        Heading::Right(row.bytes_to_client),
        Heading::Right(timing.rate_to_server),
        Heading::Right(timing.rate_to_client),
        Heading::Right(timing.silence_column),
        Heading::Left(words.time_spent.column),
        Heading::Right(row.segments),
        Heading::Right(row.again),
        Heading::Left(row.verdict),
    ]
    .into_iter()
    .chain(has_processes.then_some(Heading::Left(words.sockets.process)))
    .collect()
}

/// Widths that suit most connections, for a table whose rows are written
/// before the later ones are known: two IPv4 addresses, times, counts.
const USUAL_WIDTHS: [u16; COLUMNS] = [3, 21, 21, 15, 10, 9, 10, 10, 10, 10, 9, 9, 10, 20, 8, 7, 14];

/// And that of the processes.
const USUAL_PROCESSES: u16 = 27;

/// The columns that a terminal goes without where it is too narrow, the first of them
/// first: throughput, silence, segments, start, handshake, round trip, octets, first byte,
/// what was sent again; and what limited it, which sums up most of these.
const GONE_WITHOUT: [&[usize]; 10] = [
    &[10, 11],
    &[12],
    &[14],
    &[3],
    &[5],
    &[6],
    &[8, 9],
    &[7],
    &[AGAIN],
    &[13],
];

/// The columns of what was sent again, and of the verdict.
const AGAIN: usize = 15;
const VERDICT: usize = 16;

/// Lines around the rows of a table that is shown in place: the words above and below, and
/// the headings.
const AROUND: usize = 3;

/// The most rows kept back to find the widths of the columns.
const MOST_ROWS: usize = 1000;

/// The same of a run as it stands, whose frames wait for what is written at once.
const MOST_OPEN: usize = 128;

/// A table that is written as a whole, or row by row.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts that are independent of each other"
)]
pub struct Flows {
    words: &'static Words,
    is_coloured: bool,
    /// Columns of the terminal; `None` where there is room for all.
    width: Option<usize>,
    zone: TimeZone,
    clock: Clock,
    /// Whether rows wait for the table of the next standing.
    is_repeated: bool,
    /// Whether a table was written, which has ended.
    has_ended_table: bool,
    rows: Vec<FlowRow>,
    /// Those of a terminal, between two parts of the run as it stands.
    open: Option<OpenInRoom>,
    /// How wide columns are at least, where rows are written before later ones are known.
    least: Option<Vec<u16>>,
    /// The table, from the first row written on.
    table: Option<Columns>,
    /// Whether the kernel is asked about sockets, so that processes are known.
    has_processes: bool,
    /// Whether the client of a row is a guess.
    has_guess: bool,
    /// What the capture did to the traffic.
    flaws: Flaws,
    diagnosed: Diagnosed,
}

/// A row that is kept back.
#[derive(Debug)]
struct FlowRow {
    cells: Vec<String>,
    colours: [(usize, Colour); 2],
}

impl Flows {
    /// With times of day in `zone`; `when` tells how rows will come, all at the
    /// end or one by one, or in a table each time that the run is shown as it stands. With
    /// colours, where `is_coloured` says so, verdicts and
    /// retransmissions stand out.
    #[must_use]
    pub fn new(when: When, zone: TimeZone, lang: Lang, is_coloured: bool) -> Self {
        let is_known_late = when == When::ConnectionEnds;
        let least = is_known_late.then(|| USUAL_WIDTHS.to_vec());
        Self {
            words: lang.words(),
            is_coloured,
            width: None,
            clock: Clock::new(TimeStyle::TimeOfDay, Resolution::Micro, zone.clone()),
            zone,
            is_repeated: when == When::Repeatedly,
            has_ended_table: false,
            rows: Vec::new(),
            open: None,
            least,
            table: None,
            has_processes: false,
            has_guess: false,
            flaws: Flaws::default(),
            diagnosed: Diagnosed::default(),
        }
    }

    /// The same for a terminal with so many columns: what can be gone without is left
    /// out where the first rows are wider.
    #[must_use]
    pub const fn within(mut self, width: Option<usize>) -> Self {
        self.width = width;
        self
    }

    /// The same, with a column for the processes whose sockets they are.
    #[must_use]
    pub fn with_processes(mut self) -> Self {
        self.has_processes = true;
        if let Some(least) = &mut self.least {
            least.push(USUAL_PROCESSES);
        }
        self
    }

    fn usual_widths(&self) -> Vec<u16> {
        let processes = self.has_processes.then_some(USUAL_PROCESSES);
        USUAL_WIDTHS.into_iter().chain(processes).collect()
    }

    fn row(&mut self, connection: &Connection) -> FlowRow {
        let mut cells = cells(connection, &mut self.clock, self.words).to_vec();
        if self.has_processes {
            cells.push(processes(connection, self.words));
        }
        FlowRow {
            cells,
            colours: colours(&connection.flow, self.is_coloured),
        }
    }

    /// Begins a table under a line of words, below an earlier one.
    fn begin(&mut self, head: &str, text: &mut Text) {
        if std::mem::replace(&mut self.has_ended_table, true) {
            text.octet(b'\n');
        }
        text.str(head);
        text.octet(b'\n');
    }

    /// Writes a table of the open connections on a terminal, as far as it has room: that
    /// of those which have ended stands above.
    fn in_place(&mut self, now: &RunStanding<'_>, room: TerminalRoom, text: &mut Text) {
        let most = room.lines.saturating_sub(AROUND);
        let mut open = self
            .open
            .take()
            .filter(|_| !now.is_first)
            .unwrap_or_default();
        open.take(now, most);
        if !now.is_last {
            self.open = Some(open);
            return;
        }
        let (shown, more) = open.shown(now, most);
        let mut all = Text::default();
        all.str(&now.head(&self.zone, self.words));
        all.octet(b'\n');
        if !shown.is_empty() {
            let mut table = Columns::new(headings(self.words, self.has_processes), "");
            for connection in &shown {
                let FlowRow { cells, colours } = self.row(connection);
                table.painted_row(cells, colours);
            }
            // Under those of the rows above, where there is room for that.
            table.widen(self.usual_widths());
            table.narrow(Some(room.columns), &GONE_WITHOUT);
            if table.width() > room.columns {
                table.widen(vec![0; self.usual_widths().len()]);
                table.narrow(Some(room.columns), &GONE_WITHOUT);
            }
            table.write(&mut all);
        }
        if more > 0 {
            all.str(&said!(self.words.standing.more_open, more as u64));
            all.octet(b'\n');
        }
        room.fit(all.octets(), self.words, text);
    }

    /// Writes the rows that were kept back.
    fn rows(&mut self, text: &mut Text) {
        if self.rows.is_empty() {
            return;
        }
        let is_first = self.table.is_none();
        let table = self.table.get_or_insert_with(|| {
            let mut table = Columns::new(headings(self.words, self.has_processes), "");
            if let Some(least) = self.least.take() {
                table.widen(least);
            }
            table
        });
        for FlowRow { cells, colours } in self.rows.drain(..) {
            table.painted_row(cells, colours);
        }
        if is_first {
            table.narrow(self.width, &GONE_WITHOUT);
            table.write(text);
        } else {
            table.write_rows(text);
        }
        table.clear();
    }
}

impl Style for Flows {
    fn wants(&self) -> Wants {
        Wants::TIMED | Wants::TIME_SPENT
    }

    fn connection(&mut self, connection: &Connection, text: &mut Text) {
        let flow = &connection.flow;
        let spent = connection.time_spent();
        let found: Vec<_> = connection.diagnoses_in(spent.as_ref()).collect();
        self.diagnosed.take(flow.id, &found);
        self.has_guess |= flow.roles.guessed_by().is_some();
        let row = self.row(connection);
        self.rows.push(row);
        if self.rows.len() >= MOST_ROWS {
            if self.is_repeated && self.table.is_none() {
                // What there is no room to keep back is a table of its own.
                self.begin(&standing::time(flow.last, &self.zone), text);
            }
            self.rows(text);
        }
    }

    fn standing(&mut self, now: &RunStanding<'_>, text: &mut Text) {
        if let Some(room) = now.room {
            return self.in_place(now, room, text);
        }
        if now.is_first {
            self.table = None;
            self.begin(&standing::time(now.at, &self.zone), text);
        }
        for connection in now.open() {
            let row = self.row(&connection);
            self.rows.push(row);
            if self.rows.len() >= MOST_OPEN {
                self.rows(text);
            }
        }
        if now.is_last {
            self.rows(text);
            self.table = None;
            text.str(&now.tally(self.words));
            text.octet(b'\n');
        }
    }

    fn none(&mut self, asked: &Choice, connections: u64, text: &mut Text) {
        text.str(&sentence::none(asked, connections, self.words));
        text.octet(b'\n');
    }

    fn pause(&mut self, text: &mut Text) {
        if !self.is_repeated {
            self.rows(text);
        }
    }

    fn capture(&mut self, flaws: &Flaws, _: &mut Text) {
        self.flaws = flaws.clone();
    }

    fn end(&mut self, totals: &Totals, text: &mut Text) {
        if self.has_ended_table && self.table.is_none() {
            text.octet(b'\n');
        }
        self.rows(text);
        if self.has_guess {
            text.str(self.words.report.client_guessed_mark);
            text.octet(b'\n');
        }
        flaws::write(&self.flaws, self.words, self.width, self.is_coloured, text);
        diagnoses::write(&self.diagnosed, self.words, self.width, text);
        let totals = sentence::totals(totals, self.words);
        paragraph::write(&totals, Colour::NONE, OF_ALL, self.width, text);
    }
}

/// The colours of what was sent again and of the verdict.
fn colours(flow: &Flow, is_coloured: bool) -> [(usize, Colour); 2] {
    let again = if flow.segments_again() > 0 {
        Colour::YELLOW
    } else {
        Colour::NONE
    };
    let verdict = Colour::of_verdict(Verdict::of(flow));
    [(AGAIN, again), (VERDICT, verdict)]
        .map(|(column, colour)| (column, colour.only_if(is_coloured)))
}

fn cells(connection: &Connection, clock: &mut Clock, words: &Words) -> [String; COLUMNS] {
    let flow = &connection.flow;
    let mut start = Text::default();
    clock.write(flow.began, &mut start);
    let is_guess = flow.roles.guessed_by().is_some();
    let guess = if is_guess { " ?" } else { "" };
    let answers = connection.responses().and_then(|all| all.waited());
    let round_trip = connection.legs().whole();
    let spent = connection.time_spent();
    let limit = spent.and_then(|spent| spent.limited_by());
    let limit = limit.map_or("-", |cause| words.time_spent.cause(cause));
    let rate = |dir| {
        let found = connection.throughput(dir);
        found.map_or_else(dash, |found| rate::shown(found.octets_per_second))
    };
    [
        flow.id.0.to_string(),
        format!("{}{guess}", flow.client_addr()),
        flow.server_addr().to_string(),
        String::from_utf8_lossy(start.octets())
            .trim_end()
            .to_owned(),
        shown(flow.duration()),
        or_dash(flow.handshake.duration()),
        or_dash(round_trip.map(|leg| leg.median)),
        or_dash(answers.map(|times| times.median)),
        flow.client.octets_once().to_string(),
        flow.server.octets_once().to_string(),
        rate(Dir::ToServer),
        rate(Dir::ToClient),
        or_dash(connection.silence().map(|silence| silence.lasted)),
        limit.to_owned(),
        (flow.client.segments + flow.server.segments).to_string(),
        flow.segments_again().to_string(),
        sentence::word_of(flow, words).to_owned(),
    ]
}

/// Whose the sockets at both ends are, or were, as far as the kernel said.
fn processes(connection: &Connection, words: &Words) -> String {
    let process = |dir| {
        let owner = connection.socket_of(dir)?.owner.as_ref()?;
        Some(sentence::owner(owner, false, words))
    };
    match [Dir::ToServer, Dir::ToClient].map(process) {
        [None, None] => dash(),
        [client, server] => {
            let [client, server] = [client, server].map(|owner| owner.unwrap_or_else(dash));
            said!(words.sockets.both_ends, &client, &server)
        }
    }
}

fn or_dash(span: Option<Span>) -> String {
    span.map_or_else(dash, shown)
}

fn dash() -> String {
    "-".to_owned()
}
