//! What keys do; the [mouse](crate::watch::mouse) does the same.

use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::watch::column::Column;
use crate::watch::cursor::CursorMove;
use crate::watch::grouping::{GroupColumn, GroupSorting, GroupedBy};
use crate::watch::news::Request;
use crate::watch::opened::Press;
use crate::watch::sorting::Sorting;
use crate::watch::whole::{Showing, WatchScreen};

/// The most that is typed of a filter.
const MOST_TYPED: usize = 200;

/// What the screen wants done that it cannot do itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Leave.
    Quit,
    /// Ask something of the run.
    Ask(Request),
    /// Draw everything anew, whatever stands there.
    Redraw,
    /// Stand still, and give the terminal back until the shell lets it go on.
    Suspend,
}

impl WatchScreen {
    /// Takes what was done to keys, mouse or terminal.
    pub fn press(&mut self, event: &Event) -> Option<Wish> {
        self.is_changed = true;
        if self.showing == Showing::Table
            && let Some((_, opened)) = &mut self.opened
        {
            return match opened.press(event) {
                Press::Used => None,
                Press::Leave => Some(Wish::Ask(self.close())),
                Press::Unused => self.opened_key(event),
            };
        }
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => self.key(*key),
            Event::Mouse(mouse) => self.mouse(*mouse),
            Event::Paste(text) if self.is_typing => {
                text.chars().for_each(|character| self.type_in(character));
                None
            }
            _ => None,
        }
    }

    /// What a key does while a connection is open that means nothing there.
    fn opened_key(&mut self, event: &Event) -> Option<Wish> {
        let Event::Key(key) = event else {
            return None;
        };
        if key.kind == KeyEventKind::Release {
            return None;
        }
        match key.code {
            KeyCode::Char('p' | ' ') => self.is_still = !self.is_still,
            KeyCode::Char('?' | 'c' | 'q') | KeyCode::F(1) => return self.key(*key),
            KeyCode::Char('l') if key.modifiers.contains(KeyModifiers::CONTROL) => {
                return Some(Wish::Redraw);
            }
            KeyCode::Char('z') if key.modifiers.contains(KeyModifiers::CONTROL) => {
                return Some(Wish::Suspend);
            }
            _ => {}
        }
        None
    }

    fn key(&mut self, key: KeyEvent) -> Option<Wish> {
        if key.modifiers.contains(KeyModifiers::CONTROL) {
            return match key.code {
                KeyCode::Char('c') => Some(Wish::Quit),
                KeyCode::Char('l') => Some(Wish::Redraw),
                KeyCode::Char('z') => Some(Wish::Suspend),
                KeyCode::Char('u') if self.is_typing => {
                    self.retype(String::new());
                    None
                }
                _ => None,
            };
        }
        if self.is_typing && self.is_typed(key.code) {
            return None;
        }
        match self.showing {
            Showing::Table => self.table_key(key.code),
            Showing::Keys | Showing::Capture => {
                self.page_key(key.code);
                None
            }
        }
    }

    /// Takes a key for the filter; whether it was for that.
    fn is_typed(&mut self, code: KeyCode) -> bool {
        match code {
            KeyCode::Char(character) => self.type_in(character),
            KeyCode::Backspace => {
                let mut typed = self.typed.clone();
                typed.pop();
                self.retype(typed);
            }
            KeyCode::Enter => self.is_typing = false,
            KeyCode::Esc => {
                self.is_typing = false;
                self.retype(String::new());
            }
            _ => return false,
        }
        true
    }

    fn type_in(&mut self, character: char) {
        if !character.is_control() && self.typed.len() < MOST_TYPED {
            self.retype(format!("{}{character}", self.typed));
        }
    }

    /// Filters by something else.
    fn retype(&mut self, typed: String) {
        self.typed = typed;
        self.table.shrink();
        self.ask();
    }

    fn page_key(&mut self, code: KeyCode) {
        let page = self.height.saturating_sub(1);
        self.page_top = match code {
            KeyCode::Up | KeyCode::Char('k') => self.page_top.saturating_sub(1),
            KeyCode::Down | KeyCode::Char('j') => self.page_top.saturating_add(1),
            KeyCode::PageUp => self.page_top.saturating_sub(page),
            KeyCode::PageDown | KeyCode::Char(' ') => self.page_top.saturating_add(page),
            KeyCode::Home => 0,
            KeyCode::End => self.page_most,
            KeyCode::Esc | KeyCode::Enter | KeyCode::Char('q' | '?' | 'c') => {
                self.show(Showing::Table);
                0
            }
            _ => self.page_top,
        };
        self.page_top = self.page_top.min(self.page_most);
    }

    pub(super) fn show(&mut self, showing: Showing) {
        self.showing = showing;
        self.page_top = 0;
        self.page_most = usize::MAX;
    }

    fn table_key(&mut self, code: KeyCode) -> Option<Wish> {
        match code {
            KeyCode::Char('q') => return Some(Wish::Quit),
            KeyCode::Char('?') | KeyCode::F(1) => self.show(Showing::Keys),
            KeyCode::Char('c') => self.show(Showing::Capture),
            KeyCode::Char('p' | ' ') => self.pause(),
            KeyCode::Char('/') => self.is_typing = true,
            KeyCode::Char('g') => self.group(self.asking.grouped_by.next()),
            KeyCode::Char('r') => self.reverse(),
            KeyCode::Char('<' | ',') | KeyCode::Left => self.sort_beside(-1),
            KeyCode::Char('>' | '.') | KeyCode::Right => self.sort_beside(1),
            KeyCode::Up | KeyCode::Char('k') => self.go(CursorMove::By(-1)),
            KeyCode::Down | KeyCode::Char('j') => self.go(CursorMove::By(1)),
            KeyCode::PageUp => self.go(CursorMove::Pages(-1)),
            KeyCode::PageDown => self.go(CursorMove::Pages(1)),
            KeyCode::Home => self.go(CursorMove::First),
            KeyCode::End => self.go(CursorMove::Last),
            KeyCode::Enter => return self.enter(),
            KeyCode::Esc if self.asking.grouped_by != GroupedBy::Nothing => {
                self.group(GroupedBy::Nothing);
            }
            KeyCode::Esc if !self.typed.is_empty() => self.retype(String::new()),
            _ => {}
        }
        None
    }

    pub(super) fn is_grouped(&self) -> bool {
        self.asking.grouped_by != GroupedBy::Nothing
    }

    fn group(&mut self, by: GroupedBy) {
        self.asking.grouped_by = by;
        self.order.groups.clear();
        self.group_cursor.reset();
        self.groups.shrink();
        self.ask();
    }

    /// Moves the selection.
    pub(super) fn go(&mut self, to: CursorMove) {
        let height = self.height;
        if self.is_grouped() {
            let place = self.group_cursor.go(to, self.order.groups.len(), height);
            self.take_group(place);
        } else {
            let place = self.cursor.go(to, self.order.len(), height);
            self.take_row(place);
        }
    }

    pub(super) fn take_row(&mut self, place: Option<usize>) {
        if let Some(place) = place {
            let id = self.order.show(place..place + 1).next();
            self.cursor.take(id);
        }
    }

    pub(super) fn take_group(&mut self, place: Option<usize>) {
        if let Some((group, _)) = place.and_then(|place| self.order.groups.get(place)) {
            self.group_cursor.take(Some(group.clone()));
        }
    }

    /// Opens what is selected.
    pub(super) fn enter(&mut self) -> Option<Wish> {
        if !self.is_grouped() {
            let id = self.selected()?;
            return self.open(id).map(Wish::Ask);
        }
        let place = self.group_cursor.place();
        let (group, _) = self.order.groups.get(place)?;
        let narrowing = group.narrowing();
        self.group(GroupedBy::Nothing);
        self.cursor.reset();
        self.retype(narrowing);
        None
    }

    pub(super) fn reverse(&mut self) {
        if self.is_grouped() {
            let sorting = &mut self.asking.group_sorting;
            sorting.is_reversed = !sorting.is_reversed;
            self.order.sort_groups(self.asking.group_sorting);
        } else {
            self.asking.sorting = self.asking.sorting.reversed();
        }
        self.ask();
    }

    /// Sorts by the column beside the one that it is sorted by.
    fn sort_beside(&mut self, by: isize) {
        if self.is_grouped() {
            let shown: Vec<_> = self.groups.columns().collect();
            let next = beside(&shown, &self.asking.group_sorting.column, by);
            self.sort_groups_by(next.copied());
        } else {
            let column = self.asking.sorting.column.stands_for();
            let next = beside(&Column::SORTED, &column, by);
            self.sort_by(next.copied());
        }
    }

    pub(super) fn sort_by(&mut self, column: Option<Column>) {
        if let Some(column) = column {
            self.asking.sorting = Sorting::by(column);
            self.ask();
        }
    }

    pub(super) fn sort_groups_by(&mut self, column: Option<GroupColumn>) {
        if let Some(column) = column {
            self.asking.group_sorting = GroupSorting {
                column,
                is_reversed: false,
            };
            self.order.sort_groups(self.asking.group_sorting);
            self.ask();
        }
    }
}

/// The one beside another, as far as there is one.
fn beside<'a, T: PartialEq>(all: &'a [T], one: &T, by: isize) -> Option<&'a T> {
    let place = all.iter().position(|other| other == one)?;
    all.get(place.checked_add_signed(by)?)
}
