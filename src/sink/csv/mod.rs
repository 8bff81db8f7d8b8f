//! A comma-separated row for each connection, or server, after a row of names:
//! for spreadsheets. Names and values are those of the records, see
//! `docs/schema.json`; what does not apply is empty, and nothing needs quotes.

pub mod server;

use crate::sink::figures::{Amount, FIGURES, Sight, complete};
use crate::sink::seconds::{write_span, write_time};
use crate::sink::standing::RunStanding;
use crate::sink::style::Style;
use crate::sink::text::Text;
use crate::time::{Resolution, Timestamp};
use crate::totals::Totals;
use crate::track::Wants;
use crate::track::classic::Classic;
use crate::track::connection::Connection;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::time_spent::{TimeCause, TimeSpent};
use crate::track::verdict::Verdict;

/// The names of what every row has.
const NAMES: &str = "stream,client,client_port,server,server_port,start,duration,handshake,\
    bytes_to_server,bytes_to_client,segments_to_server,segments_to_client,verdict";

/// The names of what every row ends with: what took most of the time, and the codes of
/// what is diagnosed, a space between two.
const LAST_NAMES: &str = ",limited_by,diagnoses";

/// How much a row tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// What a line of the table of connections has, but for what was sent again.
    Brief,
    /// Zeek's words and all figures of both directions as well, before the last two cells.
    Long,
}

/// The rows.
#[derive(Debug)]
pub struct Csv {
    detail: Detail,
    /// Whether rows have a time.
    is_repeated: bool,
    has_names: bool,
}

impl Csv {
    /// Rows that tell so much.
    #[must_use]
    pub const fn new(detail: Detail) -> Self {
        Self {
            detail,
            is_repeated: false,
            has_names: false,
        }
    }

    /// The same, but that connections which have not ended are also shown as they stand:
    /// one more column has the time of that, and is empty where no other row will follow.
    #[must_use]
    pub const fn repeatedly(mut self) -> Self {
        self.is_repeated = true;
        self
    }

    /// The names once, before the first row.
    fn names(&mut self, text: &mut Text) {
        if std::mem::replace(&mut self.has_names, true) {
            return;
        }
        text.str(NAMES);
        if self.detail == Detail::Long {
            text.str(",conn_state,history,complete");
            for way in ["_to_server", "_to_client"] {
                for figure in &FIGURES {
                    word(figure.name, text);
                    text.str(way);
                }
            }
        }
        text.str(LAST_NAMES);
        text.str(if self.is_repeated { ",at\n" } else { "\n" });
    }
}

impl Style for Csv {
    fn wants(&self) -> Wants {
        match self.detail {
            Detail::Brief => Wants::TIME_SPENT,
            Detail::Long => Wants::TIME_SPENT | Wants::ZEEK | Wants::CLASSIC,
        }
    }

    fn connection(&mut self, connection: &Connection, text: &mut Text) {
        self.row(connection, None, text);
    }

    fn standing(&mut self, now: &RunStanding<'_>, text: &mut Text) {
        self.names(text);
        for connection in now.open() {
            self.row(&connection, Some(now.at), text);
        }
    }

    fn end(&mut self, _: &Totals, text: &mut Text) {
        self.names(text);
    }
}

impl Csv {
    fn row(&mut self, connection: &Connection, at: Option<Timestamp>, text: &mut Text) {
        self.names(text);
        brief(&connection.flow, text);
        if self.detail == Detail::Long
            && let Some(accounts) = connection.accounts()
            && let (Some(zeek), Some(classic)) = (&accounts.zeek, &accounts.classic)
        {
            for (state, history) in zeek.rows().take(1) {
                word(state, text);
                word(history, text);
            }
            word(complete(classic), text);
            for dir in [Dir::ToServer, Dir::ToClient] {
                figures(classic, dir, text);
            }
        }
        findings(connection, text);
        if self.is_repeated {
            time(at, text);
        }
        text.octet(b'\n');
    }
}

fn time(at: Option<Timestamp>, text: &mut Text) {
    text.octet(b',');
    if let Some(at) = at {
        write_time(at, Resolution::Nano, text);
    }
}

fn brief(flow: &Flow, text: &mut Text) {
    text.decimal(flow.id.0);
    for end in [flow.client_addr(), flow.server_addr()] {
        text.octet(b',');
        text.address(end.ip());
        number(end.port().into(), text);
    }
    text.octet(b',');
    write_time(flow.began, Resolution::Nano, text);
    text.octet(b',');
    write_span(flow.duration(), Resolution::Nano, text);
    text.octet(b',');
    if let Some(handshake) = flow.handshake.duration() {
        write_span(handshake, Resolution::Nano, text);
    }
    for half in [&flow.client, &flow.server] {
        number(half.octets, text);
    }
    for half in [&flow.client, &flow.server] {
        number(half.segments, text);
    }
    word(Verdict::of(flow).code(), text);
}

/// What limited it, and what is wrong with it.
fn findings(connection: &Connection, text: &mut Text) {
    let spent = connection.time_spent();
    let limit = spent.as_ref().and_then(TimeSpent::limited_by);
    word(limit.map_or("", TimeCause::name), text);
    text.octet(b',');
    for (nth, found) in connection.diagnoses_in(spent.as_ref()).enumerate() {
        text.str(if nth > 0 { " " } else { "" });
        text.str(found.code.about().name);
    }
}

fn figures(counters: &Classic, dir: Dir, text: &mut Text) {
    let sight = Sight::new(counters, dir);
    for figure in &FIGURES {
        match (figure.value)(&sight) {
            Amount::None => text.octet(b','),
            Amount::Count(count) | Amount::Rare(count) | Amount::Octets(count) => {
                number(count, text);
            }
            Amount::Signed(octets) => word(&octets.to_string(), text),
            Amount::Rate(rate) => word(&format!("{rate:.0}"), text),
            Amount::Yes => word("yes", text),
            Amount::Time(time) | Amount::Mean(time) => {
                text.octet(b',');
                write_span(time, Resolution::Nano, text);
            }
        }
    }
}

fn word(word: &str, text: &mut Text) {
    text.octet(b',');
    text.str(word);
}

fn number(number: u64, text: &mut Text) {
    text.octet(b',');
    text.decimal(number);
}
