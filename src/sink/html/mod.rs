//! One page of HTML for a whole capture: what happened, a table of connections, and those
//! in full that failed or waited longest.
//!
//! The page asks nothing of the network, can be read without scripts, and is made in
//! bounded memory: of each connection a row is kept, and of the worst ones all that is
//! shown. Templates escape what they are given by its type; what is markup already comes
//! from [`svg`](crate::sink::draw) and from the page's own files.

mod best;
mod connection;
mod evidence;
mod frame;
mod head;
mod linked;
mod options;
mod pictures;
mod row;
mod segments;
mod table;

pub use frame::around_pictures;
pub use options::HtmlOptions;

use maud::{Markup, html};

use crate::segment::Packet;
use crate::sink::html::best::Best;
use crate::sink::html::connection::InFull;
use crate::sink::html::row::ConnectionRow;
use crate::sink::html::table::ConnectionTable;
use crate::sink::sentence;
use crate::sink::style::Style;
use crate::sink::text::Text;
use crate::sink::words::Words;
use crate::sink::words::fill::said;
use crate::totals::Totals;
use crate::track::connection::Connection;
use crate::track::flaws::Flaws;
use crate::track::summary::{Fared, Summary, Trouble};
use crate::track::{Observation, Wants};

/// The most segments that are kept of a connection.
const MOST_POINTS: u32 = 400;
/// The most connections that are shown in full: those beyond have a row.
const MOST_IN_FULL: usize = 300;
/// The most octets of a page; of them those that a row takes, and those that connections in
/// full may take however many rows there are.
const MOST_OCTETS: usize = 2_900_000;
const OCTETS_OF_ROW: usize = 160;
const OCTETS_IN_FULL: usize = 300_000;
/// The most rows; and where more connections than that are in trouble, of those.
const MOST_ROWS: usize = 10_000;
const MOST_ROWS_IN_TROUBLE: usize = 30_000;

/// The page, which is written when the capture ends.
#[derive(Debug)]
pub struct Html {
    options: HtmlOptions,
    summary: Summary,
    flaws: Flaws,
    table: ConnectionTable,
    in_full: Best<Fared, Box<Connection>>,
}

impl Html {
    /// A page that is made so.
    #[must_use]
    pub fn new(options: HtmlOptions) -> Self {
        Self {
            options,
            summary: Summary::default(),
            flaws: Flaws::default(),
            table: ConnectionTable::new(MOST_ROWS_IN_TROUBLE),
            in_full: Best::new(MOST_IN_FULL),
        }
    }

    const fn words(&self) -> &'static Words {
        self.options.lang.words()
    }

    /// The worst connections, as many as there is room for, in the order of their numbers.
    fn connections(&mut self) -> Vec<(u32, Markup)> {
        let worst = std::mem::replace(&mut self.in_full, Best::new(0)).into_worst_first();
        let (lang, zone) = (self.options.lang, &self.options.zone);
        let mut shown = Vec::new();
        let rows = self.table.len(MOST_ROWS) * OCTETS_OF_ROW;
        let most = MOST_OCTETS.saturating_sub(rows).max(OCTETS_IN_FULL);
        let mut octets = 0;
        for connection in worst {
            let part = InFull::of(&connection, lang, zone).part();
            octets += part.0.len();
            if octets > most && !shown.is_empty() {
                break;
            }
            shown.push((connection.flow.id.0, part));
        }
        shown.sort_by_key(|(id, _)| *id);
        shown
    }

    fn page(&mut self, totals: &Totals) -> Markup {
        let words = self.words();
        let shown = self.connections();
        let ids: Vec<_> = shown.iter().map(|(id, _)| *id).collect();
        let head = head::Head {
            options: &self.options,
            summary: &self.summary,
            flaws: &self.flaws,
            totals,
            failed: self.table.count(Trouble::Failed),
            slow: self.table.count(Trouble::Slow),
            in_full: &ids,
            words,
        };
        let (full, all) = (ids.len() as u64, totals.connections);
        let is_open = shown.len() == 1;
        let body = html! {
            (head.part())
            (self.table.part(&ids, MOST_ROWS, words))
            @if !shown.is_empty() {
                section #full {
                    h2 { (words.page.in_full) }
                    p.bar {
                        @if full < all { span { (said!(words.page.shown_in_full, full, all)) } }
                        button.js #open type="button" { (words.page.open_all) }
                        button.js #close type="button" { (words.page.close_all) }
                    }
                    @for (_, part) in &shown {
                        details.connection open[is_open] { (part) }
                    }
                }
            }
            (head.made())
        };
        frame::around(&head.title(), &body, self.options.lang)
    }
}

impl Style for Html {
    fn wants(&self) -> Wants {
        Wants {
            points: MOST_POINTS,
            waits: true,
            ..Summary::wants()
        }
    }

    #[inline]
    fn packet(&mut self, packet: &Packet<'_>, seen: Option<&Observation<'_>>, _: &mut Text) {
        self.summary.packet(packet, seen);
    }

    fn connection(&mut self, connection: &Connection, _: &mut Text) {
        self.summary.connection(connection);
        let spent = connection.time_spent();
        let found: Vec<_> = connection.diagnoses_in(spent.as_ref()).collect();
        let fared = Fared::of(connection, spent.as_ref(), &found);
        let words = self.words();
        let row = || ConnectionRow::of(connection, spent.as_ref(), fared.trouble, words);
        self.table
            .take(fared, sentence::word_of(&connection.flow, words), row);
        self.in_full.take(fared, || Box::new(connection.clone()));
    }

    fn capture(&mut self, flaws: &Flaws, _: &mut Text) {
        self.flaws = flaws.clone();
    }

    fn end(&mut self, totals: &Totals, text: &mut Text) {
        text.str(&self.page(totals).0);
    }
}
