//! A comma-separated row for each connection, or server, after a row of names:
//! for spreadsheets. Names and values are those of the records, see
//! `docs/schema.json`; what does not apply is empty, and nothing needs quotes.

pub mod server;

use std::io::{self, Write};

use crate::segment::Packet;
use crate::sink::Sink;
use crate::sink::figures::{FIGURES, Sight, Value, complete};
use crate::sink::page::Page;
use crate::sink::seconds::{write_span, write_time};
use crate::sink::text::Text;
use crate::time::Resolution;
use crate::totals::Totals;
use crate::track::Observation;
use crate::track::classic::Classic;
use crate::track::connection::Connection;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::verdict::Verdict;

/// The names of what every row has.
const NAMES: &str = "stream,client,client_port,server,server_port,start,duration,handshake,\
    bytes_to_server,bytes_to_client,segments_to_server,segments_to_client,verdict";

/// How much a row tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// What a line of the table of connections has, but for what was sent again.
    Brief,
    /// Zeek's words and all figures of both directions as well.
    Long,
}

/// The rows.
#[derive(Debug)]
pub struct Csv<W> {
    detail: Detail,
    has_names: bool,
    page: Page<W>,
}

impl<W: Write> Csv<W> {
    /// Writes to `page`.
    pub const fn new(detail: Detail, page: Page<W>) -> Self {
        Self {
            detail,
            has_names: false,
            page,
        }
    }

    /// The names once, before the first row.
    fn names(&mut self) {
        if std::mem::replace(&mut self.has_names, true) {
            return;
        }
        let text = &mut self.page.text;
        text.str(NAMES);
        if self.detail == Detail::Long {
            text.str(",conn_state,history,complete");
            for way in ["_to_server", "_to_client"] {
                for figure in &FIGURES {
                    word(figure.name(), text);
                    text.str(way);
                }
            }
        }
        text.octet(b'\n');
    }
}

impl<W: Write> Sink for Csv<W> {
    fn reads_ledgers(&self) -> bool {
        self.detail == Detail::Long
    }

    fn packet(&mut self, _: &Packet<'_>, _: Option<&Observation<'_>>) -> io::Result<()> {
        Ok(())
    }

    fn connection(&mut self, connection: &Connection) -> io::Result<()> {
        self.names();
        let text = &mut self.page.text;
        brief(&connection.flow, text);
        if self.detail == Detail::Long
            && let (Some(zeek), Some(classic)) = (&connection.zeek, &connection.classic)
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
        text.octet(b'\n');
        self.page.packet_done()
    }

    fn quiet(&mut self) -> io::Result<()> {
        self.page.flush()
    }

    fn end(&mut self, _: &Totals) -> io::Result<()> {
        self.names();
        self.page.flush()
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
    write_time(flow.first, Resolution::Nano, text);
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

fn figures(counters: &Classic, dir: Dir, text: &mut Text) {
    let sight = Sight::new(counters, dir);
    for figure in &FIGURES {
        match (figure.value)(&sight) {
            Value::None => text.octet(b','),
            Value::Count(count) | Value::Rare(count) | Value::Octets(count) => number(count, text),
            Value::Signed(octets) => word(&octets.to_string(), text),
            Value::Rate(rate) => word(&format!("{rate:.0}"), text),
            Value::Yes => word("yes", text),
            Value::Time(time) | Value::Mean(time) => {
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
