//! Whatever may be done to keys and mouse, for tests of what stands that.

use proptest::prelude::*;
use ratatui::crossterm::event::{
    Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

/// Keys, of which these letters mean something, and now and then the mouse.
pub fn any_event(letters: &'static str) -> impl Strategy<Value = Event> {
    prop_oneof![8 => key(letters), 3 => mouse()]
}

fn key(letters: &'static str) -> impl Strategy<Value = Event> {
    let code = prop_oneof![
        4 => prop::sample::select(vec![
            KeyCode::Up,
            KeyCode::Down,
            KeyCode::Left,
            KeyCode::Right,
            KeyCode::PageUp,
            KeyCode::PageDown,
            KeyCode::Home,
            KeyCode::End,
            KeyCode::Tab,
            KeyCode::BackTab,
            KeyCode::Enter,
            KeyCode::Esc,
            KeyCode::Backspace,
            KeyCode::F(1),
        ]),
        6 => prop::sample::select(letters.chars().collect::<Vec<_>>()).prop_map(KeyCode::Char),
        // `w` writes files, and has a test of its own.
        1 => any::<char>().prop_filter("no file", |letter| *letter != 'w').prop_map(KeyCode::Char),
    ];
    let modifiers = prop_oneof![
        8 => Just(KeyModifiers::NONE),
        1 => Just(KeyModifiers::CONTROL),
        1 => Just(KeyModifiers::SHIFT),
    ];
    (code, modifiers).prop_map(|(code, modifiers)| Event::Key(KeyEvent::new(code, modifiers)))
}

fn mouse() -> impl Strategy<Value = Event> {
    let kind = prop::sample::select(vec![
        MouseEventKind::ScrollUp,
        MouseEventKind::ScrollDown,
        MouseEventKind::Down(MouseButton::Left),
        MouseEventKind::Moved,
    ]);
    (kind, 0..210_u16, 0..60_u16).prop_map(|(kind, column, row)| {
        Event::Mouse(MouseEvent {
            kind,
            column,
            row,
            modifiers: KeyModifiers::NONE,
        })
    })
}
