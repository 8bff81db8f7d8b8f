//! No key brings a panic, at any size.

use proptest::prelude::*;
use ratatui::crossterm::event::{
    Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use tcptrace::sink::words::Lang;

use super::{drawn, first_of};

fn event() -> impl Strategy<Value = Event> {
    let key = |code| Event::Key(KeyEvent::new(code, KeyModifiers::NONE));
    let letters = prop_oneof![
        proptest::sample::select("ldsgtrkhe/nNyqp?".chars().collect::<Vec<_>>()),
        any::<char>(),
    ];
    let others = proptest::sample::select(vec![
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
        KeyCode::Backspace,
        KeyCode::Esc,
        KeyCode::F(1),
    ]);
    let mouse = (0_u16..200, 0_u16..60, 0..3).prop_map(|(column, row, kind)| {
        Event::Mouse(MouseEvent {
            kind: match kind {
                0 => MouseEventKind::ScrollUp,
                1 => MouseEventKind::ScrollDown,
                _ => MouseEventKind::Down(MouseButton::Left),
            },
            column,
            row,
            modifiers: KeyModifiers::NONE,
        })
    });
    // `w` writes files, and has a test of its own.
    let letters = letters.prop_filter("no file", |letter| *letter != 'w');
    prop_oneof![
        5 => letters.prop_map(move |letter| key(KeyCode::Char(letter))),
        5 => others.prop_map(key),
        1 => mouse,
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_keys_at_any_size_bring_a_panic(
        recording in proptest::sample::select(vec!["lost.pcap", "chat.pcap", "refused.pcap"]),
        is_chinese in any::<bool>(),
        steps in proptest::collection::vec((event(), 1_u16..90, 1_u16..40), 1..12),
    ) {
        let lang = if is_chinese { Lang::Zh } else { Lang::En };
        let recorded = first_of(recording);
        let mut opened = recorded.opened(lang);
        opened.missing(u64::from(is_chinese));
        for (event, width, height) in steps {
            opened.press(&event);
            drawn(&mut opened, (width, height));
        }
    }
}
