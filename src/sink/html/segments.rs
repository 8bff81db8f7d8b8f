//! The segments of a connection, a row each: when, which way, what it was, its numbers.

use std::collections::BTreeSet;

use maud::{Markup, html};

use crate::flags::Flags;
use crate::sink::annotation::meaning::moves;
use crate::sink::duration::shown;
use crate::sink::text::Text;
use crate::sink::words::Words;
use crate::sink::words::fill::said;
use crate::sink::words::segments::opening_or_closing;
use crate::track::dir::Dir;
use crate::track::flow::Flow;
use crate::track::judgement::Kind;
use crate::track::part::Part;
use crate::track::point::Point;
use crate::track::trace::Trace;

/// How many at the beginning and at the end are shown in any case, and how many in between
/// that are worth it.
const AT_ENDS: usize = 30;
const IN_BETWEEN: usize = 120;

/// The segments of a connection that are shown.
pub(super) struct ShownSegments<'c> {
    flow: &'c Flow,
    trace: &'c Trace,
    words: &'static Words,
    shown: BTreeSet<u64>,
}

impl<'c> ShownSegments<'c> {
    /// Of all that is kept the beginning and the end, and what is worth it: where something
    /// went wrong, moved a state or was waited for, and the frames of `evidence`.
    pub(super) fn of(
        flow: &'c Flow,
        trace: &'c Trace,
        evidence: &[u64],
        words: &'static Words,
    ) -> Self {
        let last = trace.len().saturating_sub(AT_ENDS);
        let mut room = IN_BETWEEN;
        let points = trace.points().enumerate().filter(|(nth, point)| {
            if *nth < AT_ENDS || *nth >= last {
                return true;
            }
            let is_shown =
                room > 0 && (is_worth_it(point, trace) || evidence.contains(&point.frame.get()));
            room -= usize::from(is_shown);
            is_shown
        });
        let shown = points.map(|(_, point)| point.frame.get()).collect();
        Self {
            flow,
            trace,
            words,
            shown,
        }
    }

    /// Whether a frame is shown.
    pub(super) fn has(&self, frame: u64) -> bool {
        self.shown.contains(&frame)
    }

    /// The table.
    pub(super) fn part(&self) -> Markup {
        let (report, page) = (&self.words.report, &self.words.page);
        html! {
            div.scroll tabindex="0" {
                table.segments {
                    thead {
                        tr {
                            th scope="col" { (report.frame) }
                            th scope="col" { (report.time) }
                            th scope="col" {}
                            th scope="col" { (page.what) }
                            th scope="col" { "seq" }
                            th scope="col" { "ack" }
                            th scope="col" { (page.window) }
                        }
                    }
                    tbody { @for row in self.rows() { (row) } }
                }
            }
        }
    }

    fn rows(&self) -> Vec<Markup> {
        let mut rows = Vec::new();
        let mut left_out = 0_u64;
        let behind = self.trace.goes_on_with();
        for point in self.trace.points() {
            if behind == Some(point.frame) {
                left_out += self.trace.left_out();
            }
            if !self.has(point.frame.get()) {
                left_out += 1;
                continue;
            }
            if left_out > 0 {
                let said = said!(self.words.page.left_out, left_out);
                rows.push(html! { tr.faint { td {} td {} td {} td colspan="4" { (said) } } });
                left_out = 0;
            }
            rows.push(self.row(point));
        }
        rows
    }

    fn row(&self, point: &Point) -> Markup {
        let seq = self.flow.relative_seq(point.dir, point.seq);
        let end = seq.wrapping_add(point.payload_len);
        let is_ack = point.flags.has(Flags::ACK);
        let ack = self.flow.relative_ack(point.dir, point.ack);
        let arrow = match point.dir {
            Dir::ToServer => "→",
            Dir::ToClient => "←",
        };
        html! {
            tr id={ "f" (point.frame) } class=[class(point)] {
                td { (point.frame) }
                td { (shown(point.time - self.flow.began)) }
                td { (arrow) }
                td { (self.meaning(point)) }
                td { (seq) @if point.payload_len > 0 { ":" (end) } }
                td { @if is_ack { (ack) } }
                td { (point.window) }
            }
        }
    }

    /// What it is, what it really was, the states that it moved, and the wait that it ended.
    fn meaning(&self, point: &Point) -> String {
        let words = self.words;
        let mut said = title(point, words);
        let separate = |said: &mut String, what: &str| {
            said.push_str(words.count.comma);
            said.push_str(what);
        };
        if let Some(judged) = point.judged.and_then(|judged| words.judged(judged)) {
            separate(&mut said, judged);
        } else if point.judged.is_none() && is_again(point) {
            separate(&mut said, words.findings.retransmission);
        }
        if let Some(wait) = self.trace.wait_before(point.frame) {
            let waited = words.time_spent.cause(wait.cause);
            separate(&mut said, &format!("{waited} {}", shown(wait.length)));
        }
        if !point.moves.is_empty() {
            let mut text = Text::default();
            moves(&point.moves, point.dir, words, &mut text);
            said.push_str(words.count.semicolon);
            said.push_str(&String::from_utf8_lossy(text.octets()));
        }
        said
    }
}

fn title(point: &Point, words: &Words) -> String {
    let annotation = &words.annotation;
    let mut said = match point.part {
        Part::Data => return said!(annotation.data, point.payload_len),
        Part::Nonsense => said!(annotation.nonsense, point.flags.letters()),
        part => match words.part(part) {
            Some(told) => told.to_owned(),
            None => words.phase(part.phase()).to_owned() + opening_or_closing(part),
        },
    };
    let shows_len = !matches!(point.part, Part::KeepAlive | Part::WindowProbe);
    if point.payload_len > 0 && shows_len {
        said += &said!(annotation.plus_data, point.payload_len);
    }
    said
}

fn is_again(point: &Point) -> bool {
    let judged = point.judged.map(|judged| judged.kind);
    judged.is_some_and(|kind| kind != Kind::New)
        || judged.is_none() && point.again > 0 && point.again >= point.payload_len
}

/// The class of a segment's ink, where it stands out.
fn class(point: &Point) -> Option<&'static str> {
    match (point.part, point.judged.map(|judged| judged.kind)) {
        (Part::Copy, _) | (_, Some(Kind::Duplicate)) => Some("copy"),
        (Part::Reset | Part::Refusal, _) => Some("reset"),
        (_, Some(Kind::OutOfOrder)) => Some("disordered"),
        _ if is_again(point) => Some("again"),
        (Part::KeepAlive | Part::WindowProbe | Part::Nonsense, _) => Some("sign"),
        _ => None,
    }
}

fn is_worth_it(point: &Point, trace: &Trace) -> bool {
    class(point).is_some() || !point.moves.is_empty() || trace.wait_before(point.frame).is_some()
}
