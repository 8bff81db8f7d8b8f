//! The table of connections.

use jiff::tz::TimeZone;
use tcptrace::sink::choice::When;
use tcptrace::sink::flows::Flows;
use tcptrace::sink::printed::Printed;
use tcptrace::sink::words::Lang;

use crate::TWO;
use crate::support::script::show_script;

#[test]
fn the_table_has_a_row_for_each_connection() {
    let table = |when| {
        let mut out = Vec::new();
        let table = Flows::new(when, TimeZone::UTC, Lang::En, false);
        show_script(TWO, Printed::new(table, &mut out).choosing(when));
        String::from_utf8(out).unwrap()
    };
    let expected = "\
#  client          server       start            duration  handshake  RTT  first byte  bytes →  bytes ←  rate →  rate ←   silence  limited by  segments  retrans  verdict
0  10.0.0.1:40000  10.0.0.2:80  00:00:00.000000   1.024 s          -    -           -        0        0       -       -   1.024 s  handshake          2        1  no answer
1  10.0.0.1:40001  10.0.0.2:80  00:00:01.000000  1.000 ms          -    -           -        0        0       -       -  1.000 ms  handshake          2        0  refused
2 connections, 4 segments: 3 handshake, 1 reset
";
    assert_eq!(table(When::CaptureEnds), expected);
    let mut as_they_end = rows(expected);
    as_they_end.swap(1, 2);
    assert_eq!(rows(&table(When::ConnectionEnds)), as_they_end);
}

/// SYNs that are repeated, data that is, by either end; a copy that the network
/// made was not sent again.
#[test]
fn the_table_counts_what_was_sent_again() {
    let again = |script: &str| {
        let mut out = Vec::new();
        let table = Flows::new(When::CaptureEnds, TimeZone::UTC, Lang::En, false);
        show_script(script, Printed::new(table, &mut out));
        let table = String::from_utf8(out).unwrap();
        let row = table.lines().nth(1).unwrap().split_whitespace();
        row.rev().nth(1).unwrap().to_owned()
    };
    let data = "
        1.0 > P. 1:11(10) ack 1
        2.0 > P. 1:11(10) ack 1
        2.1 < .  1:1(0) ack 11
        3.0 < P. 1:6(5) ack 11
        4.0 < P. 1:6(5) ack 11
        4.1 > .  11:11(0) ack 6
    ";
    assert_eq!(again(&format!("opened\n{data}")), "2");
    let opening = "
        0.0 > S  0:0(0)
        0.5 > S  0:0(0)
        0.6 < S. 0:0(0) ack 1
        0.7 < S. 0:0(0) ack 1
        0.8 > .  1:1(0) ack 1
    ";
    assert_eq!(again(&format!("{opening}{data}")), "4");
    let copied = "opened\n 1.0 > P. 1:11(10) ack 1\n 1.000001 > P. 1:11(10) ack 1";
    assert_eq!(again(copied), "0");
}

fn rows(table: &str) -> Vec<Vec<&str>> {
    table
        .lines()
        .map(|row| row.split_whitespace().collect())
        .collect()
}
