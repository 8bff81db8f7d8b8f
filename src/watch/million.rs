//! A million connections on the screen: what a key press costs.

use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use tcptrace::sink::words::Lang;

use crate::watch::board::MOST;
use crate::watch::news::News;
use crate::watch::snapshots::{picture, screen_of};
use crate::watch::trial;
use crate::watch::whole::WatchScreen;

fn screen(count: usize) -> WatchScreen {
    let mut screen = screen_of(Lang::En, &["captures/hello.pcap"], None);
    let rows = trial::rows("captures/backlog.pcap");
    let mut id = 0;
    while (id as usize) < count {
        let more = (0..1_000).map(|_| {
            id += 1;
            let mut row = rows[id as usize % rows.len()].clone();
            row.id.0 = id;
            let port = u16::try_from(id.wrapping_mul(7_919) % 65_521).unwrap();
            row.client.addr.set_port(port);
            row.client.octets = u64::from(id.wrapping_mul(2_654_435_761) >> 12);
            row
        });
        let more = more.collect();
        screen.take(News::Rows(more));
    }
    picture(&mut screen, 120, 40);
    screen
}

/// How long a key takes until what it does is drawn, and the longest piece of that
/// between two looks at the keyboard.
fn press(screen: &mut WatchScreen, code: KeyCode) -> (Duration, Duration) {
    let mut terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
    let start = Instant::now();
    let mut longest = Duration::ZERO;
    screen.press(&Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    loop {
        let piece = Instant::now();
        let is_looking = screen.look();
        terminal.draw(|frame| screen.draw(frame)).unwrap();
        longest = longest.max(piece.elapsed());
        if !is_looking {
            return (start.elapsed(), longest);
        }
    }
}

#[test]
fn a_key_press_does_not_wait_for_many_rows() {
    let mut screen = screen(100_000);
    for key in ['>', '>', 'r', 'g', 'g', 'g'] {
        let (_, longest) = press(&mut screen, KeyCode::Char(key));
        assert!(longest < Duration::from_millis(500), "{key}: {longest:?}");
    }
    for code in [KeyCode::End, KeyCode::PageUp, KeyCode::Home] {
        let (_, longest) = press(&mut screen, code);
        assert!(longest < Duration::from_millis(500), "{code}: {longest:?}");
    }
}

/// Says what each costs with a million: `cargo test --release --bin tcptrace million --
/// --ignored --nocapture`.
#[test]
#[ignore = "it takes half a gigabyte, and tells times that are the machine's"]
fn a_million_rows_scroll() {
    let start = Instant::now();
    let mut screen = screen(MOST + 1_000);
    println!("taken in {:?}", start.elapsed());
    assert_eq!(screen.board.len(), MOST);
    let codes = [
        KeyCode::Char('>'),
        KeyCode::Char('>'),
        KeyCode::Char('r'),
        KeyCode::End,
        KeyCode::PageUp,
        KeyCode::Up,
        KeyCode::Home,
        KeyCode::PageDown,
        KeyCode::Char('g'),
        KeyCode::Esc,
        KeyCode::Char('/'),
        KeyCode::Char('4'),
        KeyCode::Char('4'),
    ];
    for code in codes {
        let (all, longest) = press(&mut screen, code);
        println!("{code}: drawn after {all:?}, in pieces of {longest:?} at most");
    }
}
