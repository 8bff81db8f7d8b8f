//! Pictures of the screen as they were recorded, in `tests/screens/table/`: what is drawn of
//! recordings, at three sizes. To accept new ones: `BLESS=1 cargo test --bin tcptrace
//! snapshots`, then read the diff.

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs};

use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use tcptrace::capture::Statistics;
use tcptrace::sink::words::Lang;
use tcptrace::time::Span;
use tcptrace::track::flaws::Flaws;

use crate::watch::news::News;
use crate::watch::trial::{self, TrialRows};
use crate::watch::whole::{ScreenOptions, WatchScreen};

/// The sizes at which pictures are recorded.
const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 50)];

/// Recordings of all sorts.
pub const SORTS: [&str; 12] = [
    "captures/hello.pcap",
    "captures/backlog.pcap",
    "captures/refused.pcap",
    "captures/lost.pcap",
    "captures/ipv6.pcap",
    "captures/reset.pcap",
    "captures/half-close.pcapng",
    "captures/mirrored.pcap",
    "captures/late-answer.pcap",
    "captures/black-hole.pcap",
    "captures/small-window.pcap",
    "captures/stalled.pcap",
];

/// A screen of recordings up to some frame.
pub fn screen_of(lang: Lang, recordings: &[&str], most: Option<u64>) -> WatchScreen {
    let recorded = TrialRows::of(recordings, most);
    let mut screen = blank(lang, None);
    screen.take(News::Capture(Box::new(recorded.capture())));
    screen.take(News::Rows(recorded.rows));
    screen
}

/// A screen that knows nothing.
pub fn blank(lang: Lang, pace: Option<f64>) -> WatchScreen {
    WatchScreen::new(ScreenOptions {
        lang,
        is_coloured: true,
        source: "recordings".to_owned(),
        filter: "tcp".to_owned(),
        is_live: pace.is_some(),
        zone: TimeZone::UTC,
        pace,
    })
}

/// What the keys of a text do: `\n` is Enter, and `\u{1b}` Escape.
pub fn type_in(screen: &mut WatchScreen, keys: &str) {
    for character in keys.chars() {
        let code = match character {
            '\n' => KeyCode::Enter,
            '\u{1b}' => KeyCode::Esc,
            '↓' => KeyCode::Down,
            other => KeyCode::Char(other),
        };
        screen.press(&Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
        picture(screen, 80, 24);
    }
}

/// The screen at a size, in lines without what is blank at their ends.
pub fn picture(screen: &mut WatchScreen, width: u16, height: u16) -> String {
    while screen.look() {}
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| screen.draw(frame)).unwrap();
    let buffer = terminal.backend().buffer();
    let mut picture = String::new();
    for row in buffer.content.chunks(width.max(1).into()) {
        let mut line = String::new();
        let mut skip = 0;
        for cell in row {
            if skip == 0 {
                line.push_str(cell.symbol());
                skip = crate::watch::text::width(cell.symbol()).max(1);
            }
            skip -= 1;
        }
        picture.push_str(line.trim_end());
        picture.push('\n');
    }
    picture
}

fn recorded(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screens/table");
    folder.join(format!("{name}.txt"))
}

/// Holds pictures of a screen against those that were recorded.
fn compare(name: &str, screen: &mut WatchScreen) {
    for (width, height) in SIZES {
        screen.table.shrink();
        let shown = picture(screen, width, height);
        let path = recorded(&format!("{name}.{width}x{height}"));
        if env::var_os("BLESS").is_some() {
            fs::write(&path, &shown).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert!(expected == shown, "{}:\n{shown}", path.display());
    }
}

#[test]
fn the_table_looks_as_recorded() {
    compare("table", &mut screen_of(Lang::En, &SORTS, None));
    compare("table-zh", &mut screen_of(Lang::Zh, &SORTS, None));
}

#[test]
fn a_connection_that_is_selected_is_told_in_full() {
    let mut screen = screen_of(Lang::En, &["captures/stalled.pcap"], Some(12));
    compare("stalled", &mut screen);
    let mut screen = screen_of(Lang::Zh, &["captures/stalled.pcap"], Some(12));
    compare("stalled-zh", &mut screen);
    let mut screen = screen_of(Lang::En, &SORTS, None);
    type_in(&mut screen, "↓↓↓");
    compare("selected", &mut screen);
}

#[test]
fn a_sorted_table_looks_as_recorded() {
    let mut screen = screen_of(Lang::En, &SORTS, None);
    type_in(&mut screen, ">>");
    compare("sorted-by-server", &mut screen);
    type_in(&mut screen, ">>>r");
    compare("sorted-by-verdict", &mut screen);
}

#[test]
fn a_filtered_table_looks_as_recorded() {
    let mut screen = screen_of(Lang::En, &SORTS, None);
    type_in(&mut screen, "/127.0.0.1 -closed");
    compare("typing", &mut screen);
    type_in(&mut screen, "\n");
    compare("filtered", &mut screen);
}

#[test]
fn groups_look_as_recorded() {
    let mut screen = screen_of(Lang::En, &SORTS, None);
    type_in(&mut screen, "g");
    compare("by-server", &mut screen);
    type_in(&mut screen, "g");
    compare("by-process", &mut screen);
}

#[test]
fn pages_look_as_recorded() {
    let mut screen = screen_of(Lang::En, &SORTS, None);
    type_in(&mut screen, "?");
    compare("help", &mut screen);
    type_in(&mut screen, "\u{1b}c");
    compare("capture", &mut screen);
    let mut screen = screen_of(Lang::Zh, &SORTS, None);
    type_in(&mut screen, "?");
    compare("help-zh", &mut screen);
}

#[test]
fn a_picture_that_stands_still_says_so() {
    let mut screen = screen_of(Lang::En, &["captures/backlog.pcap"], None);
    type_in(&mut screen, "p");
    screen.take(News::Rows(trial::flood(300)));
    screen.pass(Duration::from_secs(9));
    compare("paused", &mut screen);
}

#[test]
fn a_flood_looks_as_recorded() {
    let mut screen = blank(Lang::En, Some(1.0));
    let mut capture = TrialRows::of(&["captures/hello.pcap"], Some(1)).capture();
    capture.statistics = Some(Statistics {
        received: 1_234,
        dropped: 56,
        dropped_by_interface: 0,
    });
    screen.take(News::Capture(Box::new(capture)));
    screen.take(News::Rows(trial::flood(150)));
    compare("flood", &mut screen);
}

/// Lessons as they go on at once: how many frames of each have come, and how many seconds
/// ago the latest was.
const LESSONS: [(&str, Option<u64>, i64); 8] = [
    ("captures/hello.pcap", None, 41),
    ("captures/refused.pcap", None, 33),
    ("captures/reset.pcap", None, 14),
    ("captures/idle.pcap", Some(3), 9),
    ("captures/half-close.pcapng", Some(7), 6),
    ("captures/lost.pcap", Some(10), 1),
    ("captures/refused.pcap", Some(1), 0),
    ("captures/stalled.pcap", Some(12), 4),
];

#[test]
fn lessons_that_go_on_look_as_recorded() {
    let mut screen = blank(Lang::En, Some(1.0));
    "lo".clone_into(&mut screen.options.source);
    screen.options.filter.clear();
    let now = TrialRows::of(&["captures/chat.pcap"], None)
        .capture()
        .latest;
    let mut frames = 0;
    for (recording, most, ago) in LESSONS {
        let recorded = TrialRows::of(&[recording], most);
        let mut capture = recorded.capture();
        frames += capture.totals.frames;
        let shift = now + Span(-ago * 1_000_000_000) - capture.latest;
        capture.latest = now;
        capture.totals.frames = frames;
        capture.flaws = Flaws::default();
        capture.statistics = Some(Statistics {
            received: frames,
            dropped: 0,
            dropped_by_interface: 0,
        });
        screen.take(News::Capture(Box::new(capture)));
        let first = screen.board.len();
        let rows = (first..).zip(recorded.rows).map(|(id, mut row)| {
            row.id.0 = u32::try_from(id).unwrap();
            row.began = row.began + shift;
            row.last = row.last + shift;
            row.waiting = row.waiting.map(|(cause, since)| (cause, since + shift));
            row
        });
        screen.take(News::Rows(rows.collect()));
    }
    compare("lessons", &mut screen);
}
