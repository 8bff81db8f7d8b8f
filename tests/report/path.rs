//! What ICMP errors explain, and for what large segments are lost.

use std::fmt::Write;

use tcptrace::sink::annotation::{Annotated, AnnotationOptions};
use tcptrace::sink::explain::HowOften;
use tcptrace::sink::line::Line;
use tcptrace::sink::printed::Printed;
use tcptrace::sink::words::Lang;

use super::support::script::{show_script, turned};
use super::{reported, verdicts};

/// A segment that is too large, and what is sent for it.
const TOO_LARGE: &str = "
    1.000 > P. 1:1449(1448) ack 1
    1.002 icmp < too_big 1400 1:1449
    1.003 > .  1:1301(1300) ack 1
    1.003 > P. 1301:1449(148) ack 1
    1.030 < .  1:1(0) ack 1449
";

fn opened(script: &str) -> String {
    format!("opened\n{script}")
}

/// The annotations of a script.
fn annotated(script: &str, lang: Lang, explain: Option<HowOften>) -> String {
    let options = AnnotationOptions {
        lang,
        explain,
        ..AnnotationOptions::default()
    };
    let mut out = Vec::new();
    let style = Annotated::new(Line::default(), options);
    show_script(script, Printed::new(style, &mut out));
    String::from_utf8(out).unwrap()
}

#[test]
fn an_icmp_error_explains_the_smaller_segments_behind_it() {
    let shown = annotated(&opened(TOO_LARGE), Lang::En, None);
    for line in [
        "  #0 ICMP  10.9.9.1 says in frame 5: fragmentation needed, MTU 1400 (seq 1 of the client)\n",
        "  #0 → data 1300 bytes, retransmission (too large for the path: MTU 1400, frame 5)  seq 1:1301 ",
        "  #0 → data 148 bytes, retransmission (too large for the path: MTU 1400, frame 5)  seq 1301:1449 ",
    ] {
        assert!(shown.contains(line), "{line} is not in\n{shown}");
    }
    let explained = annotated(&opened(TOO_LARGE), Lang::En, Some(HowOften::Once));
    let why =
        "10.9.9.1 said in frame 5 that the link behind it takes packets of 1400 bytes at most";
    assert!(explained.contains(why), "{explained}");
    let chinese = annotated(&opened(TOO_LARGE), Lang::Zh, None);
    assert!(
        chinese.contains("重传（超过路径 MTU 1400，见第 5 帧）"),
        "{chinese}"
    );
    let server = annotated(&opened(&turned(TOO_LARGE)), Lang::En, None);
    let line = "  #0 ← data 1300 bytes, retransmission (too large for the path: MTU 1400, frame 5)";
    assert!(server.contains(line), "{server}");
}

#[test]
fn the_report_says_what_followed_an_icmp_error() {
    for (rest, line) in [
        (
            "1.003 > P. 1:1001(1000) ack 1",
            "fragmentation needed, MTU 1400 (seq 1 of the client); \
             the client sent the same bytes in smaller segments from frame 6 on",
        ),
        (
            "1.003 > R. 1449:1449(0) ack 1",
            "fragmentation needed, MTU 1400 (seq 1 of the client); \
             the client aborted the connection in frame 6",
        ),
        (
            "1.030 < .  1:1(0) ack 1449",
            "fragmentation needed, MTU 1400 (seq 1 of the client); the bytes arrived all the same",
        ),
        (
            "1.300 > P. 1:1449(1448) ack 1",
            "fragmentation needed, MTU 1400 (seq 1 of the client); the client went on as before",
        ),
        (
            "9.000 < P. 1:11(10) ack 1",
            "fragmentation needed, MTU 1400 (seq 1 of the client); the client sent nothing more",
        ),
        (
            "1.300 > P. 1:1449(1448) ack 1\n 1.302 icmp < too_big 1400 1:1449",
            "fragmentation needed, MTU 1400 (seq 1 of the client), 2 times; \
             the client sent nothing more",
        ),
    ] {
        let begin = "1.000 > P. 1:1449(1448) ack 1\n 1.002 icmp < too_big 1400 1:1449\n";
        let report = reported(&opened(&format!("{begin} {rest}")));
        let line = format!("    ICMP: 10.9.9.1 says in frame 5: {line}\n");
        assert!(report.contains(&line), "{line} is not in\n{report}");
    }
    let report = reported(&opened(TOO_LARGE));
    let line = "    client: 2 retransmissions in smaller segments, too large for the path before\n";
    assert!(report.contains(line), "{report}");
}

#[test]
fn the_verdict_says_what_an_icmp_error_said_of_what_was_sent_in_vain() {
    let repeated = |reason: &str| {
        let script = format!(
            "1.000 > P. 1:11(10) ack 1\n 1.002 icmp < {reason} 1:11\n 1.300 > P. 1:11(10) ack 1\n \
             1.900 > P. 1:11(10) ack 1\n 3.100 > P. 1:11(10) ack 1"
        );
        verdicts(&opened(&script)).remove(0)
    };
    for (reason, says) in [
        ("net_unreachable", "net unreachable"),
        ("host_unreachable", "host unreachable"),
        ("port_unreachable", "port unreachable"),
        ("prohibited", "administratively prohibited"),
        ("time_exceeded", "time exceeded in transit"),
    ] {
        assert_eq!(
            repeated(reason),
            format!(
                "the server vanished: it did not answer 3 repetitions by the client, and was last \
                 heard in frame 2; 10.9.9.1 says: {says} (ICMP, frame 5)  [frames 2, 5, 8]"
            )
        );
    }
    let given_up = "
        1.000 > P. 1:11(10) ack 1
        1.300 > P. 1:11(10) ack 1
        1.302 icmp < host_unreachable 1:11
        2.000 > R. 11:11(0) ack 1
    ";
    let verdict = verdicts(&opened(given_up)).remove(0);
    let behind = "; 10.9.9.1 says: host unreachable (ICMP, frame 6)  [frames 6, 7]";
    assert!(verdict.ends_with(behind), "{verdict}");
    let half_open = "
        0.000 > S  0:0(0)
        0.010 < S. 0:0(0) ack 1
        0.012 icmp > host_unreachable 0:0
        1.010 < S. 0:0(0) ack 1
    ";
    assert_eq!(
        verdicts(half_open),
        ["half-open: SYN-ACK sent 2 times, never acknowledged; \
         10.9.9.1 says: host unreachable (ICMP, frame 3)  [frames 2, 3, 4]"]
    );
}

#[test]
fn a_black_hole_is_named_with_what_shows_it() {
    let large = "
        1.000 > P. 1:1449(1448) ack 1
        1.000 > P. 1449:1549(100) ack 1
        1.030 < .  1:1(0) ack 1 <sacked 1449:1549>
        1.300 > P. 1:1449(1448) ack 1
        1.900 > P. 1:1449(1448) ack 1
    ";
    let lost = "MTU black hole: large segments of the client never arrive (1448 bytes, sent 3 times), \
                smaller ones do, as frame 6 shows";
    assert_eq!(verdicts(&opened(large)), [format!("{lost}  [frames 6, 8]")]);
    let given_up = format!("{large}\n 9.000 > R. 1549:1549(0) ack 1");
    let verdict = verdicts(&opened(&given_up)).remove(0);
    assert!(verdict.contains(lost), "{verdict}");
    let found_out = format!("{large}\n 3.000 > P. 1:513(512) ack 1\n 3.030 < . 1:1(0) ack 513");
    let report = reported(&opened(&found_out));
    let line = "  diagnosis: MTU black hole: large segments of the client did not arrive (1448 bytes, sent \
                3 times), the same bytes in smaller ones did, from frame 9 on  [frames 8, 9]\n";
    assert!(report.contains(line), "{report}");
    let unheeded = "
        1.000 > P. 1:1449(1448) ack 1
        1.002 icmp < too_big 1400 1:1449
        1.300 > P. 1:1449(1448) ack 1
        1.900 > P. 1:1449(1448) ack 1
    ";
    assert_eq!(
        verdicts(&opened(unheeded)),
        [
            "MTU black hole: large segments of the client never arrive (1448 bytes, sent 3 times), \
         and it did not heed the ICMP error in frame 5  [frames 5, 7]"
        ]
    );
}

/// A download through a window of two segments in each round trip of 100 ms.
fn through_a_small_window() -> String {
    let mut script = "
        0.000 > S  0:0(0) <mss 1000>
        0.100 < S. 0:0(0) ack 1 <mss 1000>
        0.100 > .  1:1(0) ack 1 win 2000
        0.100 > P. 1:101(100) ack 1 win 2000
        0.200 < .  1:1(0) ack 101
    "
    .to_owned();
    for round in 0..20 {
        let (now, next) = (0.2 + f64::from(round) * 0.1, 1 + round * 2000);
        let (half, end) = (next + 1000, next + 2000);
        write!(
            script,
            "
            {now:.1} < . {next}:{half}(1000) ack 101
            {now:.1} < . {half}:{end}(1000) ack 101
            {now:.1} > . 101:101(0) ack {end} win 2000
        "
        )
        .unwrap();
    }
    script
}

#[test]
fn what_the_time_shows_is_told_with_the_last_segment_or_at_the_end_of_the_capture() {
    let said = "  #0 diagnosis  window too small: the client offers 2000 bytes at the most";
    let script = through_a_small_window();
    let open = annotated(&script, Lang::En, None);
    let (_, behind) = open.split_once(said).unwrap_or_else(|| panic!("{open}"));
    assert!(behind.contains("\n  # 65 segments: "), "{behind}");
    assert_eq!(behind.lines().count(), 2, "{behind}");
    let ends = "
        2.30 < F. 40001:40001(0) ack 101
        2.30 > F. 101:101(0) ack 40002 win 2000
        2.40 < .  40002:40002(0) ack 102
        port 40001
        2.50 > S  0:0(0)
    ";
    let closed = annotated(&[&script, ends].concat(), Lang::En, None);
    assert_eq!(closed.matches(said).count(), 1, "{closed}");
    let (_, behind) = closed.split_once(said).unwrap();
    assert!(behind.contains("#1 → handshake 1/3 SYN"), "{closed}");
}
