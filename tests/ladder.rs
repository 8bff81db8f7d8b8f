//! Sequence diagrams, and what they show of a connection as a whole: which calls of both
//! programs its segments imply, and which of them were lost.

mod support;

use std::fmt::Write as _;
use std::io;

use jiff::tz::TimeZone;
use support::script::show_script;
use tcptrace::sink::draw::{DrawOptions, Drawn, PictureFormat, PictureKind};
use tcptrace::sink::printed::Printed;
use tcptrace::sink::words::Lang;
use tcptrace::sink::{Event, Sink};
use tcptrace::track::Wants;
use tcptrace::track::connection::Connection;
use tcptrace::track::trace::Trace;

/// Keeps what is to be said of a connection and its trace.
struct Asked<'a, S>(&'a mut Vec<String>, S);

impl<S: Fn(&Connection, &Trace) -> Vec<String>> Sink for Asked<'_, S> {
    fn wants(&self) -> Wants {
        Wants {
            points: 1_000,
            waits: true,
            ..Wants::TIME_SPENT
        }
    }

    fn take(&mut self, event: Event<'_>) -> io::Result<()> {
        if let Event::Connection(connection) = event {
            let trace = connection.trace.as_deref().unwrap();
            self.0.extend((self.1)(connection, trace));
        }
        Ok(())
    }
}

/// The calls that a script's segments imply, each behind its frame.
#[track_caller]
fn assert_calls(script: &str, expected: &str) {
    let mut calls = Vec::new();
    let of = |connection: &Connection, trace: &Trace| {
        let calls = trace.calls(&connection.flow).into_iter();
        let said = calls.map(|call| {
            let (frame, by) = (call.frame, call.by.sender());
            format!("{frame} {by} {}", call.call.name())
        });
        said.collect()
    };
    show_script(script, Asked(&mut calls, of));
    let expected: Vec<_> = expected.lines().map(str::trim).collect();
    let expected: Vec<_> = expected
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect();
    assert_eq!(calls, expected);
}

/// The frames of a script's segments that were lost.
fn lost(script: &str) -> Vec<String> {
    let mut lost = Vec::new();
    let of = |_: &Connection, trace: &Trace| {
        let frames = trace.lost().into_iter();
        frames.map(|frame| frame.to_string()).collect()
    };
    show_script(script, Asked(&mut lost, of));
    lost
}

/// The ladder of a script, in so many columns.
fn ladder(script: &str, width: usize, is_whole: bool, lang: Lang) -> String {
    let mut out = Vec::new();
    let drawn = Drawn::new(DrawOptions {
        kind: PictureKind::Ladder,
        format: PictureFormat::Text,
        is_file: false,
        stream: None,
        is_whole,
        zone: TimeZone::UTC,
        height: None,
        width: Some(width),
        lang,
        is_coloured: false,
    });
    show_script(script, Printed::new(drawn, &mut out));
    String::from_utf8(out).unwrap()
}

const OPENED: &str = "
    0.010 > S  0:0(0)
    0.020 < S. 0:0(0) ack 1
    0.030 > .  1:1(0) ack 1
";

#[test]
fn an_exchange_and_a_close_in_order_imply_the_calls_of_the_textbook() {
    assert_calls(
        &format!(
            "{OPENED}
            0.100 > P. 1:11(10) ack 1
            0.110 < P. 1:21(20) ack 11
            0.120 > .  11:11(0) ack 21
            0.200 > F. 11:11(0) ack 21
            0.210 < F. 21:21(0) ack 12
            0.220 > .  12:12(0) ack 22"
        ),
        "
        1 server listen()
        1 client connect()
        3 server accept()
        4 client send()
        4 server recv()
        5 server send()
        5 client recv()
        7 client close()
        7 server recv() = 0
        8 server close()
        ",
    );
}

#[test]
fn who_closes_before_the_other_fin_arrives_has_not_read_that() {
    assert_calls(
        &format!(
            "{OPENED}
            0.100 > P. 1:11(10) ack 1
            0.110 < P. 1:21(20) ack 11
            0.120 > .  11:11(0) ack 21
            0.200 > F. 11:11(0) ack 21
            0.201 < F. 21:21(0) ack 11
            0.210 > .  12:12(0) ack 22
            0.211 < .  22:22(0) ack 12"
        ),
        "
        1 server listen()
        1 client connect()
        3 server accept()
        4 client send()
        4 server recv()
        5 server send()
        5 client recv()
        7 client close()
        8 server close()
        ",
    );
}

#[test]
fn who_closes_and_goes_on_to_receive_has_shut_its_own_direction_alone() {
    assert_calls(
        &format!(
            "{OPENED}
            0.100 > F. 1:1(0) ack 1
            0.110 < .  1:1(0) ack 2
            0.120 < P. 1:11(10) ack 2
            0.130 > .  2:2(0) ack 11
            0.140 < F. 11:11(0) ack 2
            0.150 > .  2:2(0) ack 12"
        ),
        "
        1 server listen()
        1 client connect()
        3 server accept()
        4 client shutdown()
        4 server recv() = 0
        6 server send()
        6 client recv()
        8 server close()
        8 client recv() = 0
        ",
    );
}

#[test]
fn nothing_is_received_before_what_lies_in_front_of_it() {
    assert_calls(
        &format!(
            "{OPENED}
            0.100 > .  1:101(100) ack 1
            0.101 > P. 101:201(100) ack 1
            0.111 < .  1:1(0) ack 1 <sacked 101:201>
            0.400 > .  1:101(100) ack 1
            0.410 < .  1:1(0) ack 201
            0.500 < F. 1:1(0) ack 201"
        ),
        "
        1 server listen()
        1 client connect()
        3 server accept()
        4 client send()
        7 server recv()
        9 server close()
        ",
    );
}

#[test]
fn where_the_program_never_shows_it_is_not_told_that_it_was_given_the_connection() {
    assert_calls(
        &format!("{OPENED}\n 0.100 > P. 1:11(10) ack 1\n 0.110 < . 1:1(0) ack 11"),
        "
        1 server listen()
        1 client connect()
        4 client send()
        ",
    );
}

#[test]
fn who_refuses_has_called_nothing() {
    assert_calls(
        "0.010 > S 0:0(0)\n 0.020 < R. 0:0(0) ack 1",
        "1 client connect()",
    );
}

#[test]
fn who_closes_with_unread_data_has_received_nothing() {
    assert_calls(
        &format!(
            "{OPENED}
            0.100 < P. 1:11(10) ack 1
            0.110 > .  1:1(0) ack 11
            0.200 > P. 1:11(10) ack 11
            0.210 < .  11:11(0) ack 11
            0.300 < R. 11:11(0) ack 11"
        ),
        "
        1 server listen()
        1 client connect()
        3 server accept()
        4 server send()
        4 client recv()
        6 client send()
        8 server close()
        ",
    );
}

#[test]
fn what_is_sent_again_unheard_was_lost() {
    let script = format!(
        "{OPENED}
        0.100 > .  1:101(100) ack 1
        0.101 > .  101:201(100) ack 1
        0.111 < .  1:1(0) ack 1 <sacked 101:201>
        0.400 > .  1:101(100) ack 1
        1.000 > .  1:101(100) ack 1
        1.010 < .  1:1(0) ack 201"
    );
    assert_eq!(lost(&script), ["4", "7"]);
}

#[test]
fn what_arrived_twice_was_not_lost() {
    let script = format!(
        "{OPENED}
        0.100 > .  1:101(100) ack 1
        0.400 > .  1:101(100) ack 1
        0.410 < .  1:1(0) ack 101 <sacked 1:101>"
    );
    assert_eq!(lost(&script), [""; 0]);
}

#[test]
fn a_syn_that_is_repeated_was_not_answered() {
    let script = "
        0.0 > S  0:0(0)
        1.0 > S  0:0(0)
        1.1 < S. 0:0(0) ack 1
        1.2 > .  1:1(0) ack 1
    ";
    assert_eq!(lost(script), ["1"]);
    let drawn = ladder(script, 80, false, Lang::En);
    assert!(drawn.contains("SYN seq=0 no answer"), "{drawn}");
    assert!(drawn.contains("SYN seq=0 resent"), "{drawn}");
}

/// A transfer of so many segments, each acknowledged; each hundredth is sent again.
fn transfer(segments: u32) -> String {
    let mut script = OPENED.to_owned();
    let mut time = 100;
    for nth in 0..segments {
        let (seq, end) = (1 + nth * 100, 101 + nth * 100);
        let mut times = vec![time];
        if nth % 100 == 99 {
            time += 250;
            times.push(time);
        }
        for at in times {
            let at = f64::from(at) / 1_000.0;
            let _ = writeln!(script, "{at:.3} > . {seq}:{end}(100) ack 1");
        }
        let at = f64::from(time + 3) / 1_000.0;
        let _ = writeln!(script, "{at:.3} < . 1:1(0) ack {end}");
        time += 5;
    }
    script
}

#[test]
fn a_short_connection_is_whole_and_a_long_one_finds_room_on_three_screens() {
    let short = ladder(&transfer(8), 100, false, Lang::En);
    assert!(!short.contains("segments"), "{short}");
    let long = ladder(&transfer(3_000), 100, false, Lang::En);
    assert!(long.lines().count() < 150, "{}", long.lines().count());
    assert!(long.contains("resent"), "{long}");
    let smooth = ladder(&transfer(90), 100, false, Lang::En);
    assert!(
        smooth.contains("179 segments, 8.90 kB, 445.000 ms"),
        "{smooth}"
    );
    assert!(
        smooth.contains("179 segments are folded; --all"),
        "{smooth}"
    );
    let whole = ladder(&transfer(90), 100, true, Lang::En);
    assert_eq!(whole.matches("ack=1 ").count(), 92, "{whole}");
    assert!(!whole.contains("folded"), "{whole}");
}

#[test]
fn a_ladder_keeps_to_its_width_and_loses_no_control_bits() {
    let script = transfer(8);
    for lang in Lang::ALL {
        for width in 72..140 {
            let drawn = ladder(&script, width, false, lang);
            for line in drawn.lines() {
                let columns = unicode_width::UnicodeWidthStr::width(line);
                assert!(columns <= width, "{width}: {line}");
            }
            assert_eq!(drawn.matches("ACK").count(), 18, "{width}:\n{drawn}");
        }
    }
    let narrow = ladder(&script, 20, false, Lang::En);
    assert!(narrow.contains("SYN-ACK"), "{narrow}");
}
