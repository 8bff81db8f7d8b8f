//! A run as it stands between two frames: what has ended is shown once, and what is open
//! each time.

mod in_place;
#[path = "../support/mod.rs"]
mod support;

use std::cell::Cell;
use std::io::{self, Cursor, Write};
use std::path::PathBuf;

use jiff::tz::TimeZone;

use support::capture::{ETHERNET, Pcap};
use support::frame::Segment;
use tcptrace::capture::filter::Filter;
use tcptrace::capture::savefile;
use tcptrace::pipeline::Pipeline;
use tcptrace::sink::Sink;
use tcptrace::sink::choice::{Choice, When};
use tcptrace::sink::csv::{Csv, Detail};
use tcptrace::sink::flows::Flows;
use tcptrace::sink::json::Connections;
use tcptrace::sink::printed::Printed;
use tcptrace::sink::servers::ByServer;
use tcptrace::sink::standing::{Survey, SurveyLook};
use tcptrace::sink::style::Style;
use tcptrace::sink::summary::Summarized;
use tcptrace::sink::words::Lang;
use tcptrace::time::Timestamp;

const SECOND: u64 = 1_000_000_000;

/// Frames between clients, told apart by a number, and a server.
struct Script(Pcap);

impl Script {
    fn new() -> Self {
        Self(Pcap::new(ETHERNET))
    }

    /// A segment of client `nth`, or with `<` before its flags of the server.
    fn segment(self, at: u64, nth: u16, flags: &str, seq: u32, ack: u32) -> Self {
        self.sized(at, nth, flags, (seq, ack), (0, 65535))
    }

    /// One with so many octets that offers a window.
    fn sized(
        mut self,
        at: u64,
        nth: u16,
        flags: &str,
        (seq, ack): (u32, u32),
        (len, window): (usize, u16),
    ) -> Self {
        let server = "10.0.0.9:80".parse().unwrap();
        let client = format!("10.0.0.1:{}", 40_000 + nth).parse().unwrap();
        let (src, dst, flags) = match flags.strip_prefix('<') {
            Some(flags) => (server, client, flags),
            None => (client, server, flags),
        };
        let segment = Segment::new(src, dst, flags, seq, ack).with_payload(len);
        let frame = Segment { window, ..segment }.to_ethernet();
        self.0.frame(at, &frame);
        self
    }

    fn opened(self, at: u64, nth: u16) -> Self {
        self.segment(at, nth, "S", 100, 0)
            .segment(at + 1000, nth, "<S.", 500, 101)
            .segment(at + 2000, nth, ".", 101, 501)
    }

    fn closed(self, at: u64, nth: u16) -> Self {
        self.segment(at, nth, "F.", 101, 501)
            .segment(at + 1000, nth, "<F.", 501, 102)
            .segment(at + 2000, nth, ".", 102, 502)
    }
}

/// Shows a script through a sink, and as it stands after so many frames each time.
fn show(Script(file): Script, sink: impl Sink, stops: &[u64], look: &SurveyLook) {
    let path = PathBuf::from("memory");
    let mut source = savefile::from_reader(path, Cursor::new(file.0), Filter::new("")).unwrap();
    let mut pipeline = Pipeline::new(sink, None);
    for &stop in stops {
        let read = Cell::new(pipeline.frames());
        let is_there = || read.replace(read.get() + 1) == stop;
        pipeline.read(&mut *source, is_there).unwrap();
        assert_eq!(pipeline.frames(), stop);
        // In parts of three, whatever is shown.
        let mut survey = Survey::new(*look);
        while !survey.is_done() {
            pipeline.stand(&mut survey, 3).unwrap();
        }
    }
    pipeline.read(&mut *source, || false).unwrap();
    pipeline.end().unwrap();
}

fn repeated<S: Style>(
    style: S,
    choice: impl Into<Choice>,
    script: Script,
    stops: &[u64],
) -> String {
    let mut out = Vec::new();
    let sink = Printed::new(style, &mut out).choosing(choice);
    let at = Timestamp::new(5, 250_000_000);
    let look = SurveyLook {
        at: Some(at),
        dropped: Some(7),
        ..SurveyLook::default()
    };
    show(script, sink, stops, &look);
    String::from_utf8(out).unwrap()
}

/// Two connections, one of which ends between the two looks.
fn two() -> Script {
    let script = Script::new().opened(0, 0).opened(SECOND, 1);
    script.closed(2 * SECOND, 0)
}

#[test]
fn records_of_what_is_open_have_the_time_and_the_last_one_has_none() {
    let shown = repeated(Connections::default(), When::Repeatedly, two(), &[6, 9]);
    let heads: Vec<_> = shown
        .lines()
        .map(|line| line.split(",\"client\"").next())
        .collect();
    let (open, last) = (r#"{"at":5.250000000,"stream":"#, r#"{"stream":"#);
    let head = |head: &str, nth| Some(format!("{head}{nth},\"connection\":{nth}"));
    let expected = [
        head(open, 0),
        head(open, 1),
        head(last, 0),
        head(open, 1),
        head(last, 1),
    ];
    assert_eq!(heads, expected.each_ref().map(Option::as_deref), "{shown}");
    assert!(
        shown
            .lines()
            .next()
            .unwrap()
            .contains(r#""verdict":"open""#),
        "{shown}"
    );
    assert!(
        shown
            .lines()
            .nth(2)
            .unwrap()
            .contains(r#""verdict":"closed""#),
        "{shown}"
    );
}

#[test]
fn rows_of_what_is_open_have_the_time_in_one_more_column() {
    let style = Csv::new(Detail::Brief).repeatedly();
    let shown = repeated(style, When::Repeatedly, two(), &[6, 9]);
    let lines: Vec<_> = shown.lines().collect();
    assert!(lines[0].ends_with(",diagnoses,at"), "{shown}");
    let times: Vec<_> = lines[1..]
        .iter()
        .map(|line| line.rsplit(',').next())
        .collect();
    let at = Some("5.250000000");
    assert_eq!(times, [at, at, Some(""), at, Some("")], "{shown}");
    let columns = lines.iter().map(|line| line.split(',').count());
    assert!(
        columns
            .clone()
            .all(|count| Some(count) == columns.clone().next())
    );
}

#[test]
fn tables_are_headed_by_their_time_and_have_what_ended_since_the_last_one() {
    let style = Flows::new(When::Repeatedly, TimeZone::UTC, Lang::En, false);
    let shown = repeated(style, When::Repeatedly, two(), &[6, 9]);
    let tables: Vec<_> = shown.split("\n\n").collect();
    let heads: Vec<_> = tables
        .iter()
        .map(|table| table.lines().next().unwrap())
        .collect();
    assert_eq!(heads[..2], ["1970-01-01 00:00:05.250000"; 2], "{shown}");
    let feet = tables
        .iter()
        .map(|table| table.lines().next_back().unwrap());
    let first = "6 frames, 7 dropped by kernel, 2 connections, 2 open";
    let second = "9 frames, 7 dropped by kernel, 2 connections, 1 open";
    assert_eq!(feet.take(2).collect::<Vec<_>>(), [first, second], "{shown}");
    let verdicts = |table: &str| -> Vec<String> {
        let lines = table
            .lines()
            .skip_while(|line| !line.contains("verdict"))
            .skip(1);
        let words = lines.map(|line| {
            let (number, _) = line.trim_start().split_once(' ').unwrap();
            format!("{number} {}", line.rsplit("  ").next().unwrap())
        });
        words.take(2).collect()
    };
    assert_eq!(verdicts(tables[0]), ["0 open", "1 open"], "{shown}");
    assert_eq!(verdicts(tables[1]), ["0 closed", "1 open"], "{shown}");
    // What stood there before --every was thought of, of those that were not shown yet.
    assert_eq!(verdicts(tables[2])[0], "1 open", "{shown}");
    assert!(
        shown.ends_with("2 connections, 9 segments: 6 handshake, 3 teardown\n"),
        "{shown}"
    );
}

#[test]
fn many_that_end_between_two_tables_are_tables_of_their_own() {
    let mut script = Script::new();
    for nth in 0..1500 {
        let at = u64::from(nth) * 10_000;
        script = script
            .segment(at, nth, "S", 100, 0)
            .segment(at + 10, nth, "<R.", 0, 101);
    }
    let style = Flows::new(When::Repeatedly, TimeZone::UTC, Lang::En, false);
    let shown = repeated(style, When::Repeatedly, script, &[3000]);
    assert_eq!(shown.matches(" refused\n").count(), 1500);
    let heads: Vec<_> = shown
        .lines()
        .filter(|line| line.starts_with("1970-"))
        .collect();
    assert_eq!(
        heads,
        ["1970-01-01 00:00:00.009990", "1970-01-01 00:00:05.250000"]
    );
    assert_eq!(shown.matches("  verdict\n").count(), 2, "each has headings");
}

#[test]
fn servers_count_what_is_open_each_time_and_once_in_the_end() {
    let tried = |style: ByServer, of: fn(&str) -> Option<&str>| -> Vec<String> {
        let style = style.repeatedly(TimeZone::UTC);
        let shown = repeated(style, When::CaptureEnds, two(), &[3, 6, 9]);
        shown.lines().filter_map(of).map(str::to_owned).collect()
    };
    let words = tried(ByServer::table(Lang::En, None, false), |line| {
        let row = line.strip_prefix("10.0.0.9:80 ")?;
        row.split_whitespace().next()
    });
    assert_eq!(words, ["1", "2", "2", "2"]);
    let words = tried(ByServer::rows(), |line| line.split(',').nth(2));
    assert_eq!(words, ["tried", "1", "2", "2", "2"]);
    let words = tried(ByServer::records(), |line| {
        line.split("\"tried\":").nth(1)?.get(..1)
    });
    assert_eq!(words, ["1", "2", "2", "2"]);
}

#[test]
fn a_summary_counts_what_is_open_each_time_and_once_in_the_end() {
    let style = Summarized::record(Vec::new()).repeatedly();
    let shown = repeated(style, When::CaptureEnds, two(), &[6, 9]);
    let verdicts = |line: &str| {
        line.split("\"verdicts\":")
            .nth(1)
            .unwrap()
            .split(']')
            .next()
            .unwrap()
            .to_owned()
    };
    let lines: Vec<_> = shown.lines().map(verdicts).collect();
    let counts = |verdict: &str, count| format!(r#"{{"verdict":"{verdict}","count":{count}}}"#);
    assert_eq!(lines[0], format!("[{}", counts("open", 2)));
    for line in &lines[1..] {
        assert!(
            line.contains(&counts("closed", 1)) && line.contains(&counts("open", 1)),
            "{shown}"
        );
    }
    let times = shown
        .lines()
        .map(|line| line.starts_with(r#"{"summary":{"at":5.250000000,"#));
    assert_eq!(times.collect::<Vec<_>>(), [true, true, false]);
}

#[test]
fn a_window_that_has_been_closed_for_a_second_stalls_a_connection_however_new_its_probe() {
    let closed = SECOND + 2000;
    let probed = |script: Script, after: u64| {
        let at = closed + after;
        script.sized(at, 0, ".", (200, 501), (0, 65535)).sized(
            at + 1000,
            0,
            "<.",
            (501, 201),
            (0, 0),
        )
    };
    let script = Script::new()
        .opened(SECOND / 2, 0)
        .sized(SECOND, 0, "P.", (101, 501), (100, 65535))
        .sized(closed, 0, "<.", (501, 201), (0, 0));
    let script = probed(probed(script, SECOND / 2), 2 * SECOND);
    let mut out = Vec::new();
    let style = Summarized::record(Vec::new()).repeatedly();
    let sink = Printed::new(style, &mut out).choosing(When::CaptureEnds);
    show(script, sink, &[7, 9], &SurveyLook::default());
    let shown = String::from_utf8(out).unwrap();
    let verdicts: Vec<_> = shown
        .lines()
        .map(|line| ["open", "stalled"].map(|one| line.contains(&format!(r#""{one}","count":1"#))))
        .collect();
    assert_eq!(
        verdicts,
        [[true, false], [false, true], [false, true]],
        "{shown}"
    );
}

/// What is written, and how often.
#[derive(Default)]
struct Pieces(Vec<Vec<u8>>);

impl Write for &mut Pieces {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.0.push(octets.to_vec());
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A table for each row would keep frames waiting where many connections end.
#[test]
fn connections_that_end_before_the_source_is_quiet_are_written_together() {
    let mut script = Script::new();
    for nth in 0..500 {
        let at = u64::from(nth) * 10_000;
        script = script
            .segment(at, nth, "S", 100, 0)
            .segment(at + 10, nth, "<R.", 0, 101);
    }
    let mut pieces = Pieces::default();
    let table = Flows::new(When::ConnectionEnds, TimeZone::UTC, Lang::En, false);
    let sink = Printed::new(table, &mut pieces).choosing(When::ConnectionEnds);
    show(script, sink, &[], &SurveyLook::default());
    let written = String::from_utf8(pieces.0.concat()).unwrap();
    assert_eq!(written.matches(" refused\n").count(), 500);
    assert!(pieces.0.len() < 10, "{}", pieces.0.len());
}
