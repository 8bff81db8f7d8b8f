//! A run that is shown in place, on a terminal: what is open and what there is room for.

use std::sync::{Arc, Mutex};

use jiff::tz::TimeZone;

use crate::support::capture::{ETHERNET, Pcap};
use crate::support::frame::Segment;
use crate::{SECOND, Script, repeated, show, two};
use tcptrace::sink::choice::{Choice, When};
use tcptrace::sink::flows::Flows;
use tcptrace::sink::json::Connections;
use tcptrace::sink::printed::Printed;
use tcptrace::sink::room::TerminalRoom;
use tcptrace::sink::servers::ByServer;
use tcptrace::sink::standing::SurveyLook;
use tcptrace::sink::style::Style;
use tcptrace::sink::words::Lang;

/// A writer whose text is read while others hold it.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Shared {
    fn write(&mut self, octets: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend(octets);
        Ok(octets.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.lock().unwrap().push(b'\x0c');
        Ok(())
    }
}

/// What is shown in place, time by time, and what stays above it.
fn in_place<S: Style>(
    style: S,
    choice: impl Into<Choice>,
    script: Script,
    stops: &[u64],
    room: TerminalRoom,
) -> (Vec<String>, String) {
    let (place, mut out) = (Shared::default(), Vec::new());
    let sink = Printed::new(style, &mut out)
        .choosing(choice)
        .in_place(Box::new(place.clone()));
    let look = SurveyLook {
        room: Some(room),
        ..SurveyLook::default()
    };
    show(script, sink, stops, &look);
    let place = String::from_utf8(place.0.lock().unwrap().clone()).unwrap();
    let times = place.split_terminator('\x0c').map(str::to_owned);
    (times.collect(), String::from_utf8(out).unwrap())
}

#[test]
fn in_place_stands_what_is_open_and_what_has_ended_stands_above() {
    let style = || Flows::new(When::ConnectionEnds, TimeZone::UTC, Lang::En, false);
    let room = TerminalRoom {
        lines: 10,
        columns: 250,
    };
    let (times, above) = in_place(style(), When::ConnectionEnds, two(), &[6, 9], room);
    let numbers = |text: &str| -> Vec<String> {
        let rows = text.lines().filter(|line| line.contains("10.0.0.9:80"));
        rows.map(|line| line.trim_start()[..1].to_owned()).collect()
    };
    assert_eq!(
        times.iter().map(|text| numbers(text)).collect::<Vec<_>>(),
        [vec!["0", "1"], vec!["1"]]
    );
    // By the time of the latest frame, where none is told.
    assert!(
        times[1].starts_with("1970-01-01 00:00:02.000002: 9 frames, 2 connections, 1 open\n"),
        "{}",
        times[1]
    );
    // In the end it is what it was without.
    let mut without = Vec::new();
    show(
        two(),
        Printed::new(style(), &mut without).choosing(When::ConnectionEnds),
        &[],
        &SurveyLook::default(),
    );
    assert_eq!(above, String::from_utf8(without).unwrap());
}

#[test]
fn where_there_is_no_room_for_all_those_in_trouble_and_the_latest_are_shown() {
    let mut script = Script::new().opened(0, 0).segment(1000, 1, "S", 100, 0);
    script = script
        .segment(SECOND, 1, "S", 100, 0)
        .segment(3 * SECOND, 1, "S", 100, 0);
    for nth in 2..30 {
        script = script.opened(4 * SECOND + u64::from(nth) * 10_000, nth);
    }
    let style = Flows::new(When::ConnectionEnds, TimeZone::UTC, Lang::En, false);
    let room = TerminalRoom {
        lines: 8,
        columns: 70,
    };
    let (times, _) = in_place(style, When::ConnectionEnds, script, &[90], room);
    let lines: Vec<_> = times[0].lines().collect();
    assert_eq!(lines.len(), 8, "{}", times[0]);
    assert!(
        lines.iter().all(|line| line.chars().count() <= 70),
        "{}",
        times[0]
    );
    let numbers = lines[2..7]
        .iter()
        .map(|line| line.split_whitespace().next().unwrap());
    assert_eq!(
        numbers.collect::<Vec<_>>(),
        ["1", "26", "27", "28", "29"],
        "{}",
        times[0]
    );
    assert!(lines[2].contains("no answer"), "{}", times[0]);
    assert!(
        lines[7].starts_with("… 25 more connections open: shown are those in trouble"),
        "{}",
        times[0]
    );
}

#[test]
fn where_there_is_no_room_for_all_servers_the_busiest_are_shown() {
    let mut file = Pcap::new(ETHERNET);
    for nth in 0..20_u16 {
        for again in 0..=nth {
            let client = format!("10.0.0.1:{}", 1000 + nth * 50 + again)
                .parse()
                .unwrap();
            let server = format!("10.0.1.{nth}:80").parse().unwrap();
            let syn = Segment::new(client, server, "S", 100, 0).to_ethernet();
            file.frame(u64::from(nth) * SECOND, &syn);
        }
    }
    let style = ByServer::table(Lang::En, Some(300), false).repeatedly(TimeZone::UTC);
    let room = TerminalRoom {
        lines: 6,
        columns: 40,
    };
    let (times, _) = in_place(style, When::CaptureEnds, Script(file), &[210], room);
    let lines: Vec<_> = times[0].lines().collect();
    assert_eq!(lines.len(), 6, "{}", times[0]);
    assert!(lines[2].starts_with("10.0.1.19:80 "), "{}", times[0]);
    assert_eq!(
        lines[5],
        "… 17 more servers, with fewer connections"
            .chars()
            .take(40)
            .collect::<String>(),
        "{}",
        times[0]
    );
}

#[test]
fn only_those_that_were_asked_for_are_shown_as_they_stand() {
    let script = || {
        let script = Script::new().opened(0, 0).segment(1000, 1, "S", 100, 0);
        script
            .segment(SECOND, 1, "S", 100, 0)
            .segment(3 * SECOND, 1, "S", 100, 0)
    };
    let failed = |when| Choice {
        failed: true,
        ..When::into(when)
    };
    let shown = repeated(
        Connections::default(),
        failed(When::Repeatedly),
        script(),
        &[6],
    );
    assert_eq!(shown.matches("\"connection\":1").count(), 2, "{shown}");
    assert_eq!(shown.matches("\"connection\":0").count(), 0, "{shown}");
    let style = Flows::new(When::ConnectionEnds, TimeZone::UTC, Lang::En, false);
    let room = TerminalRoom {
        lines: 9,
        columns: 250,
    };
    let (times, _) = in_place(style, failed(When::ConnectionEnds), script(), &[6], room);
    assert_eq!(times[0].lines().count(), 3, "{}", times[0]);
    assert!(times[0].contains("no answer"), "{}", times[0]);
}
