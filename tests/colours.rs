//! What stands out: what went wrong, and nothing that went as it should.

#![cfg(feature = "cli")]

use support::program::run;

mod support;

const DIM: &str = "\x1b[2m";
const RED: &str = "\x1b[1;31m";
const GREEN: &str = "\x1b[32m";
const YELLOW: &str = "\x1b[33m";
const BOLD_YELLOW: &str = "\x1b[1;33m";
const CYAN: &str = "\x1b[36m";

/// The colour of each annotation that holds `words`.
fn colours<'a>(shown: &'a str, words: &str) -> Vec<&'a str> {
    let lines = shown.lines().filter(|line| line.contains(words));
    let colours = lines.map(|line| {
        let rest = line.strip_prefix("  #").unwrap();
        let end = rest.strip_prefix('\x1b').and_then(|rest| rest.find('m'));
        end.map_or("", |end| &rest[..end + 2])
    });
    colours.collect()
}

#[test]
fn an_annotation_stands_out_where_something_went_wrong() {
    let lost = run("-r lost.pcap --color always").out;
    for (words, expected) in [
        ("handshake 1/3 SYN  ", &[GREEN][..]),
        ("handshake 1/3 SYN, retransmission", &[BOLD_YELLOW]),
        ("data 4 bytes  ", &["", ""]),
        ("ack of 4 bytes", &[DIM]),
        ("duplicate ACK", &[YELLOW]),
        ("fast retransmission", &[BOLD_YELLOW]),
        ("teardown 4/4 ACK", &[CYAN]),
    ] {
        assert_eq!(colours(&lost, words), expected, "{words}\n{lost}");
    }
    let stalled = run("-r stalled.pcap --color always").out;
    for words in ["zero window", "window probe  ", "window probe ACK"] {
        let all = colours(&stalled, words);
        assert!(!all.is_empty(), "{words}\n{stalled}");
        assert!(
            all.iter().all(|colour| *colour == YELLOW),
            "{words}: {all:?}"
        );
    }
    assert_eq!(colours(&stalled, "window open again"), [DIM]);
    let reset = run("-r reset.pcap --color always").out;
    assert_eq!(colours(&reset, "reset (RST)"), [RED]);
}

#[test]
fn a_verdict_is_red_where_something_failed() {
    for (capture, verdict, colour) in [
        ("lost.pcap", "closed in order", GREEN),
        ("refused.pcap", "refused: ", RED),
        ("reset.pcap", "reset by the ", RED),
        ("stalled.pcap", "closed in order", GREEN),
    ] {
        let report = run(&format!("report -r {capture} --color always")).out;
        let words = format!("\n  {colour}{verdict}");
        assert!(report.contains(&words), "{capture}\n{report}");
    }
    let flows = run("flows -r lost.pcap -r refused.pcap --color always").out;
    let cells = format!("  {YELLOW}2\x1b[0m  {GREEN}closed\x1b[0m\n");
    assert!(flows.contains(&cells), "{flows}");
    assert!(
        flows.contains(&format!("  {RED}refused\x1b[0m\n")),
        "{flows}"
    );
    let server = run("flows -r refused.pcap --by server --color always").out;
    assert!(server.contains(&format!("  {RED}1\x1b[0m ")), "{server}");
}

#[test]
fn a_report_marks_what_slowed_a_connection_down() {
    let report = run("report -r lost.pcap --color always").out;
    for words in [
        "SYN sent 2 times, retransmitted after ",
        "client: 1 fast retransmission",
    ] {
        let marked = format!("\n    {YELLOW}{words}");
        assert!(report.contains(&marked), "{words}\n{report}");
    }
}
