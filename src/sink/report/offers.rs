//! The options of both SYNs, and what they came to.

use crate::sink::columns::{Columns, Heading};
use crate::track::flow::Flow;
use crate::track::handshake::{FastOpen, Handshake, MAX_SCALE, Offer};

const HEADINGS: &[Heading] = &[
    Heading::Left("option"),
    Heading::Left("client"),
    Heading::Left("server"),
    Heading::Left("in force"),
];

/// What stands where the SYN of an end was not captured, or not sent.
const UNSEEN: &str = "-";

/// The table of a connection of which at least one SYN was captured.
pub(super) fn table(flow: &Flow, indent: &'static str) -> Option<Columns> {
    let handshake = &flow.handshake;
    let client = handshake.syn.map(|_| &handshake.offered);
    let server = handshake.has_answer().then_some(&handshake.answered);
    client.or(server)?;
    let ends = Ends { client, server };
    let mut table = Columns::new(HEADINGS, indent);
    table.row(ends.row("MSS", mss, max_segments));
    table.row(ends.row("window scale", scale, |_, _| {
        agreed(handshake.scales().is_some())
    }));
    table.row(ends.row(
        "SACK",
        |end| agreed(end.sack_permitted),
        |_, _| agreed(handshake.sack()),
    ));
    let timestamps = |end: &Offer| agreed(end.timestamps);
    table.row(ends.row("timestamps", timestamps, |_, _| {
        agreed(handshake.timestamps())
    }));
    let has_fast_open = |end: &&Offer| end.fast_open.is_some();
    if client.is_some_and(|end| has_fast_open(&end))
        || server.is_some_and(|end| has_fast_open(&end))
    {
        table.row(ends.row("Fast Open", fast_open, |_, _| accepted(handshake)));
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

fn agreed(is_so: bool) -> String {
    if is_so { "yes" } else { "no" }.to_owned()
}

fn mss(end: &Offer) -> String {
    end.mss
        .map_or_else(|| "no".to_owned(), |mss| mss.to_string())
}

/// Each end sends segments as large as the other one asked for at most.
fn max_segments(client: &Offer, server: &Offer) -> String {
    let limit = |end: &Offer| {
        end.mss
            .map_or_else(|| "default".to_owned(), |mss| mss.to_string())
    };
    if client.mss == server.mss {
        return limit(client);
    }
    format!("→ {}, ← {}", limit(server), limit(client))
}

fn scale(end: &Offer) -> String {
    match end.window_scale {
        Some(shift) => format!("{shift} (×{})", 1_u32 << shift.min(MAX_SCALE)),
        None => "no".to_owned(),
    }
}

fn fast_open(end: &Offer) -> String {
    match end.fast_open {
        Some(FastOpen::Request) => "asks for a cookie",
        Some(FastOpen::Cookie) => "cookie",
        None => "no",
    }
    .to_owned()
}

fn accepted(handshake: &Handshake) -> String {
    match handshake.octets_in_syn() {
        0 => "no".to_owned(),
        octets => format!("yes, {octets} bytes in the SYN"),
    }
}
