//! Which connections `report` and `flows` show, and what is said where there is
//! none of them.

#![cfg(feature = "cli")]

use support::program::run;

mod support;

#[test]
fn the_exit_status_tells_whether_a_connection_failed() {
    for (arguments, status) in [
        ("report -r refused.pcap", 0),
        ("report --exit-status -r refused.pcap", 3),
        ("flows --exit-status -r hello.pcap", 0),
        ("flows --exit-status --slow 1ms -r hello.pcap", 0),
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
            "no handshake took longer than 2.000 s (2 connections seen)",
        ),
        (
            "--failed --slow 30s",
            "no connection failed or had a handshake longer than 30.000 s (2 seen)",
        ),
        ("--failed --lang zh", "没有失败的连接（共 2 个）"),
        (
            "--slow 2s --lang zh",
            "没有握手用时超过 2.000 s 的连接（共 2 个）",
        ),
        (
            "--slow 2s --failed --lang zh",
            "没有失败或握手用时超过 2.000 s 的连接（共 2 个）",
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
