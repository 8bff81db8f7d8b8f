//! The whole screen drawn: head, table or page, what is selected, keys.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use tcptrace::track::flow_id::FlowId;

use crate::watch::foot::{self, KeyLine};
use crate::watch::grouping::GroupedBy;
use crate::watch::head::{Going, HeadFacts};
use crate::watch::listed::Listed;
use crate::watch::opened;
use crate::watch::pages::TextPage;
use crate::watch::paint::Paint;
use crate::watch::text::{line, put};
use crate::watch::whole::{Showing, WatchScreen};

/// From so many lines on the selected connection is told in three, else in two; under
/// the least there is no room for it.
const TALL: u16 = 30;
const LEAST: u16 = 12;

impl WatchScreen {
    /// Draws everything.
    pub fn draw(&mut self, frame: &mut Frame<'_>) {
        let area = frame.area();
        let head = self.head(frame.buffer_mut(), area);
        let rest = below(area, head);
        let foot = line(area, area.height.saturating_sub(1));
        let room = Rect {
            height: rest.height.saturating_sub(1),
            ..rest
        };
        let now = self.now();
        if self.showing == Showing::Table
            && let Some((_, opened)) = &mut self.opened
        {
            opened.now(now);
            if self.going != Going::On {
                opened.finish();
            }
            opened.draw(frame, room);
            self.foot(frame.buffer_mut(), foot);
            return;
        }
        let buffer = frame.buffer_mut();
        match self.showing {
            Showing::Table if self.asking.grouped_by != GroupedBy::Nothing => {
                self.height = room.height.saturating_sub(1).into();
                self.draw_groups(buffer, room);
            }
            Showing::Table => self.draw_rows(buffer, room, area.height),
            Showing::Keys => {
                let page = TextPage::of_keys(&self.pen, &opened::keys(self.options.lang));
                self.page(buffer, room, &page);
            }
            Showing::Capture => {
                let capture = self.capture.as_deref();
                let page = TextPage::of_capture(&self.pen, &self.options.source, capture);
                self.page(buffer, room, &page);
            }
        }
        if let Some(column) = self.foot(buffer, foot) {
            frame.set_cursor_position(Position::new(foot.x + column, foot.y));
        }
    }

    /// The head; how many lines it took.
    fn head(&self, buffer: &mut Buffer, area: Rect) -> u16 {
        let now = self.now();
        let facts = HeadFacts {
            source: &self.options.source,
            filter: &self.options.filter,
            capture: self.capture.as_deref(),
            times: self.began.map(|began| (began, now.max(began))),
            tallied: self.board.tallies.all,
            left_out: self.board.left_out(),
            beset: self.board.tallies.beset(now),
            is_paused: self.held.is_some() || self.is_still,
            going: &self.going,
        };
        // The table keeps some lines.
        let height = facts.height(&self.pen).min(area.height / 3);
        let area = Rect { height, ..area };
        facts.draw(buffer, area, &self.pen);
        height
    }

    fn draw_rows(&mut self, buffer: &mut Buffer, room: Rect, screen: u16) {
        let detail = match screen {
            ..LEAST => 0,
            LEAST..TALL => 2,
            TALL.. => 3,
        };
        let table = Rect {
            height: room.height.saturating_sub(detail),
            ..room
        };
        self.height = table.height.saturating_sub(1).into();
        let count = self.order.len();
        let place = self.cursor.selected().map(|_| self.cursor.place());
        self.cursor.settle(place, count, self.height);
        let rows = self.visible();
        let selected = self.selected();
        let (pen, sorting) = (self.pen, self.asking.sorting);
        self.table
            .draw(buffer, table, &pen, sorting, &rows, selected);
        if count == 0 {
            let words = if self.board.len() == 0 {
                self.pen.own.no_connections
            } else {
                self.pen.own.none_pass
            };
            put(buffer, line(table, 1), 0, words, Paint::DIM);
        }
        let detail = below(room, table.height);
        if let Some(selected) = selected.and_then(|id| self.board.get(id, self.now())) {
            foot::draw_selected(buffer, detail, &self.pen, &selected);
        }
    }

    /// The connections in sight.
    fn visible(&mut self) -> Vec<Listed> {
        let (top, now) = (self.cursor.top(), self.now());
        let ids: Vec<_> = self.order.show(top..top + self.height).collect();
        ids.into_iter()
            .filter_map(|id| self.board.get(id, now))
            .collect()
    }

    /// The connection that is selected; the first one where none was.
    pub fn selected(&mut self) -> Option<FlowId> {
        let selected = self.cursor.selected().copied();
        selected.or_else(|| self.order.show(0..1).next())
    }

    fn draw_groups(&mut self, buffer: &mut Buffer, room: Rect) {
        let groups = &self.order.groups;
        let place = self
            .group_cursor
            .selected()
            .map(|_| self.group_cursor.place());
        self.group_cursor.settle(place, groups.len(), self.height);
        let top = self.group_cursor.top();
        let shown = top.min(groups.len())..(top + self.height).min(groups.len());
        let groups = &groups[shown];
        let first = groups.first().map(|(group, _)| group);
        let selected = self.group_cursor.selected().or(first);
        let by = (self.asking.grouped_by, self.asking.group_sorting);
        self.groups
            .draw(buffer, room, &self.pen, by, groups, selected);
        if groups.is_empty() {
            put(buffer, line(room, 1), 0, self.pen.own.none_pass, Paint::DIM);
        }
    }

    fn page(&mut self, buffer: &mut Buffer, room: Rect, page: &TextPage) {
        self.height = room.height.into();
        let top = self.page_top;
        self.page_most = page.draw(buffer, below(room, 1), &self.pen, top);
        self.page_top = top.min(self.page_most);
    }

    /// The last line; where the cursor stands in it.
    fn foot(&self, buffer: &mut Buffer, line: Rect) -> Option<u16> {
        let own = self.pen.own;
        let is_grouped = self.asking.grouped_by != GroupedBy::Nothing;
        let pause = if self.held.is_some() || self.is_still {
            own.key_go_on
        } else {
            own.key_pause
        };
        let open = if is_grouped {
            own.key_narrow
        } else {
            own.key_open
        };
        let of_table = [
            ("Enter", open),
            ("/", own.key_filter),
            ("< >", own.key_sort),
            ("g", own.key_group),
            ("p", pause),
            ("?", own.key_help),
            ("q", own.key_quit),
        ];
        let of_opened = [
            ("Esc", own.key_back),
            ("p", pause),
            ("?", own.key_help),
            ("q", own.key_quit),
        ];
        let of_page = [("Esc", own.key_back), ("q", own.key_quit)];
        let is_opened = self.opened.is_some();
        let is_table = self.showing == Showing::Table && !is_opened;
        let (top, count) = if is_grouped {
            (self.group_cursor.top(), self.order.groups.len())
        } else {
            (self.cursor.top(), self.order.len())
        };
        let last = (top + self.height).min(count);
        let foot = KeyLine {
            filter: if is_table { &self.typed } else { "" },
            is_typing: self.is_typing,
            keys: match self.showing {
                Showing::Table if is_opened => &of_opened,
                Showing::Table => &of_table,
                _ => &of_page,
            },
            rows: (is_table && count > 0).then_some((top + 1, last, count)),
        };
        foot.draw(buffer, line, &self.pen)
    }
}

/// What is left of an area below so many lines.
const fn below(area: Rect, lines: u16) -> Rect {
    let lines = if lines < area.height {
        lines
    } else {
        area.height
    };
    Rect {
        y: area.y + lines,
        height: area.height - lines,
        ..area
    }
}
