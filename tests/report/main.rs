//! What `report` and `flows` say of a connection.

mod answered;
mod capture;
mod evidence;
mod judged;
mod path;
#[path = "../support/mod.rs"]
mod support;
mod table;
mod times;

use jiff::tz::TimeZone;
use support::script::show_script;
use tcptrace::sink::annotation::{Annotated, AnnotationOptions};
use tcptrace::sink::choice::When;
use tcptrace::sink::flows::Flows;
use tcptrace::sink::line::Line;
use tcptrace::sink::printed::Printed;
use tcptrace::sink::report::{Report, ReportOptions};
use tcptrace::sink::words::Lang;

fn options(width: Option<usize>) -> ReportOptions {
    ReportOptions {
        zone: TimeZone::UTC,
        width,
        lang: Lang::En,
        is_long: false,
        is_coloured: false,
    }
}

fn reported_in(script: &str, width: Option<usize>, when: When) -> String {
    let mut out = Vec::new();
    let report = Printed::new(Report::new(options(width)), &mut out);
    show_script(script, report.choosing(when));
    String::from_utf8(out).unwrap()
}

fn reported(script: &str) -> String {
    reported_in(script, None, When::CaptureEnds)
}

/// The sentences with the verdicts, which stand under the headlines.
fn verdicts(script: &str) -> Vec<String> {
    let report = reported(script);
    let lines = report.lines().zip(report.lines().skip(1));
    let of_block = lines.filter(|(headline, _)| headline.starts_with('#'));
    of_block
        .map(|(_, verdict)| verdict.trim().to_owned())
        .collect()
}

#[test]
fn what_comes_of_a_connection_that_has_left_is_told_apart_from_its_end() {
    let closed = "
        opened
        1.0 > F. 1:1(0) ack 1
        1.1 < F. 1:1(0) ack 2
        1.2 > .  2:2(0) ack 2
        99.0 < P. 2:12(10) ack 2
    ";
    assert_eq!(
        verdicts(closed),
        [
            "closed in order: the client closed first and holds TIME-WAIT; no data was sent",
            "segments after the end of a connection that was shown before",
        ]
    );
}

#[test]
fn the_verdict_is_a_sentence() {
    for (script, sentence) in [
        (
            "0.0 > S 0:0(0)",
            "whether the SYN was answered is not known: of the servers the capture holds nothing, \
             and ends 0 µs later",
        ),
        (
            "0.0 > S 0:0(0)\n 1.024 > S 0:0(0)\n 3.072 > S 0:0(0)",
            "no answer to 3 SYNs, retransmitted after 1.024 s, 2.048 s  [frames 1, 3]",
        ),
        (
            "0.0 > S 0:0(0)\n 0.000043 < R. 0:0(0) ack 1",
            "refused: the server answered the SYN with a RST after 43 µs  [frames 1, 2]",
        ),
        (
            "0.0 > S 0:0(0)\n 0.1 < S. 0:0(0) ack 1",
            "whether the SYN-ACK was acknowledged is not known: of the clients the capture holds \
             nothing but SYNs, and ends 0 µs later",
        ),
        (
            "0.0 > S 0:0(0)\n 0.1 < S. 0:0(0) ack 1\n 1.1 < S. 0:0(0) ack 1",
            "half-open: SYN-ACK sent 2 times, never acknowledged  [frames 2, 3]",
        ),
        ("opened\n", "still open when the capture ended"),
        (
            "opened\n 1.2 > R. 1:1(0) ack 1",
            "reset by the client after 1.200 s; no data was sent  [frame 4]",
        ),
        (
            "0.0 > S 0:0(0)\n 0.1 < S. 0:0(0) ack 1\n 0.2 > R 1:1(0)",
            "reset by the client after 200.000 ms, before the handshake was complete: it does not know the connection, or no longer does  [frames 2, 3]",
        ),
        (
            "opened\n 1.0 > F. 1:1(0) ack 1\n 1.2 < R. 1:1(0) ack 2",
            "reset by the server after 1.200 s, after the FIN of the client; no data was sent  [frame 5]",
        ),
        (
            "opened\n 1.0 > F. 1:1(0) ack 1\n 1.1 < . 1:1(0) ack 2",
            "half-closed: the client sent a FIN, the server did not",
        ),
        (
            "opened\n 1.0 > F. 1:1(0) ack 1\n 1.1 < F. 1:1(0) ack 2",
            "closing: both ends sent a FIN, the last one was not acknowledged",
        ),
        (
            "opened\n 1.0 > P. 1:9(8) ack 1\n 1.1 < . 1:1(0) ack 9 win 0",
            "stalled: the server's window has been zero since frame 5  [frames 4, 5]",
        ),
        (
            "opened\n 1.0 > P. 1:2(1) ack 1\n 2.0 > P. 1:2(1) ack 1\n 3.0 > P. 1:2(1) ack 1\n \
             4.0 > P. 1:2(1) ack 1",
            "the server vanished: it did not answer 3 repetitions by the client, \
             and was last heard in frame 2  [frames 2, 7]",
        ),
        (
            "opened\n 1.0 > P. 1:2(1) ack 1\n 1.1 < R. 1:1(0) ack 2",
            "reset by the server after 1.100 s: closed before it had read all data, \
             or aborted  [frames 4, 5]",
        ),
        (
            "1.0 > P. 1:2(1) ack 1",
            "began before the capture, still open when it ended",
        ),
        (
            "1.0 > R. 1:1(0) ack 1",
            "reset by the client after 0 µs; began before the capture  [frame 1]",
        ),
    ] {
        assert_eq!(verdicts(script), [sentence], "{script}");
    }
}

#[test]
fn who_closed_first_holds_time_wait() {
    let by_server = "
        opened
        1.0 < F. 1:1(0) ack 1
        1.1 > F. 1:1(0) ack 2
        1.2 < .  2:2(0) ack 2
    ";
    let order = "the server closed first and holds TIME-WAIT";
    let verdict = format!("closed in order: {order}; no data was sent");
    assert_eq!(verdicts(by_server), [verdict]);
    let report = reported(by_server);
    assert!(report.contains(&format!("\n  teardown in 200.000 ms: {order}\n")));
    assert!(report.contains("\n    2-3/4 FIN+ACK "));
    let at_once = "
        opened
        1.0 < F. 1:1(0) ack 1
        1.0 > F. 1:1(0) ack 1
        1.1 > .  2:2(0) ack 2
        1.2 < .  2:2(0) ack 2
    ";
    let order = "closed in order: both ends closed at once, both hold TIME-WAIT; no data was sent";
    assert_eq!(verdicts(at_once), [order]);
}

#[test]
fn what_was_not_proved_is_said() {
    for (script, sentence) in [
        (
            "0.0 > S 0:0(0)\n 1.0 > S 0:0(0)",
            "whether the SYN arrived, which was never answered",
        ),
        (
            "0.0 > S 0:0(0)\n 0.1 < S. 0:0(0) ack 1\n 1.1 < S. 0:0(0) ack 1",
            "whether the SYN-ACK arrived, which was never acknowledged (if so, the client is in ESTABLISHED)",
        ),
        (
            "opened\n 0.1 > P. 1:11(10) ack 1\n 0.2 < . 1:1(0) ack 8",
            "whether 3 bytes of the client arrived, which were never acknowledged",
        ),
        (
            "opened\n 0.1 < F. 1:1(0) ack 1",
            "whether the FIN of the server arrived, which was never acknowledged (if so, the client is in CLOSE-WAIT)",
        ),
        (
            "opened\n 0.1 < F. 1:1(0) ack 1\n 0.2 > F. 1:1(0) ack 1\n 0.3 < . 2:2(0) ack 2",
            "whether the FIN of the server arrived, which was never acknowledged (if so, the client is in TIME-WAIT)",
        ),
    ] {
        let report = reported(script);
        let said: Vec<_> = report
            .lines()
            .filter_map(|line| line.strip_prefix("  not known: "))
            .collect();
        assert_eq!(said, [sentence], "{script}");
    }
    let closed = "
        opened
        0.1 > PF. 1:11(10) ack 1
        0.2 < F. 1:1(0) ack 12
        0.3 > .  12:12(0) ack 2
    ";
    assert!(!reported(closed).contains("not known"));
}

/// A window cannot be told where a SYN is missing, and has none where nothing
/// opened.
#[test]
fn an_unknown_window_scale_is_said() {
    let data = "1.0 > P. 1:11(10) ack 1\n 1.1 < . 1:1(0) ack 11 win 5";
    let unknown = "\n    window scale unknown, since not both SYNs were captured: \
                   windows count as sent and may be larger\n";
    let only_answer = format!("0.9 < S. 0:0(0) ack 1 <wscale 7>\n {data}");
    for (script, is_unknown) in [
        (data.to_owned(), true),
        (only_answer, true),
        (format!("opened\n {data}"), false),
        ("0.0 > S 0:0(0) <wscale 7>".to_owned(), false),
        ("0.0 > S 0:0(0)\n 0.1 < R. 0:0(0) ack 1".to_owned(), false),
    ] {
        let report = reported(&script);
        assert_eq!(report.contains(unknown), is_unknown, "{script}\n{report}");
    }
    let chinese = evidence::reported_in_chinese(data);
    assert!(chinese.contains("\n    窗口缩放因子未知："), "{chinese}");
}

const WHOLE: &str = "
    0.000 > S  0:0(0) win 65535 <mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 7>
    1.000 > S  0:0(0) win 65535 <mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 7>
    1.010 < S. 0:0(0) ack 1 win 65535 <mss 1400,nop,wscale 15>
    1.020 > P. 1:101(100) ack 1
    1.030 > P. 51:201(150) ack 1
    1.040 < F. 1:1(0) ack 201
    1.050 > F. 201:201(0) ack 2
    1.060 < .  2:2(0) ack 202
";

#[test]
fn a_block_tells_the_whole_connection() {
    let expected = "\
#0  10.0.0.1:40000 → 10.0.0.2:80
  closed in order: the server closed first and holds TIME-WAIT
  began 1970-01-01 00:00:00.000000 and lasted 1.060 s: 8 segments
  limited by the handshake: 1.020 s of 1.060 s (96.2 %) in one wait from frame 1 to frame 4

  handshake in 1.020 s: SYN-ACK 1.010 s after the SYN, ACK 10.000 ms after the SYN-ACK
    SYN sent 2 times, retransmitted after 1.000 s
    the SYN was sent more than once, and no frame shows which one was answered: the time may not be a round trip
    odd: the server offers a window scale over 14, which counts as 14
    step              frame     time       seq (raw)       ack (raw)  client state  server state
    1/3 SYN        →      1     0 µs  0 (4294967294)                  SYN-SENT      LISTEN
    2/3 SYN-ACK    ←      3  1.010 s  0 (2147483646)  1 (4294967295)  SYN-SENT      SYN-RECEIVED
    3/3 ACK        →      4  1.020 s  1 (4294967295)  1 (2147483647)  ESTABLISHED   ESTABLISHED

    option        client    server       in force
    MSS           1460      1400         → 1400, ← 1460
    window scale  7 (×128)  15 (×16384)  yes
    SACK          yes       no           no
    timestamps    yes       no           no

    data             bytes  retransmitted  segments  with data
    client → server    250    50 (20.0 %)         5          2
    server → client      0              0         3          0
    client: 1 retransmission as tail loss probe

    times                   least     median       95 %    longest
      capture ⇄ client  10.000 ms  10.000 ms  10.000 ms  10.000 ms
    what the client sent last was not answered
    longest silence 1.000 s, ended by frame 2

    time spent                 time   share  waits
    handshake               1.020 s  96.2 %      1  ███████████████████████▏
    closing               15.000 ms   1.4 %      2  ▍
    client's application  10.000 ms   0.9 %      1  ▎
    loss                  10.000 ms   0.9 %      1  ▎
    path                   5.000 ms   0.5 %      1  ▏

  teardown in 20.000 ms: the server closed first and holds TIME-WAIT
    step              frame     time       seq (raw)       ack (raw)  client state  server state
    1/4 FIN        ←      6  1.040 s  1 (2147483647)       201 (199)  ESTABLISHED   FIN-WAIT-1
    2-3/4 FIN+ACK  →      7  1.050 s       201 (199)  2 (2147483648)  LAST-ACK      FIN-WAIT-2
    4/4 ACK        ←      8  1.060 s  2 (2147483648)       202 (200)  CLOSED        TIME-WAIT

  states at the end: client CLOSED, server TIME-WAIT
  TIME-WAIT lasts 2 MSL: 4 minutes by RFC 9293, 60 s on Linux

1 connection, 8 segments: 4 handshake, 1 data, 3 teardown
";
    let report = reported(WHOLE);
    assert!(
        report == expected,
        "expected:\n{expected}\nreported:\n{report}"
    );
}

#[test]
fn a_narrow_report_fits_its_terminal() {
    let report = reported_in(WHOLE, Some(80), When::CaptureEnds);
    let widest = report.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(80), "{report}");
    assert!(report.contains("  both states\n"));
    assert!(report.contains("  SYN-SENT\n") && report.contains("  LISTEN\n"));
}

/// Two connections: the second ends first, the first not at all.
const TWO: &str = "
    0.000 > S  0:0(0)
    port 40001
    1.000 > S  0:0(0)
    1.001 < R. 0:0(0) ack 1
    port 40000
    1.024 > S  0:0(0)
";

#[test]
fn connections_stand_in_the_order_of_their_beginning_or_their_end() {
    let headlines = |when| {
        let report = reported_in(TWO, None, when);
        let headlines = report.lines().filter(|line| line.starts_with('#'));
        headlines.map(str::to_owned).collect::<Vec<_>>()
    };
    let [first, second] = [
        "#0  10.0.0.1:40000 → 10.0.0.2:80",
        "#1  10.0.0.1:40001 → 10.0.0.2:80",
    ];
    assert_eq!(headlines(When::CaptureEnds), [first, second]);
    assert_eq!(headlines(When::ConnectionEnds), [second, first]);
}

#[test]
fn ports_used_before_are_said_of_the_later_connection() {
    let script = "
        opened
        1.0 > R. 1:1(0) ack 1
        new numbers
        2.0 > S  0:0(0)
        2.1 < R. 0:0(0) ack 1
        port 40001
        3.0 > S  0:0(0)
    ";
    let report = reported(script);
    let blocks: Vec<_> = report.split("\n\n#").collect();
    let said =
        |block: &str| block.contains("\n  same addresses and ports as the earlier connection #0\n");
    assert_eq!(
        blocks.iter().map(|block| said(block)).collect::<Vec<_>>(),
        [false, true, false],
        "{report}"
    );
}

#[test]
fn a_guessed_client_is_marked() {
    let script = "1.0 > P. 1:2(1) ack 1";
    assert!(
        reported(script).contains("80  (which end is the client is a guess by the port numbers)\n")
    );
    let mut out = Vec::new();
    let table = Flows::new(When::CaptureEnds, TimeZone::UTC, Lang::En, false);
    show_script(script, Printed::new(table, &mut out));
    let table = String::from_utf8(out).unwrap();
    assert!(table.contains("10.0.0.1:40000 ?  10.0.0.2:80"));
    assert!(table.contains("\n? which end is the client is a guess\n"));
}

#[test]
fn what_a_guess_at_the_client_goes_by_is_said_in_both_languages() {
    let remarks = |lang: Lang| {
        let mut out = Vec::new();
        let options = AnnotationOptions {
            lang,
            ..AnnotationOptions::default()
        };
        let style = Annotated::new(Line::default(), options);
        let script = "
            1.0 < . 1:1(0) ack 1
            2.0 < . 1:1(0) ack 1
            port 25
            3.0 < . 1:1(0) ack 1
            4.0 < S. 0:0(0) ack 0
            port 26
            5.0 < . 1:1(0) ack 1
        ";
        show_script(script, Printed::new(style, &mut out));
        show_script(
            "port 25\n 1.0 < . 1:1(0) ack 1",
            Printed::new(Annotated::new(Line::default(), options), &mut out),
        );
        let out = String::from_utf8(out).unwrap();
        let remark = lang.words().annotation.client_guessed.replace("{0}", "");
        let said = out.lines().filter_map(|line| line.split_once(&remark));
        let said = said.map(|(_, reason)| reason.to_owned());
        said.collect::<Vec<_>>()
    };
    assert_eq!(
        remarks(Lang::En),
        [
            "the port numbers",
            "the server's several peers",
            "the server's earlier connections",
            "who spoke first"
        ]
    );
    assert_eq!(
        remarks(Lang::Zh),
        [
            "端口号",
            "该服务器有多个对端",
            "该服务器先前的连接",
            "谁最先发出报文段"
        ]
    );
}

#[test]
fn a_fin_may_carry_what_was_sent_before_or_end_the_handshake() {
    let again = "
        opened
        0.1 > P. 1:11(10) ack 1
        0.2 < F. 1:1(0) ack 1
        0.3 > F. 1:11(10) ack 2
        0.4 < .  2:2(0) ack 12
    ";
    let order = "closed in order: the server closed first and holds TIME-WAIT";
    assert_eq!(verdicts(again), [order]);
    let at_once = "
        0.00 > S  0:0(0)
        0.01 < S. 0:0(0) ack 1
        0.02 > F. 1:1(0) ack 1
    ";
    let report = reported(at_once);
    let without_ack = "\n  handshake done: SYN-ACK 10.000 ms after the SYN; when the ACK was sent \
                       is not known, no bare ACK was captured\n";
    assert!(report.contains(without_ack), "{report}");
    assert!(
        report.contains("\n    3/3 FIN ") && report.contains("\n    1/4 FIN "),
        "{report}"
    );
}
