//! What a block says of times, and how tables fit their terminal.

use std::fmt::Write;

use jiff::tz::TimeZone;
use tcptrace::sink::choice::When;
use tcptrace::sink::flows::Flows;
use tcptrace::sink::printed::Printed;
use tcptrace::sink::words::Lang;
use unicode_width::UnicodeWidthStr;

use super::support::script::show_script;
use super::{reported, reported_in};

const TURNS: &str = "
    opened
    0.100 < P. 1:23(22) ack 1
    1.000 > P. 1:101(100) ack 23
    1.010 < .  23:23(0) ack 101
    1.100 < P. 23:1023(1000) ack 101
    1.110 > .  101:101(0) ack 1023
    2.000 > P. 101:201(100) ack 1023
    2.030 < P. 1023:1123(100) ack 201
    2.040 > P. 201:301(100) ack 1123
    2.045 > P. 301:401(100) ack 1123
    2.060 < P. 1123:1223(100) ack 301
    2.070 < P. 1223:1323(100) ack 401
    2.080 > P. 401:501(100) ack 1323
";

#[test]
fn a_block_tells_of_turns_round_trips_and_silence() {
    let expected = "
    times                       least     median        95 %     longest
    round trip              20.000 ms  30.000 ms   50.000 ms           -
      capture ⇄ server      10.000 ms  20.000 ms   30.000 ms   30.000 ms
      capture ⇄ client      10.000 ms  10.000 ms   20.000 ms   20.000 ms
    first byte of answers   30.000 ms  30.000 ms  100.000 ms  100.000 ms
      as the client waited  40.000 ms  40.000 ms  110.000 ms  110.000 ms
      as the server took    20.000 ms  20.000 ms   90.000 ms   90.000 ms
    the server spoke first: 22 bytes from frame 4 on
    4 requests, the longest wait from frame 5 to the answer in frame 7
    1 turn without times: pipelined, more was asked before the answer was whole
    what the client sent last was not answered
    longest silence 900.000 ms, ended by frame 5
";
    let report = reported(TURNS);
    assert!(report.contains(expected), "{expected}\nis not in\n{report}");
}

#[test]
fn a_stream_has_a_throughput() {
    let script = |pause: f64| {
        let mut script = "opened\n".to_owned();
        for nth in 0..15_u32 {
            let pause = if nth < 10 { 0.0 } else { pause };
            let (seq, time) = (1 + nth * 1000, 1.0 + pause + f64::from(nth) / 10.0);
            writeln!(script, "{time:.3} > . {seq}:{}(1000) ack 1", seq + 1000).unwrap();
        }
        script
    };
    let report = reported(&script(0.5));
    let line = "\n    client → server: 7.89 kB/s, in the best second 10.0 kB/s\n";
    assert!(report.contains(line), "{report}");
    // Where no second of them was faster than the whole, none is named.
    let script = script(0.0);
    let report = reported(&script);
    let line = "\n    client → server: 10.7 kB/s\n";
    assert!(report.contains(line), "{report}");
    // Of less than ten segments it says nothing.
    let short: Vec<_> = script.lines().take(10).collect();
    let report = reported(&short.join("\n"));
    assert!(!report.contains("kB/s"), "{report}");
}

#[test]
fn what_is_sent_at_once_tells_of_no_throughput() {
    let sent = |apart: f64| {
        let mut script = "
            0.000 > S  0:0(0)
            0.020 < S. 0:0(0) ack 1
            0.020 > .  1:1(0) ack 1\n"
            .to_owned();
        for nth in 0..12_u32 {
            let (seq, time) = (1 + nth * 1000, 0.03 + apart * f64::from(nth));
            writeln!(script, "{time:.6} > . {seq}:{}(1000) ack 1", seq + 1000).unwrap();
        }
        reported(&script)
    };
    assert!(!sent(0.000_1).contains("B/s"), "{}", sent(0.000_1));
    assert!(
        sent(0.002).contains("client → server: 545 kB/s"),
        "{}",
        sent(0.002)
    );
}

#[test]
fn a_narrow_block_fits_its_terminal_with_its_times() {
    let report = reported_in(TURNS, Some(80), When::CaptureEnds);
    let widest = report.lines().map(UnicodeWidthStr::width).max();
    assert!(widest <= Some(80), "{widest:?}\n{report}");
}

fn table(width: Option<usize>, lang: Lang, when: When) -> String {
    let mut out = Vec::new();
    let table = Flows::new(when, TimeZone::UTC, lang, false).within(width);
    let script = format!("{TURNS}\nport 40001\n3.0 > S 0:0(0)\n3.1 < R. 0:0(0) ack 1");
    show_script(&script, Printed::new(table, &mut out).choosing(when));
    String::from_utf8(out).unwrap()
}

#[test]
fn a_row_has_the_figures_that_are_looked_for_first() {
    let table = table(None, Lang::En, When::CaptureEnds);
    let cells = |nth: usize| {
        let line = table.lines().nth(nth).unwrap();
        let cells = line
            .split("  ")
            .map(str::trim)
            .filter(|cell| !cell.is_empty());
        cells.map(str::to_owned).collect::<Vec<_>>()
    };
    let row: Vec<_> = cells(0).into_iter().zip(cells(1)).collect();
    for (name, cell) in [
        ("RTT", "30.000 ms"),
        ("first byte", "40.000 ms"),
        ("rate →", "462 B/s"),
        ("rate ←", "671 B/s"),
        ("silence", "900.000 ms"),
    ] {
        let expected = (name.to_owned(), cell.to_owned());
        assert!(row.contains(&expected), "{expected:?}: {row:?}");
    }
}

#[test]
fn a_narrow_table_goes_without_what_matters_least() {
    for lang in Lang::ALL {
        let whole = table(None, lang, When::CaptureEnds);
        let rows = whole.lines().take(3);
        let width = rows.map(UnicodeWidthStr::width).max();
        assert_eq!(table(width, lang, When::CaptureEnds), whole);
        for width in [140, 120, 100, 80] {
            let narrow = table(Some(width), lang, When::CaptureEnds);
            let rows: Vec<_> = narrow.lines().take(3).collect();
            let widest = rows.iter().map(|row| row.width()).max();
            assert!(widest <= Some(width), "{width}\n{narrow}");
            let kept = match lang {
                Lang::En => ["client", "limited by", "first byte"],
                Lang::Zh => ["客户端", "受限于", "首字节"],
            };
            let (first_byte, kept) = kept.split_last().unwrap();
            for kept in kept {
                assert!(rows[0].contains(kept), "{width}\n{narrow}");
            }
            // In eighty columns there may be no room for both.
            let has_room = rows[0].contains(first_byte);
            assert!(has_room || width < 100, "{width}\n{narrow}");
            let verdicts = rows
                .iter()
                .map(|row| row.split("  ").last().unwrap().trim());
            let whole_verdicts = whole.lines().take(3);
            let whole_verdicts = whole_verdicts.map(|row| row.split("  ").last().unwrap().trim());
            assert!(verdicts.eq(whole_verdicts), "{width}\n{narrow}");
        }
    }
}

#[test]
fn a_table_that_grows_row_by_row_keeps_its_columns() {
    let hundred = table(Some(100), Lang::En, When::ConnectionEnds);
    assert!(hundred.contains("  limited by"), "{hundred}");
    let table = table(Some(120), Lang::En, When::ConnectionEnds);
    assert!(table.contains("  limited by"), "{table}");
    let lines: Vec<_> = table.lines().take(3).collect();
    let place = lines[0].find("first byte").unwrap();
    for line in &lines[1..] {
        let cell = &line
            .chars()
            .skip(place)
            .take("first byte".len())
            .collect::<String>();
        assert!(cell.contains("40.000 ms") || cell.ends_with('-'), "{table}");
    }
}
