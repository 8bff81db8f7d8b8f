//! How the screen behaves: what is selected, what stands still, what is said.

use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{
    Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use ratatui::style::Color;
use tcptrace::capture::Statistics;
use tcptrace::sink::words::Lang;
use tcptrace::track::flow_id::FlowId;
use tcptrace::track::openness::Openness;

use crate::watch::column::Column;
use crate::watch::news::{News, Request};
use crate::watch::snapshots::{SORTS, blank, picture, screen_of, type_in};
use crate::watch::steering::Wish;
use crate::watch::trial;
use crate::watch::whole::WatchScreen;

fn all() -> WatchScreen {
    let mut screen = screen_of(Lang::En, &SORTS, None);
    picture(&mut screen, 120, 40);
    screen
}

fn press(screen: &mut WatchScreen, code: KeyCode) -> Option<Wish> {
    let wish = screen.press(&Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    picture(screen, 120, 40);
    wish
}

fn click(screen: &mut WatchScreen, column: u16, row: u16) -> Option<Wish> {
    let wish = screen.press(&Event::Mouse(MouseEvent {
        kind: MouseEventKind::Down(MouseButton::Left),
        column,
        row,
        modifiers: KeyModifiers::NONE,
    }));
    picture(screen, 120, 40);
    wish
}

#[test]
fn new_connections_do_not_move_what_is_selected() {
    let mut screen = all();
    press(&mut screen, KeyCode::Down);
    press(&mut screen, KeyCode::Down);
    let selected = screen.selected();
    let mut more = trial::flood(40);
    for row in &mut more {
        row.id.0 += 100;
    }
    screen.take(News::Rows(more));
    screen.pass(Duration::from_secs(1));
    let shown = picture(&mut screen, 120, 40);
    assert_eq!(screen.selected(), selected);
    assert!(shown.contains("55 connections"), "{shown}");
}

#[test]
fn the_newest_stands_at_the_top_where_nothing_is_selected() {
    let mut screen = all();
    let mut more = trial::flood(1);
    more[0].id.0 = 77;
    screen.take(News::Rows(more));
    screen.pass(Duration::from_secs(1));
    picture(&mut screen, 120, 40);
    assert_eq!(screen.selected(), Some(FlowId(77)));
}

#[test]
fn enter_and_a_second_click_open_a_connection_and_escape_closes_it() {
    let mut screen = all();
    press(&mut screen, KeyCode::Down);
    let id = screen.selected().unwrap();
    let open = Some(Wish::Ask(Request::Open(id)));
    assert_eq!(press(&mut screen, KeyCode::Enter), open);
    let close = Some(Wish::Ask(Request::Close));
    assert_eq!(press(&mut screen, KeyCode::Esc), close);
    // The heading is in the fourth line: a flaw stands above it.
    assert_eq!(click(&mut screen, 9, 6), None);
    let id = screen.selected().unwrap();
    let open = Some(Wish::Ask(Request::Open(id)));
    assert_eq!(click(&mut screen, 9, 6), open);
}

#[test]
fn a_click_on_a_heading_sorts_and_a_second_one_turns_the_order_round() {
    let mut screen = all();
    let heading = picture(&mut screen, 120, 40)
        .lines()
        .nth(3)
        .unwrap()
        .to_owned();
    let at = heading.find("verdict").unwrap();
    let at = u16::try_from(heading[..at].chars().count()).unwrap();
    click(&mut screen, at, 3);
    assert_eq!(screen.asking.sorting.column, Column::Verdict);
    let is_falling = screen.asking.sorting.is_falling;
    click(&mut screen, at, 3);
    assert_ne!(screen.asking.sorting.is_falling, is_falling);
}

#[test]
fn every_column_can_be_sorted_by() {
    let mut screen = all();
    let mut seen = vec![screen.asking.sorting.column];
    for _ in 0..40 {
        press(&mut screen, KeyCode::Char('>'));
        seen.push(screen.asking.sorting.column);
    }
    seen.dedup();
    assert_eq!(seen, Column::SORTED);
}

#[test]
fn while_the_picture_stands_still_news_wait() {
    let mut screen = all();
    press(&mut screen, KeyCode::Char('p'));
    let before = picture(&mut screen, 120, 40);
    screen.take(News::Rows(trial::flood(40)));
    screen.pass(Duration::from_secs(5));
    assert_eq!(picture(&mut screen, 120, 40), before);
    press(&mut screen, KeyCode::Char(' '));
    assert_ne!(picture(&mut screen, 120, 40), before);
}

#[test]
fn a_picture_that_stands_still_does_not_gather_without_end() {
    let mut screen = all();
    press(&mut screen, KeyCode::Char('p'));
    let mut taken = 0_u32;
    while screen.has_room() {
        let mut more = trial::flood(1_000);
        for row in &mut more {
            row.id.0 += taken;
        }
        taken += 1_000;
        screen.take(News::Rows(more));
    }
    assert!(taken < 100_000, "{taken}");
}

#[test]
fn what_a_connection_waits_for_is_counted_on_while_nothing_comes() {
    let mut screen = screen_of(Lang::En, &["captures/stalled.pcap"], Some(12));
    screen.time = crate::watch::pace::CaptureTime::new(Some(1.0));
    let rows = trial::TrialRows::of(&["captures/stalled.pcap"], Some(12)).rows;
    screen.take(News::Rows(rows));
    screen.pass(Duration::from_secs(2));
    let shown = picture(&mut screen, 120, 40);
    let told = "the server's window has been closed for 2.7 s";
    assert!(shown.contains(told), "{shown}");
}

#[test]
fn a_group_shows_its_connections() {
    let mut screen = all();
    type_in(&mut screen, "g\n");
    assert_eq!(screen.typed, "server:10.0.2.2:4453");
    picture(&mut screen, 120, 40);
    assert_eq!(screen.order.len(), 4);
    press(&mut screen, KeyCode::Esc);
    assert_eq!(screen.order.len(), 15);
}

#[test]
fn where_colours_are_refused_there_are_none() {
    for is_coloured in [true, false] {
        let mut screen = all();
        screen.pen.paint.is_coloured = is_coloured;
        let mut terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
        terminal.draw(|frame| screen.draw(frame)).unwrap();
        let mut cells = terminal.backend().buffer().content.iter();
        let has_colours = cells.any(|cell| [cell.fg, cell.bg] != [Color::Reset; 2]);
        assert_eq!(has_colours, is_coloured);
    }
}

#[test]
fn what_is_least_needed_gives_way_first_where_the_screen_is_narrow() {
    let mut screen = blank(Lang::En, Some(1.0));
    let mut capture = trial::TrialRows::of(&["captures/hello.pcap"], Some(1)).capture();
    capture.statistics = Some(Statistics {
        received: 123_456,
        dropped: 0,
        dropped_by_interface: 0,
    });
    screen.take(News::Capture(Box::new(capture)));
    let mut rows = trial::flood(60);
    for (row, openness) in rows.iter_mut().zip([
        Some(Openness::Open),
        Some(Openness::Open),
        Some(Openness::HalfOpen),
        None,
    ]) {
        row.openness = openness;
    }
    screen.take(News::Rows(rows));
    let said = [
        "2 open",
        "1 half-open",
        "56 not answered yet",
        "60 connections",
        "dropped 0",
        "received 123456",
        "1 over",
    ];
    for (width, count) in [(120, 7), (80, 5), (66, 4), (44, 3), (32, 2), (10, 1)] {
        let shown = picture(&mut screen, width, 24);
        let line = shown.lines().nth(1).unwrap();
        for (nth, words) in said.iter().enumerate() {
            assert_eq!(
                line.contains(words),
                nth < count,
                "{width}: {words}: {line}"
            );
        }
    }
}
