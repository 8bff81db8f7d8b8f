//! The options of both SYNs, and what they came to.

use crate::sink::columns::{Columns, Heading};
use crate::sink::words::Words;
use crate::sink::words::fill::said;
use crate::track::flow::Flow;
use crate::track::handshake::{FastOpen, Handshake, MAX_SCALE, Offer};

/// What stands where the SYN of an end was not captured, or not sent.
const UNSEEN: &str = "-";

/// The table of a connection of which at least one SYN was captured.
pub(super) fn table(flow: &Flow, indent: &'static str, words: &'static Words) -> Option<Columns> {
    let handshake = &flow.handshake;
    let client = handshake.syn.map(|_| &handshake.offered);
    let server = handshake.has_answer().then_some(&handshake.answered);
    client.or(server)?;
    let ends = Ends { client, server };
    let headings = [
        Heading::Left(words.report.option),
        Heading::Left(words.count.client),
        Heading::Left(words.count.server),
        Heading::Left(words.report.in_force),
    ];
    let mut table = Columns::new(headings, indent);
    let agreed = |is_so: bool| agreed(is_so, words);
    table.row(ends.row(
        "MSS",
        |end| mss(end, words),
        |client, server| max_segments(client, server, words),
    ));
    table.row(ends.row(
        words.report.window_scale,
        |end| scale(end, words),
        |_, _| agreed(handshake.scales().is_some()),
    ));
    table.row(ends.row(
        "SACK",
        |end| agreed(end.sack_permitted),
        |_, _| agreed(handshake.sack()),
    ));
    let timestamps = |end: &Offer| agreed(end.timestamps.is_some());
    table.row(ends.row(words.report.timestamps, timestamps, |_, _| {
        agreed(handshake.timestamps())
    }));
    let has_fast_open = |end: &&Offer| end.fast_open.is_some();
    if client.is_some_and(|end| has_fast_open(&end))
        || server.is_some_and(|end| has_fast_open(&end))
    {
        table.row(ends.row(
            "Fast Open",
            |end| fast_open(end, words),
            |_, _| accepted(handshake, words),
        ));
    }
    Some(table)
}

/// What each end offered, as far as its SYN was captured.
struct Ends<'a> {
    client: Option<&'a Offer>,
    server: Option<&'a Offer>,
}

impl Ends<'_> {
    fn row(
        &self,
        option: &str,
        offer: impl Fn(&Offer) -> String,
        in_force: impl Fn(&Offer, &Offer) -> String,
    ) -> [String; 4] {
        let shown = |end: Option<&Offer>| end.map_or_else(|| UNSEEN.to_owned(), &offer);
        let result = match (self.client, self.server) {
            (Some(client), Some(server)) => in_force(client, server),
            _ => UNSEEN.to_owned(),
        };
        [
            option.to_owned(),
            shown(self.client),
            shown(self.server),
            result,
        ]
    }
}

fn agreed(is_so: bool, words: &Words) -> String {
    if is_so {
        words.count.yes
    } else {
        words.count.no
    }
    .to_owned()
}

fn mss(end: &Offer, words: &Words) -> String {
    end.mss
        .map_or_else(|| words.count.no.to_owned(), |mss| mss.to_string())
}

/// Each end sends segments as large as the other one asked for at most.
fn max_segments(client: &Offer, server: &Offer, words: &Words) -> String {
    let limit = |end: &Offer| {
        end.mss.map_or_else(
            || words.report.default_mss.to_owned(),
            |mss| mss.to_string(),
        )
    };
    if client.mss == server.mss {
        return limit(client);
    }
    format!("→ {}, ← {}", limit(server), limit(client))
}

fn scale(end: &Offer, words: &Words) -> String {
    match end.window_scale {
        Some(shift) => format!("{shift} (×{})", 1_u32 << shift.min(MAX_SCALE)),
        None => words.count.no.to_owned(),
    }
}

fn fast_open(end: &Offer, words: &Words) -> String {
    match end.fast_open {
        Some(FastOpen::Request) => words.report.asks_for_cookie,
        Some(FastOpen::Cookie) => words.report.cookie,
        None => words.count.no,
    }
    .to_owned()
}

fn accepted(handshake: &Handshake, words: &Words) -> String {
    match handshake.octets_in_syn() {
        0 => words.count.no.to_owned(),
        octets => said!(words.report.accepted, octets),
    }
}
