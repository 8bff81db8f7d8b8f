//! What keys and the mouse do.

use ratatui::crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use ratatui::layout::Position;

use crate::watch::opened::Opened;
use crate::watch::opened::clipboard;
use crate::watch::opened::scrolling::Move;
use crate::watch::opened::tab::{GRAPHS, Tab};
use crate::watch::opened::words::filled;

/// Lines that the wheel goes, and columns that an arrow does.
const WHEEL: u64 = 3;
const ASIDE: i16 = 8;

/// What became of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// It says nothing here.
    Unused,
    /// It did something.
    Used,
    /// It leads back to the table.
    Leave,
}

impl Opened {
    /// Takes a key, or what the mouse did.
    pub fn press(&mut self, event: &Event) -> Press {
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => self.press_key(key),
            Event::Mouse(mouse) => self.press_mouse(*mouse),
            Event::Paste(pasted) => match &mut self.search.typed {
                Some(typed) => {
                    typed.extend(pasted.chars().filter(|letter| !letter.is_control()));
                    Press::Used
                }
                None => Press::Unused,
            },
            _ => Press::Unused,
        }
    }

    fn press_key(&mut self, key: &KeyEvent) -> Press {
        if key
            .modifiers
            .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT)
        {
            return Press::Unused;
        }
        if self.search.typed.is_some() {
            self.type_in(key.code);
            return Press::Used;
        }
        self.said = None;
        let page = self.extent.height.saturating_sub(1).max(1);
        match key.code {
            KeyCode::Esc if self.search.clear() => Press::Used,
            KeyCode::Esc | KeyCode::Backspace => Press::Leave,
            KeyCode::Up => self.go(Move::Up(1)),
            KeyCode::Down => self.go(Move::Down(1)),
            KeyCode::PageUp => self.go(Move::Up(page)),
            KeyCode::PageDown => self.go(Move::Down(page)),
            KeyCode::Home => self.go(Move::Begin),
            KeyCode::End => self.go(Move::End),
            KeyCode::Left => self.aside(-ASIDE),
            KeyCode::Right => self.aside(ASIDE),
            KeyCode::Tab => self.show_tab(self.tab.beside(true)),
            KeyCode::BackTab => self.show_tab(self.tab.beside(false)),
            KeyCode::Char(letter) => self.press_letter(letter),
            _ => Press::Unused,
        }
    }

    fn press_letter(&mut self, letter: char) -> Press {
        match letter {
            'h' if self.tab == Tab::Lines => self.form.header ^= true,
            'e' if self.tab == Tab::Lines => self.form.explain ^= true,
            'h' | 'e' => return self.show_tab(Tab::Lines),
            '/' => self.search.typed = Some(String::new()),
            'n' => self.find(true),
            'N' => self.find(false),
            'w' => self.said = Some(self.save()),
            'y' => self.copy_filter(),
            letter => match Tab::of_key(letter) {
                Some(Tab::Graph) if self.tab == Tab::Graph => {
                    self.graph = (self.graph + 1) % GRAPHS.len();
                }
                Some(tab) => return self.show_tab(tab),
                None => return Press::Unused,
            },
        }
        Press::Used
    }

    fn press_mouse(&mut self, mouse: MouseEvent) -> Press {
        match mouse.kind {
            MouseEventKind::ScrollUp => self.go(Move::Up(WHEEL)),
            MouseEventKind::ScrollDown => self.go(Move::Down(WHEEL)),
            MouseEventKind::Down(MouseButton::Left) => {
                let at = Position::new(mouse.column, mouse.row);
                let mut tabs = self.tabs.iter();
                let tab = tabs.find(|(place, _)| place.contains(at));
                match tab.map(|(_, tab)| *tab) {
                    Some(Tab::Graph) => self.press_letter(Tab::Graph.key()),
                    Some(tab) => self.show_tab(tab),
                    None => Press::Unused,
                }
            }
            _ => Press::Unused,
        }
    }

    fn show_tab(&mut self, tab: Tab) -> Press {
        if self.tab != tab {
            self.tab = tab;
            self.sheet = None;
            self.search.at = None;
        }
        Press::Used
    }

    fn go(&mut self, to: Move) -> Press {
        let place = &mut self.places[self.tab as usize];
        place.go(to, self.extent, self.tab.grows());
        Press::Used
    }

    fn aside(&mut self, columns: i16) -> Press {
        self.places[self.tab as usize].aside(columns);
        Press::Used
    }

    /// Takes a key of what is searched for.
    fn type_in(&mut self, code: KeyCode) {
        let Some(typed) = &mut self.search.typed else {
            return;
        };
        match code {
            KeyCode::Enter => {
                self.search.begin();
                self.find(true);
            }
            KeyCode::Esc => self.search.typed = None,
            KeyCode::Backspace if typed.pop().is_none() => self.search.typed = None,
            KeyCode::Char(letter) => typed.push(letter),
            _ => {}
        }
    }

    /// Goes to the next line that has what is searched for, or to the one before; from the
    /// end on at the beginning.
    fn find(&mut self, is_next: bool) {
        self.said = None;
        if self.search.pattern().is_empty() {
            return;
        }
        let (first, end) = self.numbers();
        let top = self.places[self.tab as usize].top(self.extent);
        let from = match (self.search.at, is_next) {
            (Some(at), true) => at + 1,
            (Some(at), false) => at,
            (None, _) => top,
        };
        let from = from.clamp(first, end);
        let line = |number| Some((number, self.line(number)?));
        let found = if is_next {
            let numbers = (from..end).chain(first..from);
            self.search.find(numbers.filter_map(line))
        } else {
            let numbers = (first..from).rev().chain((from..end).rev());
            self.search.find(numbers.filter_map(line))
        };
        if let Some(number) = found {
            self.search.at = Some(number);
            self.places[self.tab as usize].show(number, self.extent);
        } else {
            let pattern = [self.search.pattern().into()];
            self.said = Some(filled(self.words.not_found, &pattern));
        }
    }

    fn copy_filter(&mut self) {
        let filter = clipboard::filter(self.options.client, self.options.server);
        self.said = Some(match (self.copy)(&filter) {
            Ok(()) => filled(self.words.copied, &[(&filter).into()]),
            Err(error) => filled(self.words.not_copied, &[(&error.to_string()).into()]),
        });
    }
}
