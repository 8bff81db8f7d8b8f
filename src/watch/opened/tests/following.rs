//! A connection that goes on while it is looked at.

use ratatui::crossterm::event::KeyCode;
use tcptrace::capture::filter::Filter;
use tcptrace::capture::savefile;
use tcptrace::pipeline::Pipeline;
use tcptrace::sink::words::Lang;
use tcptrace::time::Span;
use tcptrace::track::flow_id::FlowId;

use super::{Recording, captures, drawn, first_of, press, type_letters};
use crate::watch::opened::{Opened, OpenedOptions, Press};

const SIZE: (u16, u16) = (100, 24);

/// The first frames of a conversation that goes on, and how many more there are.
fn going_on(frames: usize) -> (super::Recorded, Opened) {
    let recorded = first_of("chat.pcap");
    let mut opened = Opened::new(OpenedOptions {
        is_over: false,
        ..recorded.options(Lang::En)
    });
    for frame in &recorded.frames[..frames] {
        opened.take(frame);
    }
    (recorded, opened)
}

#[test]
fn the_end_is_followed_until_somebody_scrolls_and_again_from_the_end_on() {
    let (recorded, mut opened) = going_on(12);
    assert!(drawn(&mut opened, SIZE).contains("following"));
    opened.take(&recorded.frames[12]);
    let screen = drawn(&mut opened, SIZE);
    let number = format!("{}  ", recorded.frames[12].number);
    assert!(screen.contains(&number), "{screen}");
    press(&mut opened, KeyCode::Home);
    let begin = drawn(&mut opened, SIZE);
    assert!(begin.contains("\n    1  "), "{begin}");
    opened.take(&recorded.frames[13]);
    let body = |screen: &str| screen.lines().skip(3).take(19).collect::<String>();
    assert_eq!(body(&drawn(&mut opened, SIZE)), body(&begin));
    press(&mut opened, KeyCode::End);
    assert!(drawn(&mut opened, SIZE).contains("following"));
}

#[test]
fn what_is_waited_for_is_counted_on_by_the_clock_of_the_capture() {
    let (recorded, mut opened) = going_on(5);
    drawn(&mut opened, SIZE);
    let last = recorded.frames[4].time;
    opened.now(last + Span(3_000_000_000));
    let screen = drawn(&mut opened, SIZE);
    assert!(screen.contains("waits for the"), "{screen}");
    assert!(screen.contains(" for 3.0"), "{screen}");
}

#[test]
fn frames_that_are_no_longer_kept_are_told_of() {
    let (_, mut opened) = going_on(5);
    opened.missing(17);
    let screen = drawn(&mut opened, SIZE);
    assert!(
        screen.contains("17 frames of it are no longer kept"),
        "{screen}"
    );
}

#[test]
fn a_key_for_the_header_or_the_explanation_shows_and_hides_it() {
    let (_, mut opened) = going_on(3);
    let plain = drawn(&mut opened, SIZE);
    press(&mut opened, KeyCode::Home);
    type_letters(&mut opened, "h");
    assert!(drawn(&mut opened, SIZE).contains("sequence number"));
    type_letters(&mut opened, "he");
    assert!(drawn(&mut opened, SIZE).contains("RFC 9293"));
    type_letters(&mut opened, "e");
    assert_eq!(drawn(&mut opened, SIZE), plain);
}

#[test]
fn searching_goes_on_from_hit_to_hit_and_takes_every_letter() {
    let (_, mut opened) = going_on(12);
    drawn(&mut opened, SIZE);
    type_letters(&mut opened, "/zzq");
    assert!(drawn(&mut opened, SIZE).contains("/zzq"));
    press(&mut opened, KeyCode::Enter);
    assert!(drawn(&mut opened, SIZE).contains("no line has “zzq”"));
    type_letters(&mut opened, "/syn");
    press(&mut opened, KeyCode::Enter);
    let first = opened.search.at.unwrap();
    type_letters(&mut opened, "n");
    let second = opened.search.at.unwrap();
    assert!(second > first, "{first} {second}");
    type_letters(&mut opened, "N");
    assert_eq!(opened.search.at, Some(first));
    // The first time it forgets what was searched for.
    assert_eq!(press(&mut opened, KeyCode::Esc), Press::Used);
    assert_eq!(press(&mut opened, KeyCode::Esc), Press::Leave);
}

#[test]
fn keys_of_the_screen_are_left_to_it() {
    let (_, mut opened) = going_on(3);
    for letter in "q?p ".chars() {
        assert_eq!(
            press(&mut opened, KeyCode::Char(letter)),
            Press::Unused,
            "{letter}"
        );
    }
}

#[test]
fn a_window_that_is_closed_has_been_so_for_as_long_wherever_that_is_said() {
    let mut recording = Recording::default();
    let mut source = savefile::open(captures().join("stalled.pcap"), Filter::default()).unwrap();
    let mut run = Pipeline::new(&mut recording, Some(12));
    run.read(&mut *source, || false).unwrap();
    let connection = run.tracker().connection(FlowId(0)).unwrap().into_owned();
    let mut opened = Opened::new(OpenedOptions {
        is_over: false,
        ..first_of("stalled.pcap").options(Lang::En)
    });
    let last = connection.flow.last;
    opened.connection(Box::new(connection));
    type_letters(&mut opened, "r");
    for (seconds, age) in [(0, "692.484 ms"), (3, "3.692 s"), (20, "20.692 s")] {
        opened.now(last + Span(seconds * 1_000_000_000));
        // A sheet is not drawn sooner than so long after the one before.
        std::thread::sleep(std::time::Duration::from_millis(300));
        let screen = drawn(&mut opened, (100, 60));
        let time = |before: &str| {
            let (_, behind) = screen.split_once(before).expect(&screen);
            let end = behind.find('\n').unwrap();
            behind[..end].trim().to_owned()
        };
        let above = time("window for ");
        assert_eq!(time("window closed once, for "), above, "{screen}");
        assert_ne!(above, "0 µs", "{screen}");
        assert!(screen.contains(&format!("stalled  age {age}")), "{screen}");
    }
}
