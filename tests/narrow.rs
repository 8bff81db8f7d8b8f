//! Annotations and reports in the columns of a terminal. Numbers in the scripts are
//! relative to the client's ISN.

mod support;

use jiff::tz::TimeZone;
use support::script::show_script;
use tcptrace::sink::annotation::{Annotated, AnnotationOptions};
use tcptrace::sink::line::Line;
use tcptrace::sink::plain::Plain;
use tcptrace::sink::printed::Printed;
use tcptrace::sink::report::{Report, ReportOptions};
use tcptrace::sink::words::Lang;
use unicode_width::UnicodeWidthStr;

/// A connection with a loss, SACK and a reset.
const SCRIPT: &str = "
    opened
    1.000 > .  1:1001(1000) ack 1
    1.001 > .  2001:3001(1000) ack 1
    1.002 < .  1:1(0) ack 1001 <sack 1999:2999>
    1.003 < .  1:1(0) ack 1001 <sack 1999:2999>
    1.030 > .  1001:2001(1000) ack 1
    1.031 < .  1:1(0) ack 3001 win 0
    2.000 < R. 1:1(0) ack 3001
    port 41000
    3.000 > S  0:0(0)
    4.000 > S  0:0(0)
    5.000 > S  0:0(0)
    6.000 > S  0:0(0)
";

fn annotated(width: Option<usize>, lang: Lang) -> String {
    let mut out = Vec::new();
    let options = AnnotationOptions {
        width,
        lang,
        header: true,
        ..AnnotationOptions::default()
    };
    let style = Annotated::new(Line::default(), options);
    show_script(SCRIPT, Printed::new(style, &mut out));
    String::from_utf8(out).unwrap()
}

fn annotations(shown: &str) -> impl Iterator<Item = &str> {
    shown.lines().filter(|line| line.starts_with("  #"))
}

/// What annotations say, whatever their lines.
fn words(shown: &str) -> String {
    let lines = annotations(shown);
    let lines = lines.map(|line| line.strip_prefix("  #").unwrap());
    lines.flat_map(str::split_whitespace).collect()
}

#[test]
fn a_narrow_terminal_folds_annotations_and_nothing_else() {
    let mut plain = Vec::new();
    show_script(
        SCRIPT,
        Printed::new(Plain::new(Line::default()), &mut plain),
    );
    let plain = String::from_utf8(plain).unwrap();
    for lang in Lang::ALL {
        let whole = annotated(None, lang);
        for width in [62, 70, 80, 100, 120] {
            let shown = annotated(Some(width), lang);
            let widest = annotations(&shown).map(UnicodeWidthStr::width).max();
            assert!(widest <= Some(width), "{width}: {widest:?}\n{shown}");
            assert_eq!(words(&shown), words(&whole), "{width}\n{shown}");
            let lines = shown.lines().filter(|line| !line.starts_with("  #"));
            assert_eq!(lines.collect::<Vec<_>>(), plain.lines().collect::<Vec<_>>());
        }
    }
}

#[test]
fn further_lines_stand_where_the_numbers_do() {
    let shown = annotated(Some(80), Lang::En);
    let expected = "
  #0 → handshake 3/3 ACK       seq 1 (4294967295)  ack 1 (2147483647)
  #                            client SYN-SENT → ESTABLISHED,
  #                            server SYN-RECEIVED → ESTABLISHED;
  #                            handshake took 20.000 ms
";
    assert!(shown.contains(expected), "{shown}");
    let expected = "
  #1 verdict so far  no answer to 4 SYNs, retransmitted after 1.000 s, 1.000 s,
  #                  1.000 s  [frames 11, 14]
";
    assert!(shown.contains(expected), "{shown}");
}

/// A server at work, a loss, and an answer behind a closed window: the table of where the
/// time went has a row for each.
const SLOW: &str = "
    opened
    1.000 > P. 1:101(100) ack 1
    1.020 < P. 1:1001(1000) ack 101
    1.030 > .  101:101(0) ack 1001
    11.000 > P. 101:201(100) ack 1001
    13.000 < P. 1001:2001(1000) ack 201
    13.010 > .  201:201(0) ack 2001 win 0
    14.000 > .  201:201(0) ack 2001
    14.020 < P. 2001:3001(1000) ack 201
    14.520 < P. 2001:3001(1000) ack 201
    14.530 > .  201:201(0) ack 3001
    14.600 > F. 201:201(0) ack 3001
    14.620 < F. 3001:3001(0) ack 202
    14.630 > .  202:202(0) ack 3002
";

fn reported(width: Option<usize>, lang: Lang) -> String {
    let mut out = Vec::new();
    let options = ReportOptions {
        zone: TimeZone::UTC,
        width,
        lang,
        is_long: false,
        is_coloured: false,
    };
    show_script(SLOW, Printed::new(Report::new(options), &mut out));
    String::from_utf8(out).unwrap()
}

/// The line of a report that begins so, and what stands in it, column by column.
fn row<'a>(report: &'a str, title: &str) -> Vec<&'a str> {
    let mut lines = report.lines().map(str::trim_start);
    let line = lines.find(|line| line.starts_with(title));
    let line = line.unwrap_or_else(|| panic!("{title}: {report}"));
    let cells = line.split("  ").map(str::trim);
    cells.filter(|cell| !cell.is_empty()).collect()
}

#[test]
fn tables_of_a_report_go_without_columns_where_there_is_no_room() {
    for lang in Lang::ALL {
        for width in [40, 45, 50, 55, 60, 70, 80] {
            let report = reported(Some(width), lang);
            for line in report.lines() {
                let is_short = UnicodeWidthStr::width(line) <= width;
                assert!(is_short, "{width}: {line}\n{report}");
            }
        }
    }
}

#[test]
fn of_where_the_time_went_bars_go_first_and_then_shares() {
    let spent = |width| {
        let report = reported(width, Lang::En);
        let heading = row(&report, "time spent").join(" ");
        let has_bars = report.contains('█');
        let first = row(&report, "client's application").join(" ");
        let bar = |c| ('\u{2580}'..='\u{259f}').contains(&c);
        (heading, has_bars, first.trim_end_matches(bar).to_owned())
    };
    let said = |heading: &str, has_bars, row: &str| (heading.to_owned(), has_bars, row.to_owned());
    let whole = said(
        "time spent time share waits",
        true,
        "client's application 11.020 s 75.3 % 3 ",
    );
    assert_eq!(spent(None), whole);
    let (heading, _, row) = whole;
    let row = row.trim_end();
    assert_eq!(spent(Some(60)), said(&heading, false, row));
    let without_shares = row.replace(" 75.3 %", "");
    assert_eq!(
        spent(Some(45)),
        said("time spent time waits", false, &without_shares)
    );
}
