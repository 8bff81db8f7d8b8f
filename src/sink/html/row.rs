//! The row of a connection.

use std::net::SocketAddr;

use maud::{Markup, html};

use crate::sink::duration::shown;
use crate::sink::sentence;
use crate::sink::words::Words;
use crate::time::Span;
use crate::track::connection::Connection;
use crate::track::half::Half;
use crate::track::summary::Trouble;
use crate::track::time_spent::{TimeCause, TimeSpent};

/// How many columns there are.
pub(super) const COLUMNS: usize = 11;

/// What is kept of a connection that is shown in a row.
#[derive(Debug)]
pub(super) struct ConnectionRow {
    pub(super) id: u32,
    client: SocketAddr,
    server: SocketAddr,
    is_guess: bool,
    lasted: Span,
    handshake: Option<Span>,
    first_byte: Option<Span>,
    octets: [u64; 2],
    again: u64,
    limited_by: Option<TimeCause>,
    verdict: &'static str,
    trouble: Trouble,
}

impl ConnectionRow {
    pub(super) fn of(
        connection: &Connection,
        spent: Option<&TimeSpent>,
        trouble: Trouble,
        words: &'static Words,
    ) -> Self {
        let flow = &connection.flow;
        let answers = connection.responses().and_then(|all| all.waited());
        Self {
            id: flow.id.0,
            client: flow.client_addr(),
            server: flow.server_addr(),
            is_guess: flow.roles.guessed_by().is_some(),
            lasted: flow.duration(),
            handshake: flow.handshake.duration(),
            first_byte: answers.map(|times| times.median),
            octets: [&flow.client, &flow.server].map(Half::octets_once),
            again: flow.segments_again(),
            limited_by: spent.and_then(TimeSpent::limited_by),
            verdict: sentence::word_of(flow, words),
            trouble,
        }
    }

    pub(super) const fn verdict(&self) -> &'static str {
        self.verdict
    }

    /// The row, which leads to the connection where that is shown in full.
    pub(super) fn part(&self, is_in_full: bool, words: &Words) -> Markup {
        let limited_by = self.limited_by.map(|cause| words.time_spent.cause(cause));
        let full = is_in_full.then_some("full");
        let classes: Vec<_> = class(self.trouble).into_iter().chain(full).collect();
        let classes = (!classes.is_empty()).then(|| classes.join(" "));
        html! {
            tr class=[classes] {
                td {
                    @if is_in_full { a href={ "#c" (self.id) } { (self.id) } } @else { (self.id) }
                }
                td { (self.client) @if self.is_guess { " ?" } }
                td { (self.server) }
                td { (shown(self.lasted)) }
                td { (or_dash(self.handshake)) }
                td { (or_dash(self.first_byte)) }
                td { (self.octets[0]) }
                td { (self.octets[1]) }
                td { (self.again) }
                td { (limited_by.unwrap_or("-")) }
                td { (self.verdict) }
            }
        }
    }
}

/// The headings of the columns.
pub(super) const fn headings(words: &Words) -> [&'static str; COLUMNS] {
    let (row, timing) = (&words.report, &words.timing);
    [
        "#",
        words.count.client,
        words.count.server,
        row.duration,
        row.handshake,
        timing.first_byte_column,
        row.bytes_to_server,
        row.bytes_to_client,
        row.again,
        words.time_spent.column,
        row.verdict,
    ]
}

/// The class of what belongs to a connection in trouble.
pub(super) const fn class(trouble: Trouble) -> Option<&'static str> {
    match trouble {
        Trouble::Nothing => None,
        Trouble::Slow => Some("slow"),
        Trouble::Failed => Some("failed"),
    }
}

fn or_dash(span: Option<Span>) -> String {
    span.map_or_else(|| "-".to_owned(), shown)
}
