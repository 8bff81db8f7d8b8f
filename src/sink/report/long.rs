//! Classic tcptrace's long report: every figure of both ends, side by side.

use crate::sink::columns::{Columns, Heading};
use crate::sink::duration::shown;
use crate::sink::figures::{Amount, FIGURES, Sight, complete};
use crate::sink::words::Words;
use crate::track::classic::Classic;
use crate::track::connection::Connection;
use crate::track::dir::Dir;
use crate::track::doubling::OtherSights;
use crate::track::half::Half;

/// What stands where a figure does not apply.
const NONE: &str = "-";

/// The table of a connection of which figures are kept.
pub(super) fn table(
    connection: &Connection,
    indent: &'static str,
    words: &'static Words,
) -> Option<Columns> {
    let accounts = connection.accounts()?;
    let counters = accounts.classic.as_ref()?;
    let flow = &connection.flow;
    let headings = [
        Heading::Left("tcptrace -l -r -W"),
        Heading::Right(words.count.client),
        Heading::Right(words.count.server),
    ];
    let mut table = Columns::new(headings, indent);
    table.row([
        "complete conn".to_owned(),
        complete(counters).to_owned(),
        String::new(),
    ]);
    let both = |label: &str, cell: &dyn Fn(Dir) -> String| {
        [label.to_owned(), cell(Dir::ToServer), cell(Dir::ToClient)]
    };
    // It counts each sight of a segment.
    let half = |count: fn(&Half, OtherSights) -> u64| {
        move |dir| {
            let half = flow.sender(dir);
            count(half, half.copies()).to_string()
        }
    };
    table.row(both(
        "total packets",
        &half(|half, copies| half.segments + u64::from(copies.segments)),
    ));
    table.row(both(
        "actual data pkts",
        &half(|half, copies| half.data_segments + u64::from(copies.data_segments)),
    ));
    table.row(both(
        "actual data bytes",
        &half(|half, copies| half.octets + copies.octets),
    ));
    for figure in &FIGURES {
        table.row(both(figure.label, &|dir| cell(counters, dir, figure.value)));
    }
    Some(table)
}

fn cell(counters: &Classic, dir: Dir, value: fn(&Sight<'_>) -> Amount) -> String {
    match value(&Sight::new(counters, dir)) {
        Amount::None => NONE.to_owned(),
        Amount::Count(count) | Amount::Rare(count) => count.to_string(),
        Amount::Octets(octets) => format!("{octets} B"),
        Amount::Signed(octets) => format!("{octets} B"),
        Amount::Time(time) | Amount::Mean(time) => shown(time),
        Amount::Rate(rate) => format!("{rate:.0} B/s"),
        Amount::Yes => "yes".to_owned(),
    }
}
