//! What is always in sight: what is captured, how much of it, what was lost, and what is
//! wrong with the capture itself; and servers that are flooded, while they are.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use tcptrace::capture::Statistics;
use tcptrace::sink::sentence;
use tcptrace::sink::tone::Tone;
use tcptrace::time::Timestamp;

use crate::watch::brief::brief;
use crate::watch::cells::CellPen;
use crate::watch::news::CaptureNews;
use crate::watch::paint::Paint;
use crate::watch::tallies::{ServerRows, Tallied};
use crate::watch::text::{cut, line, put, put_all, put_right, width};
use crate::watch::words::said;

/// The most servers in trouble that have a line.
const MOST_SERVERS: usize = 3;
/// Columns between two counts.
const GAP: u16 = 2;

/// How the run goes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Going {
    /// It goes on.
    #[default]
    On,
    /// It is over, and why, where it failed.
    Ended(Option<String>),
}

/// What the head tells.
pub struct HeadFacts<'a> {
    /// The interface or the file.
    pub source: &'a str,
    /// The filter of the capture.
    pub filter: &'a str,
    /// How the capture goes, once that is known.
    pub capture: Option<&'a CaptureNews>,
    /// When the first connection began, and what time it is.
    pub times: Option<(Timestamp, Timestamp)>,
    /// How many connections have come how far.
    pub tallied: Tallied,
    /// Connections that are left out.
    pub left_out: u64,
    /// Servers in trouble.
    pub beset: Vec<&'a ServerRows>,
    /// Whether the picture stands still.
    pub is_paused: bool,
    /// Whether the run goes on.
    pub going: &'a Going,
}

/// A count, as it is said, and how much it is needed where there is little room.
#[derive(Debug)]
struct HeadCount {
    text: String,
    style: Style,
    need: u8,
}

impl HeadCount {
    fn new(words: &str, count: u64, style: Style, need: u8) -> Self {
        Self {
            text: said(words, &[count.into()]),
            style: if count == 0 { Paint::DIM } else { style },
            need,
        }
    }

    /// How wide counts are, with what stands behind each.
    fn width(counts: &[Self]) -> u16 {
        let widths = counts.iter().map(|count| width(&count.text) + GAP);
        widths.fold(0, u16::saturating_add)
    }

    fn texts(counts: &[Self]) -> Vec<StyledText> {
        let gap = || (" ".repeat(GAP.into()), Paint::PLAIN);
        let each = counts.iter();
        each.flat_map(|count| [(count.text.clone(), count.style), gap()])
            .collect()
    }
}

/// A text in a look.
type StyledText = (String, Style);

impl HeadFacts<'_> {
    /// How many lines it takes.
    pub fn height(&self, pen: &CellPen) -> u16 {
        let further = self.troubles(pen).len();
        u16::try_from(2 + further).unwrap_or(u16::MAX)
    }

    /// Draws it.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, pen: &CellPen) {
        self.first(buffer, line(area, 0), pen);
        self.second(buffer, line(area, 1), pen);
        for (nth, (text, style)) in (2..).zip(self.troubles(pen)) {
            put(buffer, line(area, nth), 0, &text, style);
        }
    }

    /// What is captured, how long for, and how that goes.
    fn first(&self, buffer: &mut Buffer, line: Rect, pen: &CellPen) {
        let mut right = String::new();
        if let Some(capture) = self.capture {
            right = said(pen.own.frames, &[capture.totals.frames.into()]);
        }
        if let Some((began, now)) = self.times {
            right = format!("{}  {right}", brief(now - began));
        }
        let state = match self.going {
            _ if self.is_paused => pen.own.paused,
            Going::Ended(_) => pen.own.ended,
            Going::On if self.capture.is_none() => pen.own.waiting,
            Going::On => "",
        };
        let left = line.width.saturating_sub(width(&right));
        put_right(buffer, line, &right, Paint::PLAIN);
        let badge = if self.is_paused {
            Paint::SELECTED
        } else {
            Paint::DIM
        };
        let state = if self.is_paused {
            format!(" {state} ")
        } else {
            state.to_owned()
        };
        let badge_left = left.saturating_sub(width(&state) + 2);
        put(buffer, line, badge_left, &state, badge);
        let title = format!("tcptrace  {}", self.source);
        let title = cut(&title, badge_left.saturating_sub(2));
        let end = put(buffer, line, 0, &title, Paint::STRONG);
        let room = badge_left.saturating_sub(end + 3);
        if !self.filter.is_empty() {
            put(buffer, line, end + 2, &cut(self.filter, room), Paint::DIM);
        }
    }

    /// The counts: those of connections at the left, the kernel's at the right. What is
    /// least needed is left out where there is no room for all.
    fn second(&self, buffer: &mut Buffer, line: Rect, pen: &CellPen) {
        let mut left = self.counts(pen);
        let kernel = self.capture.and_then(|capture| capture.statistics);
        let mut right = kernel.map_or_else(Vec::new, |kernel| counters(&kernel, pen));
        let room = line.width.saturating_add(GAP);
        while HeadCount::width(&left).saturating_add(HeadCount::width(&right)) > room {
            let all = left.iter().chain(&right);
            let Some(least) = all.map(|count| count.need).min() else {
                break;
            };
            left.retain(|count| count.need > least);
            right.retain(|count| count.need > least);
        }
        put_all(buffer, line, 0, &HeadCount::texts(&left));
        let start = room.saturating_sub(HeadCount::width(&right));
        put_all(buffer, line, start, &HeadCount::texts(&right));
    }

    /// How many connections there are, and of them how far they have come: where there
    /// is room, also that none has.
    fn counts(&self, pen: &CellPen) -> Vec<HeadCount> {
        let (own, standing) = (pen.own, &pen.words.standing);
        let Tallied { open, failed, over } = self.tallied;
        let all = self.tallied.all();
        let counts = [
            (pen.words.count.connections, all, Tone::Plain, [7, 7]),
            (standing.open, open.open, Tone::Plain, [13, 8]),
            (standing.half_open, open.half_open, Tone::Odd, [11, 4]),
            (standing.asked_for, open.asked_for, Tone::Odd, [10, 0]),
            (own.count_failed, failed, Tone::Bad, [12, 3]),
            (own.count_over, over, Tone::Plain, [3, 1]),
            (own.count_left_out, self.left_out, Tone::Odd, [4, 0]),
        ];
        let counts = counts.into_iter().map(|(words, count, tone, [any, none])| {
            let need = if count == 0 { none } else { any };
            HeadCount::new(words, count, pen.paint.tone(tone), need)
        });
        // What is seldom is said where there is any.
        counts.filter(|count| count.need > 0).collect()
    }

    /// What is wrong: with the run, with the capture, with servers.
    fn troubles(&self, pen: &CellPen) -> Vec<StyledText> {
        let mut lines = Vec::new();
        if let Going::Ended(Some(why)) = self.going {
            let text = said(pen.own.failed_with, &[why.into()]);
            lines.push((text, pen.paint.tone(Tone::Bad)));
        }
        if let Some(capture) = self.capture {
            lines.extend(flaws(capture, pen));
        }
        let beset = self.beset.iter().take(MOST_SERVERS);
        lines.extend(beset.map(|server| beset_line(server, pen)));
        lines
    }
}

/// The kernel's counters. What is dropped stands out.
fn counters(kernel: &Statistics, pen: &CellPen) -> Vec<HeadCount> {
    let (own, bad) = (pen.own, pen.paint.tone(Tone::Bad));
    let counts = [
        (own.received, kernel.received, Paint::PLAIN, [5, 2]),
        (own.dropped, kernel.dropped, bad, [14, 6]),
        (
            own.dropped_by_interface,
            kernel.dropped_by_interface,
            bad,
            [14, 0],
        ),
    ];
    let counts = counts
        .into_iter()
        .map(|(words, count, style, [any, none])| {
            let need = if count == 0 { none } else { any };
            HeadCount::new(words, count, style, need)
        });
    counts.filter(|count| count.need > 0).collect()
}

/// What the capture has wrong: the first thing in short, and how many more there are.
fn flaws(capture: &CaptureNews, pen: &CellPen) -> Option<StyledText> {
    let mut all = sentence::flaws(&capture.flaws, pen.words);
    let given_up = capture.totals.given_up;
    let given_up = (given_up > 0).then(|| said(pen.own.given_up, &[given_up.into()]));
    let first = given_up.clone().or_else(|| all.next())?;
    // Behind a colon stands what that means: that is for the page of the capture.
    let mark = pen.words.count.colon;
    let short = first.split(mark).next().unwrap_or(&first);
    let mut text = pen.words.capture.capture.to_owned() + short;
    let more = all.count();
    if more > 0 {
        let more = u64::try_from(more).unwrap_or(u64::MAX);
        text.push_str(&said(pen.own.more_flaws, &[more.into()]));
    }
    Some((text, pen.paint.tone(Tone::Odd)))
}

fn beset_line(server: &ServerRows, pen: &CellPen) -> StyledText {
    let addr = server.addr.to_string();
    if server.is_flooded() {
        let values = [
            (&addr).into(),
            server.unfinished.into(),
            server.sources.into(),
            server.most_syns.into(),
            server.opened.into(),
        ];
        let text = said(pen.words.server.flooded, &values);
        return (text, pen.paint.tone(Tone::Bad));
    }
    let values = [
        (&addr).into(),
        server.opening.into(),
        server.tried.into(),
        server.sources.into(),
    ];
    let text = said(pen.own.opening_at, &values);
    (text, pen.paint.tone(Tone::Odd))
}
