//! `summary`: a capture on one screen, and commands that can be copied.

#![cfg(feature = "cli")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use jiff::tz::TimeZone;
use support::program::{Ran, captures, recordings, run, run_with_input, tcptrace};
use support::script::{capture_file, show_script};
use tcptrace::sink::printed::Printed;
use tcptrace::sink::summary::{Summarized, SummaryOptions};
use tcptrace::sink::words::Lang;
use unicode_width::UnicodeWidthStr;

/// What stands before a command.
const PROMPT: &str = "$ ";

/// The commands that an output shows.
fn commands(shown: &str) -> Vec<&str> {
    let behind = shown.lines().filter_map(|line| line.split_once(PROMPT));
    behind.map(|(_, command)| command).collect()
}

/// A command as a shell runs it in the folder of recordings.
fn shell(command: &str) -> Ran {
    let program = Path::new(env!("CARGO_BIN_EXE_tcptrace")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let output = Command::new("bash")
        .args(["-c", command])
        .env("PATH", path)
        .env("LC_ALL", "C")
        .current_dir(captures())
        .output();
    output.unwrap().into()
}

#[track_caller]
fn each_command_shows_more(shown: &str) {
    let commands = commands(shown);
    assert!(!commands.is_empty(), "{shown}");
    for command in commands {
        let ran = shell(command);
        assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""), "{command}");
        assert!(!ran.out.contains(" seen)"), "{command}: {}", ran.out);
        if let Some((_, behind)) = command.split_once("--connection ") {
            let number = behind.split(' ').next().unwrap();
            let title = format!("#{number}  ");
            assert!(ran.out.starts_with(&title), "{command}: {}", ran.out);
        }
    }
}

#[test]
fn each_command_shows_what_it_stands_by() {
    for recording in recordings() {
        let ran = run(&format!("summary -r {recording}"));
        assert_eq!(ran.status, Some(0), "{recording}: {}", ran.err);
        each_command_shows_more(&ran.out);
    }
    each_command_shows_more(&run("summary -r lost.pcap -r users.pcapng -r refused.pcap").out);
}

/// A copy of a recording under another name.
fn copy(recording: &str, name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("summary");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    fs::copy(captures().join(recording), &path).unwrap();
    path
}

#[test]
fn a_command_can_be_copied_whatever_the_file_is_called() {
    for name in [
        "two words.pcap",
        "it's $HOME.pcap",
        "line\nbreak\x1b[1m.pcap",
    ] {
        let path = copy("lost.pcap", name);
        let output = tcptrace().arg("summary").arg("-r").arg(path).output();
        let ran = Ran::from(output.unwrap());
        assert!(!ran.out.contains('\x1b'), "{}", ran.out);
        each_command_shows_more(&ran.out);
    }
}

#[test]
fn a_command_reads_what_was_read_through_the_same_filter() {
    let both = "-r lost.pcap -r users.pcapng";
    for (asked, again) in [
        ("-c 25", "-c 25"),
        ("port 5200", "port 5200"),
        ("tcp[13]&4=0", "'tcp[13]&4=0'"),
        ("--until-closed", "--until-closed"),
        ("--max-memory 64m", "--max-memory 65536k"),
    ] {
        let ran = run(&format!("summary {both} {asked}"));
        let command = format!("$ tcptrace flows {both} {again}\n");
        assert!(ran.out.contains(&command), "{command}\n{}", ran.out);
        each_command_shows_more(&ran.out);
    }
}

#[test]
fn one_connection_or_one_server_can_be_asked_for() {
    let files = "-r lost.pcap -r users.pcapng -r refused.pcap";
    let titles = |asked: &str| {
        let ran = run(&format!("report {asked} {files}"));
        let titles = ran.out.lines().filter(|line| line.starts_with('#'));
        let numbers = titles.map(|line| line.split(' ').next().unwrap().to_owned());
        (ran.status.unwrap(), numbers.collect::<Vec<_>>())
    };
    let of = |status, numbers: &[&str]| (status, numbers.iter().map(ToString::to_string).collect());
    assert_eq!(titles("--connection 1"), of(0, &["#1"]));
    assert_eq!(titles("--server 127.0.0.1:4445"), of(0, &["#2"]));
    assert_eq!(
        titles("--server 127.0.0.1:4445 --failed --exit-status"),
        of(3, &["#2"])
    );
    // Whether another one failed is not asked.
    assert_eq!(titles("--connection 1 --exit-status"), of(0, &["#1"]));
    let none = run(&format!("flows --connection 7 {files}")).out;
    assert!(
        none.starts_with("no connection is one that was asked for (3 seen)\n"),
        "{none}"
    );
    let none = run(&format!("report --lang zh --connection 1 --failed {files}")).out;
    assert!(none.starts_with("没有所要求的连接（共 3 个）\n"), "{none}");
}

#[test]
fn what_cannot_be_read_again_is_told_how_to_be_kept() {
    let shown = screen(CROWD, None, Lang::En, None);
    assert_eq!(commands(&shown), [""; 0]);
    let hint = "to look closer: capture with -w FILE, then read it with -r FILE\n";
    assert!(shown.ends_with(hint), "{shown}");
}

/// Connections that wait, fail and are answered late, and a capture that lacks something.
const CROWD: &str = "
    0.000 > S  0:0(0)
    0.020 < S. 0:0(0) ack 1
    0.020 > .  1:1(0) ack 1
    0.030 > P. 1:101(100)   ack 1
    1.050 < P. 1:501(500)   ack 101
    1.060 > R. 101:101(0)   ack 501
    port 40001
    2.000 > S  0:0(0)
    3.000 > S  0:0(0)
    3.010 < R. 0:0(0) ack 1
    port 40002
    4.000 > S  0:0(0)
    5.000 > S  0:0(0)
    7.000 > S  0:0(0)
    port 40003
    8.000 > S  0:0(0)
    8.020 < S. 0:0(0) ack 1
    8.020 > .  1:1(0) ack 1
    captured nothing
    8.021 > P. 1:101(100)   ack 1
    captured everything
    8.031 > P. 101:201(100) ack 1
    8.051 < .  1:1(0) ack 201
    8.400 > P. 201:301(100) ack 1
    8.700 > P. 201:301(100) ack 1
    8.720 < .  1:1(0) ack 301
    8.730 < F. 1:1(0) ack 301
    8.731 > F. 301:301(0) ack 2
    8.751 < .  2:2(0) ack 302
";

/// The screen of a script, as one of these columns.
fn screen(script: &str, width: Option<usize>, lang: Lang, again: Option<&str>) -> String {
    let mut out = Vec::new();
    let style = Summarized::screen(SummaryOptions {
        names: vec!["slow.pcap".to_owned()],
        again: again.map(str::to_owned),
        zone: TimeZone::UTC,
        width,
        lang,
        is_coloured: false,
    });
    show_script(script, Printed::new(style, &mut out));
    String::from_utf8(out).unwrap()
}

/// Many connections that wait, to many servers in trouble.
fn crowds() -> String {
    let crowd = |nth: usize| {
        let lines = CROWD.lines().map(|line| match line.trim().split_once(' ') {
            Some(("port", port)) => format!("port {}", port.parse::<usize>().unwrap() + 4 * nth),
            Some((time, rest)) if time.contains('.') => {
                let time: f64 = time.parse().unwrap();
                #[expect(clippy::cast_precision_loss, reason = "a small number")]
                let later = nth as f64 * 10.0;
                format!("{:.3} {rest}", time + later)
            }
            _ => line.to_owned(),
        });
        let lines: Vec<_> = lines.collect();
        format!("port {}\n{}\n", 40_000 + 4 * nth, lines.join("\n"))
    };
    (0..12).map(crowd).collect()
}

#[test]
fn a_narrow_terminal_has_no_line_that_is_too_long_but_commands() {
    for script in [CROWD, &crowds()] {
        for lang in Lang::ALL {
            for width in [50, 62, 70, 80, 100, 120, 160] {
                let shown = screen(script, Some(width), lang, Some("-r slow.pcap"));
                for line in shown.lines() {
                    let is_short = UnicodeWidthStr::width(line) <= width;
                    let is_command = line.trim_start().starts_with(PROMPT);
                    assert!(is_short || is_command, "{width}: {line}\n{shown}");
                }
            }
        }
    }
}

/// A name so long that hardly a command fits beside words.
const LONG: &str = "-r captures/of/the/day/before/yesterday.pcap";

#[test]
fn a_screen_of_eighty_columns_has_forty_lines_at_most() {
    let of_connections = |shown: &str| {
        let rows = shown.lines().filter(|line| line.contains("10.0.0.1:"));
        rows.count()
    };
    for lang in Lang::ALL {
        let all = screen(&crowds(), None, lang, Some(LONG));
        assert_eq!(of_connections(&all), 10, "{all}");
        let shown = screen(&crowds(), Some(80), lang, Some(LONG));
        // The terminal folds a command that is too long.
        let folded = |line: &str| UnicodeWidthStr::width(line).div_ceil(80).max(1);
        assert_eq!(shown.lines().map(folded).sum::<usize>(), 40, "{shown}");
        assert!((5..10).contains(&of_connections(&shown)), "{shown}");
    }
}

/// The command of the first says how to get at the others.
#[test]
fn where_a_row_has_no_room_for_its_command_the_title_has_one() {
    let narrow = screen(CROWD, Some(80), Lang::En, Some("-r slow.pcap"));
    let title = "waited longest   $ tcptrace report --connection 2 -r slow.pcap\n";
    assert!(narrow.contains(title), "{narrow}");
    let wide = screen(CROWD, None, Lang::En, Some("-r slow.pcap"));
    assert!(wide.contains("waited longest\n"), "{wide}");
    for number in [2, 0, 1, 3] {
        let command = format!("  $ tcptrace report --connection {number} -r slow.pcap\n");
        assert!(wide.contains(&command), "{wide}");
    }
}

#[test]
fn both_languages_tell_the_same_numbers() {
    let numbers = |lang| {
        let shown = screen(CROWD, None, lang, Some("-r slow.pcap"));
        let is_inside = |c: char| c.is_ascii_digit() || c == '.';
        let words = shown.split(|c: char| !is_inside(c));
        let numbers = words.map(|word| word.trim_matches('.').to_owned());
        let mut numbers: Vec<_> = numbers.filter(|word| !word.is_empty()).collect();
        numbers.sort();
        numbers
    };
    assert_eq!(numbers(Lang::En), numbers(Lang::Zh));
    assert!(numbers(Lang::En).len() > 40);
}

#[test]
fn a_capture_without_connections_is_told_as_what_it_is() {
    let ran = run("summary -r lost.pcap port 1");
    assert_eq!(
        ran.out,
        "lost.pcap: 0 frames, 0 bytes\n0 connections, 0 segments passed the filter\n"
    );
}

/// What was read before a cut is summed up, as others show it.
#[test]
fn a_file_that_is_cut_short_is_summed_up_to_there_and_fails() {
    let file = capture_file(CROWD);
    let ran = run_with_input("summary -r -", &file[..file.len() - 10]);
    assert_eq!(ran.status, Some(1), "{}", ran.err);
    assert!(ran.out.contains("4 connections, "), "{}", ran.out);
    assert!(ran.err.starts_with("tcptrace: "), "{}", ran.err);
    let ran = run("summary -r no-such-file.pcap");
    assert_eq!((ran.status, ran.out.as_str()), (Some(1), ""), "{}", ran.err);
}
