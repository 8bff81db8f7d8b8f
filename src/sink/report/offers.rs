//! The options of both SYNs, and what they came to.

use crate::sink::columns::{Columns, Heading};
use crate::sink::words::Words;
use crate::sink::words::fill::said;
use crate::track::agreement::{Ecn, FastOpenOutcome};
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::handshake::Handshake;
use crate::track::offer::Multipath;
use crate::track::offer::{FastOpen, MAX_SCALE, Offer};

/// What stands where the SYN of an end was not captured, or not sent.
const UNSEEN: &str = "-";
/// The column of what they came to.
const IN_FORCE: usize = 3;

/// The table of a connection of which at least one SYN was captured.
/// Where a terminal has no room for it, what came of them is left out.
pub(super) fn table(
    flow: &Flow,
    width: Option<usize>,
    indent: &'static str,
    words: &'static Words,
) -> Option<Columns> {
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
    let is_cut = [client, server].into_iter().flatten().any(|end| end.is_cut);
    let offered = |end: &Offer, is_so: bool| match (is_so, end.is_cut) {
        (false, true) => words.capture.cut_off.to_owned(),
        _ => agreed(is_so, words),
    };
    // What was cut off may have been agreed on.
    let agreed = |is_so: bool| {
        if is_cut && !is_so {
            UNSEEN.to_owned()
        } else {
            agreed(is_so, words)
        }
    };
    table.row(ends.row("MSS", |end| mss(end, words), |_, _| max_segments(flow)));
    table.row(ends.row(
        words.report.window_scale,
        |end| scale(end, words),
        |_, _| agreed(handshake.scales().is_some()),
    ));
    table.row(ends.row(
        "SACK",
        |end| offered(end, end.sack_permitted),
        |_, _| agreed(handshake.sack()),
    ));
    let timestamps = |end: &Offer| offered(end, end.timestamps.is_some());
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
            |_, _| fast_open_outcome(handshake, words),
        ));
    }
    if let Some(offer) = handshake.ecn_offer() {
        let answer = handshake.ecn();
        table.row([
            "ECN".to_owned(),
            ecn(Some(offer), words),
            server.map_or_else(|| UNSEEN.to_owned(), |_| ecn(answer, words)),
            server.map_or_else(|| UNSEEN.to_owned(), |_| ecn(answer, words)),
        ]);
    }
    let is_any = |has: fn(&Offer) -> bool| client.is_some_and(has) || server.is_some_and(has);
    if is_any(|end| end.multipath.is_some()) {
        table.row(ends.row(
            "MPTCP",
            |end| multipath(end.multipath, words),
            |_, _| multipath(handshake.multipath(), words),
        ));
    }
    if is_any(|end| end.md5) {
        let both = |client: &Offer, server: &Offer| agreed(client.md5 && server.md5);
        table.row(ends.row("MD5", |end| agreed(end.md5), both));
    }
    if is_any(|end| end.authentication) {
        let both =
            |client: &Offer, server: &Offer| agreed(client.authentication && server.authentication);
        table.row(ends.row("TCP-AO", |end| agreed(end.authentication), both));
    }
    table.narrow(width, &[&[IN_FORCE]]);
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
        .map_or_else(|| none(end, words).to_owned(), |mss| mss.to_string())
}

/// What stands for an option that was not seen.
const fn none(end: &Offer, words: &Words) -> &'static str {
    if end.is_cut {
        words.capture.cut_off
    } else {
        words.count.no
    }
}

/// Each end sends segments as large as the other one asked for at most.
fn max_segments(flow: &Flow) -> String {
    let [client, server] = [Dir::ToServer, Dir::ToClient].map(|dir| {
        let mss = flow.max_segment(dir);
        mss.map_or_else(|| UNSEEN.to_owned(), |mss| mss.to_string())
    });
    if client == server {
        return client;
    }
    format!("→ {client}, ← {server}")
}

fn scale(end: &Offer, words: &Words) -> String {
    match end.window_scale {
        Some(shift) => format!("{shift} (×{})", 1_u32 << shift.min(MAX_SCALE)),
        None => none(end, words).to_owned(),
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

fn fast_open_outcome(handshake: &Handshake, words: &Words) -> String {
    let said = &words.report;
    let outcome = match handshake.fast_open() {
        Some(FastOpenOutcome::Accepted { octets }) => return said!(said.accepted, octets),
        Some(FastOpenOutcome::NotGiven) => said.cookie_not_given,
        Some(FastOpenOutcome::Given) => said.cookie_given,
        Some(FastOpenOutcome::Ignored) => said.data_ignored,
        Some(FastOpenOutcome::Unused) => said.cookie_unused,
        None => words.count.no,
    };
    outcome.to_owned()
}

fn ecn(ecn: Option<Ecn>, words: &Words) -> String {
    match ecn {
        Some(Ecn::Accurate) => words.report.ecn_accurate,
        Some(Ecn::Classic) => words.count.yes,
        Some(Ecn::Refused) | None => words.count.no,
    }
    .to_owned()
}

fn multipath(multipath: Option<Multipath>, words: &Words) -> String {
    match multipath {
        Some(Multipath::Capable) => words.report.multipath_capable,
        Some(Multipath::Join) => words.report.multipath_join,
        None => words.count.no,
    }
    .to_owned()
}
