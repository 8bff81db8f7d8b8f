//! Pages that stand over the table: the keys, and the capture itself.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use tcptrace::sink::sentence;
use tcptrace::sink::tone::Tone;

use crate::watch::cells::CellPen;
use crate::watch::news::CaptureNews;
use crate::watch::paint::Paint;
use crate::watch::text::{line, put, width, wrapped};
use crate::watch::words::said;

/// How wide keys and the words of filters are.
const KEYS: u16 = 20;
/// Lines are not wider than this: longer ones are hard to read.
const MOST_WIDTH: u16 = 110;

/// A line of a page: a key or a word, and what it does; or a text alone.
#[derive(Debug, Clone)]
struct PageLine {
    key: String,
    text: String,
    style: Style,
    /// How far the text is from the left edge.
    left: u16,
}

/// A page.
#[derive(Debug, Clone, Default)]
pub struct TextPage {
    lines: Vec<PageLine>,
}

impl TextPage {
    fn title(&mut self, text: &str) {
        if !self.lines.is_empty() {
            self.text("", Paint::PLAIN);
        }
        self.text(text, Paint::STRONG);
    }

    fn text(&mut self, text: &str, style: Style) {
        self.lines.push(PageLine {
            key: String::new(),
            text: text.to_owned(),
            style,
            left: 0,
        });
    }

    fn key(&mut self, key: &str, text: &str) {
        self.lines.push(PageLine {
            key: key.to_owned(),
            text: text.to_owned(),
            style: Paint::PLAIN,
            left: KEYS.max(width(key)) + 2,
        });
    }

    /// The keys, the words of filters, and what columns tell. `opened` are the keys of a
    /// connection that is open.
    pub fn of_keys(pen: &CellPen, opened: &[(&str, &str)]) -> Self {
        let (own, words) = (pen.own, pen.words);
        let mut page = Self::default();
        page.title(own.help_table);
        for (key, text) in [
            ("↑ ↓  k j", own.help_move),
            ("PgUp PgDn", own.help_page),
            ("Home End", own.help_ends),
            ("Enter", own.help_open),
            ("Esc", own.help_back),
            ("< >", own.help_sort),
            ("r", own.help_reverse),
            ("/", own.help_filter),
            ("g", own.help_group),
            ("p  Space", own.help_pause),
            ("c", own.help_capture),
            ("Ctrl-L", own.help_redraw),
            ("Ctrl-Z", own.help_suspend),
            ("?", own.help_help),
            ("q  Ctrl-C", own.help_quit),
        ] {
            page.key(key, text);
        }
        page.text(own.help_mouse, Paint::PLAIN);
        page.title(own.help_filter_title);
        for (word, text) in [
            ("443 curl refused", own.help_filter_any),
            ("port:443", own.help_filter_port),
            ("client: server:", own.help_filter_end),
            ("process: verdict: state:", own.help_filter_of),
            ("-refused", own.help_filter_not),
            (">1s", own.help_filter_longer),
        ] {
            page.key(word, text);
        }
        page.title(own.help_columns_title);
        let rates = format!(
            "{}  {}",
            words.timing.rate_to_server, words.timing.rate_to_client
        );
        for (column, text) in [
            (own.states, own.help_states),
            (rates.as_str(), own.help_rate),
            (own.in_flight, own.help_in_flight),
            (own.waits_for, own.help_waits),
            (words.time_spent.column, own.help_limited),
            (own.held_by, own.help_held),
        ] {
            page.key(column, text);
        }
        if !opened.is_empty() {
            page.title(own.help_opened_title);
            for (key, text) in opened {
                page.key(key, text);
            }
        }
        page
    }

    /// What was counted of a capture, and all that is wrong with it.
    pub fn of_capture(pen: &CellPen, source: &str, capture: Option<&CaptureNews>) -> Self {
        let own = pen.own;
        let mut page = Self::default();
        page.title(own.capture_title);
        page.text(source, Paint::PLAIN);
        let Some(capture) = capture else {
            page.text(own.waiting, Paint::PLAIN);
            return page;
        };
        page.text(&sentence::totals(&capture.totals, pen.words), Paint::PLAIN);
        if let Some(kernel) = capture.statistics {
            let counters = [
                (own.received, kernel.received),
                (own.dropped, kernel.dropped),
                (own.dropped_by_interface, kernel.dropped_by_interface),
            ];
            let counters = counters.map(|(words, count)| said(words, &[count.into()]));
            page.text(&counters.join(pen.words.count.comma), Paint::PLAIN);
        }
        page.text("", Paint::PLAIN);
        let odd = pen.paint.tone(Tone::Odd);
        let given_up = capture.totals.given_up;
        if given_up > 0 {
            page.text(&said(own.given_up, &[given_up.into()]), odd);
        }
        let flaws: Vec<_> = sentence::flaws(&capture.flaws, pen.words).collect();
        if flaws.is_empty() && given_up == 0 {
            page.text(own.no_flaws, Paint::PLAIN);
        }
        for flaw in flaws {
            page.text(&flaw, odd);
        }
        page
    }

    /// Draws it from its line `top` on; the last line that can be the top.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, pen: &CellPen, top: usize) -> usize {
        let area = Rect {
            width: area.width.min(MOST_WIDTH),
            ..area
        };
        let lines: Vec<_> = self
            .lines
            .iter()
            .flat_map(|line| broken(line, area.width))
            .collect();
        let most = lines.len().saturating_sub(area.height.into());
        let shown = lines.iter().skip(top.min(most));
        for (nth, one) in (0..area.height).zip(shown) {
            let line = line(area, nth);
            put(buffer, line, 0, &one.key, pen.paint.key());
            put(buffer, line, one.left, &one.text, one.style);
        }
        most
    }
}

/// A line in as many as it needs.
fn broken(line: &PageLine, room: u16) -> Vec<PageLine> {
    let texts = wrapped(&line.text, room.saturating_sub(line.left).max(8));
    let pieces = texts.into_iter().enumerate();
    let piece = |(nth, text): (usize, String)| PageLine {
        key: if nth == 0 {
            line.key.clone()
        } else {
            String::new()
        },
        text,
        ..line.clone()
    };
    pieces.map(piece).collect()
}
