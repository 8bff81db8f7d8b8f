//! The lines of the tab that is shown, as many as there is room for.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use crate::watch::opened::Opened;
use crate::watch::opened::scrolling::ScrollExtent;
use crate::watch::opened::tab::Tab;

impl Opened {
    pub(super) fn draw_body(&mut self, frame: &mut Frame<'_>, area: Rect) {
        let (first, end) = self.numbers();
        let height = area.height.into();
        self.extent = ScrollExtent { first, end, height };
        let place = self.places[self.tab as usize];
        let top = place.top(self.extent);
        let shown = (top..end).take(area.height.into());
        let lines = shown.filter_map(|number| self.line(number));
        let lines: Vec<_> = lines.map(|line| self.search.marked(line)).collect();
        let beyond = usize::from(place.left) + usize::from(area.width);
        let is_cut: Vec<_> = lines.iter().map(|line| line.width() > beyond).collect();
        frame.render_widget(Paragraph::new(lines).scroll((0, place.left)), area);
        for (row, _) in area.rows().zip(is_cut).filter(|(_, is_cut)| *is_cut) {
            more(frame, row);
        }
    }

    /// The number of the first line of the tab, and the one behind its last.
    pub(super) fn numbers(&self) -> (u64, u64) {
        match (self.tab, &self.sheet) {
            (Tab::Lines, _) => (self.retelling.roll().first(), self.retelling.roll().end()),
            (_, Some(sheet)) => (0, sheet.lines.len() as u64),
            (_, None) => (0, 0),
        }
    }

    /// A line of the tab, with the library's colours.
    pub(super) fn line(&self, number: u64) -> Option<&str> {
        if self.tab == Tab::Lines {
            return self.retelling.roll().line(number);
        }
        let lines = &self.sheet.as_ref()?.lines;
        let line = lines.get(usize::try_from(number).ok()?)?;
        Some(line)
    }
}

/// Marks a row that goes on behind its last column.
fn more(frame: &mut Frame<'_>, row: Rect) {
    let Some(last) = row.columns().next_back() else {
        return;
    };
    let dim = Style::default().add_modifier(Modifier::DIM);
    frame.render_widget(Line::from(Span::styled("›", dim)), last);
}
