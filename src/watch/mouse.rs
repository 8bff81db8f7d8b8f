//! What the mouse does: the wheel scrolls, a click selects, opens and sorts.

use ratatui::crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use crate::watch::cursor::CursorMove;
use crate::watch::group_table::GroupSpot;
use crate::watch::steering::Wish;
use crate::watch::table::TableSpot;
use crate::watch::whole::{Showing, WatchScreen};

/// How many rows a turn of the wheel is.
const WHEEL: isize = 3;

impl WatchScreen {
    /// Takes what the mouse did.
    pub(super) fn mouse(&mut self, mouse: MouseEvent) -> Option<Wish> {
        let by = match mouse.kind {
            MouseEventKind::ScrollUp => -WHEEL,
            MouseEventKind::ScrollDown => WHEEL,
            MouseEventKind::Down(MouseButton::Left) => return self.click(mouse),
            _ => return None,
        };
        match self.showing {
            Showing::Table if self.is_grouped() => {
                let count = self.order.groups.len();
                let place = self.group_cursor.scroll(by, count, self.height);
                self.take_group(place);
            }
            Showing::Table => {
                let place = self.cursor.scroll(by, self.order.len(), self.height);
                self.take_row(place);
            }
            Showing::Keys | Showing::Capture => {
                let top = self.page_top.saturating_add_signed(by);
                self.page_top = top.min(self.page_most);
            }
        }
        None
    }

    fn click(&mut self, mouse: MouseEvent) -> Option<Wish> {
        if self.showing != Showing::Table {
            self.show(Showing::Table);
            return None;
        }
        if self.is_grouped() {
            return self.click_group(mouse);
        }
        match self.table.spot(mouse.column, mouse.row)? {
            TableSpot::Heading(column)
                if column == self.asking.sorting.column
                    || Some(column) == self.asking.sorting.column.stand_in() =>
            {
                self.reverse();
            }
            TableSpot::Heading(column) => self.sort_by(Some(column)),
            TableSpot::Line(nth) => {
                let id = self.table.at(nth)?;
                if self.cursor.selected() == Some(&id) {
                    return self.open(id).map(Wish::Ask);
                }
                self.go(CursorMove::To(self.cursor.top() + nth));
            }
        }
        None
    }

    fn click_group(&mut self, mouse: MouseEvent) -> Option<Wish> {
        match self.groups.spot(mouse.column, mouse.row)? {
            GroupSpot::Heading(column) if column == self.asking.group_sorting.column => {
                self.reverse();
            }
            GroupSpot::Heading(column) => self.sort_groups_by(Some(column)),
            GroupSpot::Line(nth) => {
                let place = self.group_cursor.top() + nth;
                let (group, _) = self.order.groups.get(place)?;
                if self.group_cursor.selected() == Some(group) {
                    return self.enter();
                }
                self.go(CursorMove::To(place));
            }
        }
        None
    }
}
