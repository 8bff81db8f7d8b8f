//! The segments that opened and closed a connection, a row each.

use crate::flags::Flags;
use crate::sink::annotation::colour::Colour;
use crate::sink::columns::{Columns, Heading};
use crate::sink::duration;
use crate::sink::words::{ReportTexts, Words};
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::mark::Mark;
use crate::track::part::Step;

/// What opened and what closed a connection, in columns of the same width.
#[derive(Debug)]
pub(super) struct Steps {
    pub(super) opening: Columns,
    pub(super) closing: Columns,
}

/// What every line of a table begins with.
pub(super) const INDENT: &str = "    ";
/// In narrow tables.
const NARROW_INDENT: &str = "  ";
/// Columns that a table goes without which is too wide as it is narrow, the first first:
/// what is acknowledged, the numbers, the states.
const GONE_WITHOUT: [&[usize]; 3] = [&[5], &[4], &[6]];

/// The states after a segment stand beside each other, and so do the numbers;
/// where there is no room, the client's over the server's.
fn headings(words: &'static ReportTexts, is_wide: bool) -> Vec<Heading> {
    let mut headings = vec![
        Heading::Left(words.step),
        Heading::Left(""),
        Heading::Right(words.frame),
        Heading::Right(words.time),
        Heading::Right(words.seq_raw),
        Heading::Right(words.ack_raw),
    ];
    headings.extend(if is_wide {
        [words.client_state, words.server_state]
            .map(Heading::Left)
            .to_vec()
    } else {
        vec![Heading::Left(words.both_states)]
    });
    headings
}

impl Steps {
    /// The rows of a connection, narrowed where `width` columns ask for it.
    pub(super) fn of(
        flow: &Flow,
        width: Option<usize>,
        is_coloured: bool,
        words: &'static Words,
    ) -> Self {
        let wide = Self::under(words, true, flow, is_coloured);
        match width {
            Some(columns) if wide.opening.width() > columns => {
                let mut narrow = Self::under(words, false, flow, is_coloured);
                // As wide as each other, both go without the same.
                narrow.opening.narrow(width, &GONE_WITHOUT);
                narrow.closing.narrow(width, &GONE_WITHOUT);
                narrow
            }
            _ => wide,
        }
    }

    fn under(words: &'static Words, is_wide: bool, flow: &Flow, is_coloured: bool) -> Self {
        let indent = if is_wide { INDENT } else { NARROW_INDENT };
        let headings = headings(&words.report, is_wide);
        let mut opening = Columns::new(headings.clone(), indent);
        let mut closing = Columns::new(headings, indent);
        for (step, mark) in flow.handshake.steps() {
            opening.row(cells(flow, Some(step), &mark, is_wide));
        }
        for (step, mark) in closing_steps(flow) {
            let is_red = is_coloured && mark.flags.has(Flags::RST);
            let red = is_red.then_some((0, Colour::RED));
            closing.painted_row(cells(flow, step, &mark, is_wide), red);
        }
        opening.widen(closing.widths());
        closing.widen(opening.widths());
        Self { opening, closing }
    }
}

/// The teardown and the RST, which has no place in it, in the order of frames.
fn closing_steps(flow: &Flow) -> Vec<(Option<Step>, Mark)> {
    let teardown = flow.teardown.steps().map(|(step, mark)| (Some(step), mark));
    let reset = flow.teardown.reset.map(|reset| (None, reset));
    let mut steps: Vec<_> = teardown.chain(reset).collect();
    steps.sort_by_key(|(_, mark)| mark.frame);
    steps
}

fn cells(flow: &Flow, step: Option<Step>, mark: &Mark, is_wide: bool) -> Vec<String> {
    let mut cells = vec![
        title(step, mark.flags),
        arrow(mark.dir).to_owned(),
        mark.frame.to_string(),
        duration::shown(mark.time - flow.began),
        both(flow.relative_seq(mark.dir, mark.seq), mark.seq.0, is_wide),
        if mark.is_ack() {
            both(flow.relative_ack(mark.dir, mark.ack), mark.ack.0, is_wide)
        } else {
            String::new()
        },
    ];
    if is_wide {
        cells.extend([mark.client.to_string(), mark.server.to_string()]);
    } else {
        cells.push(format!("{}\n{}", mark.client, mark.server));
    }
    cells
}

/// A number counted from the start of the connection, and as it was sent, under
/// it where there is no room.
fn both(relative: u32, raw: u32, is_wide: bool) -> String {
    if is_wide {
        format!("{relative} ({raw})")
    } else {
        format!("{relative}\n({raw})")
    }
}

const fn arrow(dir: Dir) -> &'static str {
    match dir {
        Dir::ToServer => "→",
        Dir::ToClient => "←",
    }
}

fn title(step: Option<Step>, flags: Flags) -> String {
    let name = name(flags);
    match step {
        Some(Step { first, last, of }) if first == last => format!("{first}/{of} {name}"),
        // The FIN that is an ACK of the other end's FIN at once.
        Some(Step { first, last, of }) => format!("{first}-{last}/{of} {name}+ACK"),
        None => name.to_owned(),
    }
}

/// What RFC 9293 calls a segment with these control bits.
const fn name(flags: Flags) -> &'static str {
    let (syn, ack) = (flags.has(Flags::SYN), flags.has(Flags::ACK));
    match () {
        () if flags.has(Flags::RST) => "RST",
        () if syn && ack => "SYN-ACK",
        () if syn => "SYN",
        () if flags.has(Flags::FIN) => "FIN",
        () => "ACK",
    }
}
