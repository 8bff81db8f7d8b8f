//! The last line: what a key did, what is typed, which lines are seen.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;

use crate::watch::opened::Opened;
use crate::watch::opened::head::two_sided;
use crate::watch::opened::tab::Tab;
use crate::watch::opened::words::filled;

impl Opened {
    pub(super) fn draw_status(&self, frame: &mut Frame<'_>, area: Rect) {
        if area.height == 0 {
            return;
        }
        let dim = Style::default().add_modifier(Modifier::DIM);
        let left = match (&self.search.typed, &self.said) {
            (Some(typed), _) => Line::from(format!("/{typed}")),
            (None, Some(said)) => Line::from(said.clone()),
            (None, None) => Line::styled(self.hint(), dim),
        };
        if self.search.typed.is_some() {
            let columns = u16::try_from(left.width()).unwrap_or(u16::MAX);
            let x = area.x.saturating_add(columns);
            let x = x.min(area.right().saturating_sub(1));
            frame.set_cursor_position(Position { x, y: area.y });
        }
        let right = Line::styled(self.where_it_is(), dim);
        frame.render_widget(two_sided(left, right, area.width), area);
    }

    fn hint(&self) -> &'static str {
        match self.tab {
            Tab::Lines => self.words.keys_of_lines,
            _ => self.words.keys,
        }
    }

    /// How far it has read, or which lines are seen.
    fn where_it_is(&self) -> String {
        let (read, all) = (self.retelling.read_so_far(), self.frames.end());
        if read < all {
            return filled(self.words.reading, &[read.into(), all.into()]);
        }
        let (place, extent) = (self.places[self.tab as usize], self.extent);
        if extent.end - extent.first <= extent.height {
            return String::new();
        }
        if place.follows() && !self.options.is_over {
            return self.words.following.to_owned();
        }
        let top = place.top(extent);
        let last = (top + extent.height).min(extent.end);
        filled(
            self.words.lines_seen,
            &[(top + 1).into(), last.into(), extent.end.into()],
        )
    }
}
