//! What stands under the table: the connection that is selected in full, and the keys.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use tcptrace::sink::duration::shown;
use tcptrace::sink::rate::amount;
use tcptrace::sink::tone::Tone;
use tcptrace::sink::words::Words;
use tcptrace::track::time_spent::TimeCause;

use crate::watch::brief::brief;
use crate::watch::cells::CellPen;
use crate::watch::listed::Listed;
use crate::watch::paint::Paint;
use crate::watch::row::RowEnd;
use crate::watch::text::{cut, line, put, put_all, put_right, width};
use crate::watch::words::said;

/// What stands between two facts.
const BETWEEN: &str = "  ";

/// Draws the connection that is selected, in as many lines as there are: who, what it
/// waits for, what was measured, what each end sent.
pub fn draw_selected(buffer: &mut Buffer, area: Rect, pen: &CellPen, listed: &Listed) {
    let first = line(area, 0);
    put_all(buffer, first, 0, &who(listed, pen, first.width));
    let (measured, sent) = (measured(listed, pen), sent(listed, pen));
    if area.height > 2 {
        put(
            buffer,
            line(area, 1),
            0,
            &measured.join(BETWEEN),
            Paint::PLAIN,
        );
        put(buffer, line(area, 2), 0, &sent.join(BETWEEN), Paint::PLAIN);
    } else {
        let all = [measured, sent].concat().join(BETWEEN);
        put(buffer, line(area, 1), 0, &all, Paint::PLAIN);
    }
}

/// Both ends with their states, and what it waits for: in a sentence, or in short.
fn who(listed: &Listed, pen: &CellPen, room: u16) -> Vec<(String, Style)> {
    let row = &listed.row;
    let end = |end: &RowEnd| format!("{} {}", end.addr, pen.words.state(end.state));
    let ends = format!("#{}  {} → {}", row.id.0, end(&row.client), end(&row.server));
    let mut texts = vec![(ends, Paint::STRONG)];
    if let Some((cause, waited)) = listed.waits() {
        let tone = if cause.is_trouble() {
            Tone::Odd
        } else {
            Tone::Plain
        };
        let style = pen.paint.tone(tone);
        let waited = brief(waited);
        let sentence = waits(cause, &waited, pen);
        let left = room.saturating_sub(width(&texts[0].0) + width(BETWEEN));
        let said = if width(&sentence) <= left {
            sentence
        } else {
            format!("{} {waited}", pen.short_cause(cause))
        };
        texts.push((BETWEEN.to_owned(), Paint::PLAIN));
        texts.push((said, style));
    }
    texts
}

/// What a connection waits for, in a sentence.
fn waits(cause: TimeCause, waited: &str, pen: &CellPen) -> String {
    let Words { count, .. } = pen.words;
    let whose = match cause {
        TimeCause::ClientWindow => count.client,
        TimeCause::ServerWindow => count.server,
        _ => {
            let cause = pen.words.time_spent.by(cause);
            return said(pen.own.waits_since, &[cause.into(), waited.into()]);
        }
    };
    said(pen.own.window_closed, &[whose.into(), waited.into()])
}

fn measured(listed: &Listed, pen: &CellPen) -> Vec<String> {
    let (row, own) = (&listed.row, pen.own);
    let age = if row.is_over() {
        own.lasted
    } else {
        own.age_is
    };
    let mut facts = vec![said(age, &[(&shown(listed.age())).into()])];
    if let Some(rtt) = row.rtt {
        facts.push(said(own.rtt_is, &[rtt.into()]));
    }
    if let Some(first_byte) = row.first_byte {
        facts.push(said(own.first_byte_is, &[first_byte.into()]));
    }
    if let Some((cause, share)) = listed.limited_by() {
        let cause = pen.words.time_spent.by(cause);
        let percent = (share + 5) / 10;
        facts.push(said(own.limited, &[cause.into(), percent.into()]));
    }
    facts
}

/// What both ends sent, and what of it is in flight.
fn sent(listed: &Listed, pen: &CellPen) -> Vec<String> {
    let row = &listed.row;
    [("→", &row.client), ("←", &row.server)]
        .map(|(arrow, end)| format!("{arrow} {}", sent_by(end, row.is_over(), pen)))
        .to_vec()
}

fn sent_by(end: &RowEnd, is_over: bool, pen: &CellPen) -> String {
    let own = pen.own;
    let octets = amount(end.octets);
    let values = [
        (&octets).into(),
        end.segments.into(),
        end.retransmitted.into(),
    ];
    let mut text = said(own.sent, &values);
    if !is_over {
        let in_flight = amount(end.in_flight);
        let flight = match end.window.map(amount) {
            Some(window) => said(
                own.flight_of_window,
                &[(&in_flight).into(), (&window).into()],
            ),
            None => said(own.flight, &[(&in_flight).into()]),
        };
        text.push_str(pen.words.count.comma);
        text.push_str(&flight);
    }
    text
}

/// What the last line tells.
#[derive(Debug)]
pub struct KeyLine<'a> {
    /// The filter, and whether it is being typed.
    pub filter: &'a str,
    /// Whether it is being typed.
    pub is_typing: bool,
    /// The keys, and what each does.
    pub keys: &'a [(&'static str, &'static str)],
    /// Which rows are shown, of how many.
    pub rows: Option<(usize, usize, usize)>,
}

impl KeyLine<'_> {
    /// Draws it; where the cursor stands, while a filter is typed.
    pub fn draw(&self, buffer: &mut Buffer, line: Rect, pen: &CellPen) -> Option<u16> {
        if self.is_typing {
            return Some(self.prompt(buffer, line, pen));
        }
        let rows = self.rows.map(|(first, last, all)| {
            let [first, last, all] = [first, last, all].map(|one| one as u64);
            said(pen.own.rows, &[first.into(), last.into(), all.into()])
        });
        let right = rows.unwrap_or_default();
        put_right(buffer, line, &right, Paint::DIM);
        let mut room = line.width.saturating_sub(width(&right) + 2);
        if !self.filter.is_empty() {
            let text = cut(&format!("/{}", self.filter), room / 2);
            let left = room.saturating_sub(width(&text));
            put(buffer, line, left, &text, pen.paint.tone(Tone::Odd));
            room = left.saturating_sub(2);
        }
        self.keys(
            buffer,
            Rect {
                width: room,
                ..line
            },
            pen,
        );
        None
    }

    fn prompt(&self, buffer: &mut Buffer, line: Rect, pen: &CellPen) -> u16 {
        let label = format!("{}: ", pen.own.filter);
        let end = put(buffer, line, 0, &label, pen.paint.key());
        let hint = pen.own.filter_hint;
        put_right(buffer, line, hint, Paint::DIM);
        let room = line.width.saturating_sub(end + width(hint) + 3);
        let typed = crate::watch::text::cut_front(self.filter, room);
        end + put(buffer, line, end, &typed, Paint::PLAIN)
    }

    /// The keys, as many as there is room for.
    fn keys(&self, buffer: &mut Buffer, line: Rect, pen: &CellPen) {
        let mut left = 0;
        for (key, does) in self.keys {
            let own = width(key) + 1 + width(does);
            if left + own > line.width {
                break;
            }
            let texts = [
                ((*key).to_owned(), pen.paint.key()),
                (format!(" {does}"), Paint::DIM),
            ];
            left = put_all(buffer, line, left, &texts) + 2;
        }
    }
}
