//! Many connections on the screen: what is done between two looks at the keyboard, and for
//! a picture, does not grow with them.

use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use tcptrace::sink::words::Lang;

use crate::watch::news::News;
use crate::watch::snapshots::{picture, screen_of};
use crate::watch::trial;
use crate::watch::whole::WatchScreen;

/// More than a search goes through in three steps.
const COUNT: u32 = 70_000;

fn screen() -> WatchScreen {
    let mut screen = screen_of(Lang::En, &["captures/hello.pcap"], None);
    let rows = trial::rows("captures/backlog.pcap");
    let many = (1..COUNT).map(|id| {
        let mut row = rows[id as usize % rows.len()].clone();
        row.id.0 = id;
        let port = u16::try_from(id.wrapping_mul(7_919) % 65_521).unwrap();
        row.client.addr.set_port(port);
        row.client.octets = u64::from(id.wrapping_mul(2_654_435_761) >> 12);
        row
    });
    screen.take(News::Rows(many.collect()));
    picture(&mut screen, 120, 40);
    screen
}

fn press(screen: &mut WatchScreen, code: KeyCode) {
    screen.press(&Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
}

#[test]
fn a_key_that_looks_through_all_does_so_in_steps() {
    let mut screen = screen();
    for key in ['>', 'r', 'g', 'g', 'g', '/', '4'] {
        press(&mut screen, KeyCode::Char(key));
        if key == '/' {
            continue;
        }
        let mut steps = 1;
        while screen.look() {
            steps += 1;
        }
        assert!(steps > 3, "{key}: {steps} steps");
    }
}

#[test]
fn a_picture_is_made_of_the_rows_that_it_shows() {
    let mut screen = screen();
    for code in [KeyCode::End, KeyCode::PageUp, KeyCode::Home] {
        press(&mut screen, code);
        assert!(!screen.look(), "{code}: nothing is looked for");
        picture(&mut screen, 120, 40);
        let shown = screen.table.shown();
        assert!(shown > 20 && shown <= screen.height, "{code}: {shown}");
    }
}
