//! Which connections `report` and `flows` show, what is said where there is none of
//! them, and whether any failed.

#![cfg(feature = "cli")]

use support::program::run;

mod support;

#[test]
fn the_exit_status_tells_whether_a_connection_failed() {
    for (arguments, status) in [
        ("report -r refused.pcap", 0),
        ("report --exit-status -r refused.pcap", 3),
        ("flows --exit-status -r hello.pcap", 0),
        ("summary -r refused.pcap", 0),
        ("summary --exit-status -r refused.pcap", 3),
        ("summary --exit-status --json -r refused.pcap", 3),
        ("summary --exit-status -r hello.pcap", 0),
        ("flows --exit-status --slow 5s -r hello.pcap", 0),
        ("flows --exit-status --slow 20ms -r hello.pcap", 3),
        ("flows --exit-status --slow 1ms -r lost.pcap", 3),
    ] {
        assert_eq!(run(arguments).status, Some(status), "{arguments}");
    }
}

#[test]
fn only_what_failed_or_was_slow_is_shown() {
    for (arguments, beginning) in [
        ("report --failed -r refused.pcap", "#0 "),
        ("report --slow 1s -r lost.pcap", "#0 "),
        ("report --slow 2s --failed -r refused.pcap", "#0 "),
        ("flows --failed -r refused.pcap", "#  client"),
        ("report --slow 500ms -r users.pcapng", "#0 "),
    ] {
        let ran = run(arguments);
        assert!(ran.out.starts_with(beginning), "{arguments}: {}", ran.out);
        assert!(!ran.out.contains(" seen)"), "{arguments}: {}", ran.out);
    }
}

#[test]
fn where_none_is_shown_that_is_said() {
    let two = "-r hello.pcap -r lost.pcap";
    for (asked, said) in [
        ("--failed", "no connection failed (2 seen)"),
        (
            "--slow 2s",
            "no connection waited longer than 2.000 s (2 seen)",
        ),
        (
            "--failed --slow 30s",
            "no connection failed or waited longer than 30.000 s (2 seen)",
        ),
        ("--failed --lang zh", "没有失败的连接（共 2 个）"),
        (
            "--slow 2s --lang zh",
            "没有等待超过 2.000 s 的连接（共 2 个）",
        ),
        (
            "--slow 2s --failed --lang zh",
            "没有失败或等待超过 2.000 s 的连接（共 2 个）",
        ),
    ] {
        for command in ["report", "flows"] {
            let arguments = format!("{command} {asked} {two}");
            let ran = run(&arguments);
            let lines: Vec<_> = ran.out.lines().collect();
            assert_eq!(lines.len(), 2, "{arguments}: {}", ran.out);
            assert_eq!(lines[0], said, "{arguments}");
        }
    }
    let one = run("report --failed -r hello.pcap").out;
    assert!(one.starts_with("no connection failed (1 seen)\n"), "{one}");
}

/// Records and rows are for programs; of no connection there is nothing to say.
#[test]
fn nothing_is_said_where_nothing_was_asked_or_no_words_belong() {
    for (arguments, out) in [
        ("report --failed --json -r lost.pcap", ""),
        (
            "report -r lost.pcap port 1",
            "0 connections, 0 segments passed the filter\n",
        ),
        (
            "report --failed -r lost.pcap port 1",
            "0 connections, 0 segments passed the filter\n",
        ),
        (
            "flows -r lost.pcap port 1",
            "0 connections, 0 segments passed the filter\n",
        ),
    ] {
        assert_eq!(run(arguments).out, out, "{arguments}");
    }
    let rows = run("flows --failed --csv -r lost.pcap").out;
    assert_eq!(rows.lines().count(), 1, "{rows}");
}

/// Handshakes and answers alike; the block says which.
#[test]
fn what_took_longer_is_told_in_the_block() {
    for (arguments, said) in [
        (
            "report --slow 500ms -r users.pcapng",
            &[
                "  longer than 500.000 ms: first byte 1.000 s from frame 9 to frame 11",
                "  longer than 500.000 ms: first byte 1.000 s from frame 6 to frame 8",
                "  longer than 500.000 ms: first byte 1.000 s from frame 12 to frame 14",
                "  longer than 500.000 ms: server's application 1.000 s until frame 19",
            ][..],
        ),
        (
            "report --slow 1s -r lost.pcap",
            &["  longer than 1.000 s: handshake 1.008 s"],
        ),
        (
            "report --slow 1s --lang zh -r lost.pcap",
            &["  超过 1.000 s：握手 1.008 s"],
        ),
        ("report -r lost.pcap", &[]),
    ] {
        let out = run(arguments).out;
        let told = out.lines().filter(|line| {
            ["longer than", "超过"]
                .iter()
                .any(|words| line.trim_start().starts_with(words))
        });
        assert_eq!(told.collect::<Vec<_>>(), said, "{arguments}");
    }
}

#[test]
fn a_late_answer_counts_for_the_exit_status() {
    for (limit, status) in [("500ms", 3), ("1500ms", 0)] {
        let arguments = format!("flows --exit-status --slow {limit} -r users.pcapng");
        assert_eq!(run(&arguments).status, Some(status), "{arguments}");
    }
}
