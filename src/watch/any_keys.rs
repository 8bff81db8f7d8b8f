//! Whatever is pressed, at whatever size, the screen stands.

use std::time::Duration;

use proptest::prelude::*;
use ratatui::crossterm::event::Event;
use tcptrace::sink::words::Lang;

use crate::watch::any_event::any_event;
use crate::watch::news::News;
use crate::watch::snapshots::{picture, screen_of};
use crate::watch::trial;

/// What happens to a screen.
#[derive(Debug, Clone)]
enum Happening {
    Pressed(Event),
    Drawn(u16, u16),
    Flood(u32),
    Passed(u64),
    Ended,
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        11 => any_event("?cp /grjk<>,.-:握").prop_map(Happening::Pressed),
        3 => (1..210_u16, 1..60_u16).prop_map(|(width, height)| Happening::Drawn(width, height)),
        2 => (1..24_u16, 1..8_u16).prop_map(|(width, height)| Happening::Drawn(width, height)),
        1 => (0..200_u32).prop_map(Happening::Flood),
        1 => (0..10_000_u64).prop_map(Happening::Passed),
        1 => Just(Happening::Ended),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn whatever_is_pressed_the_screen_stands(all in prop::collection::vec(happening(), 1..60)) {
        let mut screen = screen_of(Lang::Zh, &["captures/backlog.pcap"], Some(20));
        let mut wall = 0;
        for one in all {
            match one {
                Happening::Pressed(event) => {
                    screen.press(&event);
                }
                Happening::Drawn(width, height) => drop(picture(&mut screen, width, height)),
                Happening::Flood(count) => screen.take(News::Rows(trial::flood(count))),
                Happening::Passed(milliseconds) => {
                    wall += milliseconds;
                    screen.pass(Duration::from_millis(wall));
                }
                Happening::Ended => screen.take(News::Ended(None)),
            }
        }
        picture(&mut screen, 80, 24);
    }
}
