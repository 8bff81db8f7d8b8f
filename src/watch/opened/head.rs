//! What stands above the tabs: who with whom, what has become of it, what it waits for now.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use tcptrace::sink::duration::shown;
use tcptrace::sink::sentence;
use tcptrace::sink::tone::Tone;
use tcptrace::time::Span as Time;
use tcptrace::track::connection::Connection;
use tcptrace::track::dir::Dir;
use tcptrace::track::flow::Flow;
use tcptrace::track::openness::Openness;
use tcptrace::track::verdict::Verdict;

use crate::watch::listed::Progressed;
use crate::watch::opened::Opened;
use crate::watch::opened::tab::{self, GRAPHS, Tab};
use crate::watch::opened::words::filled;
use crate::watch::paint::Paint;
use crate::watch::words::{self, said};

/// Fewer lines than these leave no room for more than the first line and what is shown.
const FEW: u16 = 8;

/// Head, body and last line of an area; the head has so many lines at most.
pub fn rows(area: Rect, head: u16) -> [Rect; 3] {
    let [head, last] = match area.height {
        0..=2 => [0, 0],
        3..=FEW => [1, 1],
        _ => [head, 1],
    };
    let rows = [
        Constraint::Length(head),
        Constraint::Min(0),
        Constraint::Length(last),
    ];
    Layout::vertical(rows).areas(area)
}

impl Opened {
    /// How many lines the head has.
    pub(super) fn head_lines(&self) -> u16 {
        let owners = u16::from(self.owners().is_some());
        let missing = u16::from(self.frames_missing() > 0);
        3 + owners + missing
    }

    pub(super) fn draw_head(&mut self, frame: &mut Frame<'_>, area: Rect) {
        self.tabs.clear();
        let mut lines = vec![self.title(area.width)];
        if area.height > 1 {
            lines.push(self.states(area.width));
            lines.extend(self.owners());
            if self.frames_missing() > 0 {
                let missing = [self.frames_missing().into()];
                let said = filled(self.words.missing, &missing);
                lines.push(Line::styled(said, self.paint().tone(Tone::Odd)));
            }
        }
        for (line, row) in lines.iter().zip(area.rows()) {
            frame.render_widget(line, row);
        }
        if let Some(row) = area.rows().nth(lines.len()) {
            self.draw_tabs(frame, row);
        }
    }

    /// How it is painted.
    pub(super) const fn paint(&self) -> Paint {
        Paint {
            is_coloured: self.options.is_coloured,
        }
    }

    /// Who with whom, and what has become of it.
    fn title(&self, width: u16) -> Line<'static> {
        let options = &self.options;
        let ends = format!("#{} {} → {}", options.id.0, options.client, options.server);
        let bold = Style::default().add_modifier(Modifier::BOLD);
        let left = Line::styled(ends, bold);
        let Some(connection) = self.present() else {
            return left;
        };
        let flow = &connection.flow;
        let verdict = Verdict::of(flow);
        let tone = Progressed::with(Openness::of(flow), verdict, self.is_final).tone(verdict);
        let word = sentence::word_of(flow, options.lang.words());
        let right = Line::from(vec![
            Span::styled(word, self.paint().tone(tone)),
            Span::raw(format!("  {}", self.lasted(flow))),
        ]);
        two_sided(left, right, width)
    }

    /// How long it lasted, or has lasted until now. Beside what became of it no other
    /// time is to be taken for that.
    fn lasted(&self, flow: &Flow) -> String {
        let own = words::words(self.options.lang);
        let now = self.shown_at().filter(|_| Openness::of(flow).is_some());
        let end = now.map_or(flow.last, |now| now.max(flow.last));
        let time = shown(end - flow.began);
        if now.is_some() {
            format!("{} {time}", own.age)
        } else {
            said(own.lasted, &[(&time).into()])
        }
    }

    /// The states of both ends, and what is waited for now.
    fn states(&self, width: u16) -> Line<'static> {
        let Some(connection) = self.present() else {
            return Line::from(self.words.nothing_yet);
        };
        let (flow, words) = (&connection.flow, self.options.lang.words());
        let [client, server] =
            [flow.client.state, flow.server.state].map(|state| words.state(state));
        let (at_client, at_server) = (words.count.client, words.count.server);
        let left = Line::from(format!("{at_client} {client}   {at_server} {server}"));
        let right = self.waiting(&connection).unwrap_or_default();
        two_sided(left, Line::from(right), width)
    }

    /// What it waits for now.
    fn waiting(&self, connection: &Connection) -> Option<String> {
        let (cause, since) = connection.waits_for()?;
        let now = self.shown_at().unwrap_or(connection.flow.last);
        let time = Time((now - since).0.max(0));
        let cause = self.options.lang.words().time_spent.by(cause);
        Some(filled(self.words.waits, &[cause.into(), time.into()]))
    }

    /// Whose sockets they are, where the kernel has told.
    fn owners(&self) -> Option<Line<'static>> {
        let connection = self.record.as_deref()?;
        let words = self.options.lang.words();
        let ends = [Dir::ToServer, Dir::ToClient].into_iter();
        let ends = ends.filter_map(|dir| {
            let owner = connection.socket_of(dir)?.owner.as_ref()?;
            let owner = sentence::owner(owner, true, words);
            Some(format!("{} {owner}", words.sender(dir)))
        });
        let said = ends.collect::<Vec<_>>().join("   ");
        (!said.is_empty()).then(|| Line::from(said))
    }

    /// The tabs, and a line behind them.
    fn draw_tabs(&mut self, frame: &mut Frame<'_>, row: Rect) {
        let dim = Style::default().add_modifier(Modifier::DIM);
        let mut x = row.x;
        for tab in Tab::ALL {
            let name = match tab {
                Tab::Graph if self.tab == tab => tab::graph_name(GRAPHS[self.graph], self.words),
                _ => tab.name(self.words),
            };
            let label = Span::raw(format!(" {} {name} ", tab.key()));
            let width = u16::try_from(label.width()).unwrap_or(u16::MAX);
            let place = Rect { x, width, ..row }.intersection(row);
            let style = if self.tab == tab {
                Style::default().add_modifier(Modifier::REVERSED | Modifier::BOLD)
            } else {
                Style::default()
            };
            frame.render_widget(label.style(style), place);
            self.tabs.push((place, tab));
            x = x.saturating_add(width);
        }
        let behind = row.right().saturating_sub(x);
        let rest = Rect {
            x,
            width: behind,
            ..row
        }
        .intersection(row);
        let line = Span::styled("─".repeat(behind.into()), dim);
        frame.render_widget(line, rest);
    }
}

/// A line with something at its right end, for which the left gives way.
pub fn two_sided(left: Line<'static>, right: Line<'static>, width: u16) -> Line<'static> {
    let width = usize::from(width);
    let room = width.saturating_sub(right.width() + 2);
    if right.width() == 0 || room == 0 {
        return left;
    }
    let mut line = shortened(left, room);
    let gap = width.saturating_sub(line.width() + right.width());
    line.spans.push(Span::raw(" ".repeat(gap)));
    line.spans.extend(right.spans);
    line
}

/// A line that is no wider than so many columns; what does not fit is not silently cut.
fn shortened(line: Line<'static>, columns: usize) -> Line<'static> {
    if line.width() <= columns {
        return line;
    }
    let style = line.style;
    let mut left = columns.saturating_sub(1);
    let mut spans = Vec::new();
    'all: for span in line.spans {
        let mut text = String::new();
        for letter in span.content.chars() {
            let width = Span::raw(letter.to_string()).width();
            if width > left {
                spans.push(Span::styled(text + "…", span.style));
                break 'all;
            }
            left -= width;
            text.push(letter);
        }
        spans.push(Span::styled(text, span.style));
    }
    Line::from(spans).style(style)
}
