//! The program from outside: what it answers, where, and with which status.

#![cfg(feature = "cli")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Stdio;

use support::capture::{ETHERNET, Pcap};
use support::frame::Segment;
use support::program::{Ran, captures, recordings, run, run_with_input, tcptrace};

mod support;

/// What every test of a failure looks at: the status, that standard output
/// holds nothing but the closing count, and the words on standard error.
#[track_caller]
fn assert_fails(ran: &Ran, words: &str) {
    assert_eq!(ran.err, format!("tcptrace: {words}\n"));
    assert_eq!(ran.status, Some(1));
    assert_eq!(packet_lines(ran), 0, "{}", ran.out);
}

/// Lines that are not annotations.
fn packet_lines(ran: &Ran) -> usize {
    let is_packet = |line: &&str| !line.starts_with("  #");
    ran.out.lines().filter(is_packet).count()
}

/// A file in the folder that cargo keeps for tests.
fn temporary(name: &str, octets: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, octets).unwrap();
    path
}

fn recording(name: &str) -> Vec<u8> {
    fs::read(captures().join(name)).unwrap()
}

#[test]
fn a_file_is_shown_and_counted() {
    let ran = run("-r hello.pcap");
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
    assert_eq!(packet_lines(&ran), 9);
    let last = "  # 9 segments: 3 handshake, 1 data, 1 ack, 4 teardown\n";
    assert!(ran.out.ends_with(last), "{}", ran.out);
}

#[test]
fn a_missing_file_is_named() {
    let words = "cannot read nosuch.pcap: No such file or directory (os error 2)";
    assert_fails(&run("-r nosuch.pcap"), words);
    assert_fails(&run("--plain -r nosuch.pcap"), words);
}

#[test]
fn what_is_no_capture_is_said_to_be_none() {
    assert_fails(
        &run("-r README.md"),
        "README.md: not a capture file: neither pcap nor pcapng by its first four octets",
    );
    assert_fails(
        &run("-r /dev/null"),
        "/dev/null: not a capture file: it is empty",
    );
    assert_fails(
        &run_with_input("-r -", b""),
        "standard input: not a capture file: it is empty",
    );
    assert_fails(&run("-r ."), "cannot read .: Is a directory (os error 21)");
}

#[test]
fn a_bad_filter_is_quoted_with_libpcaps_reason() {
    assert_fails(
        &run("-r hello.pcap nonsense words"),
        "filter \"nonsense words\": can't parse filter expression: syntax error",
    );
}

#[test]
fn a_bare_address_or_port_is_answered_with_what_to_type() {
    let syntax = "can't parse filter expression: syntax error";
    for (typed, advice) in [
        ("10.0.0.1", "to match an address, write: host 10.0.0.1"),
        ("::1", "to match an address, write: host ::1"),
        ("4444", "to match a port, write: port 4444"),
    ] {
        assert_fails(
            &run(&format!("-r hello.pcap {typed}")),
            &format!("filter \"{typed}\": {syntax}; {advice}"),
        );
    }
}

#[test]
fn a_slip_of_the_command_line_is_not_left_to_libpcap() {
    let syntax = "can't parse filter expression: syntax error";
    for (typed, filter, advice) in [
        (
            "flow -r hello.pcap",
            "flow",
            "the subcommand is spelled flows",
        ),
        (
            "-r hello.pcap reprot",
            "reprot",
            "the subcommand is spelled report and stands first",
        ),
        (
            "flows -r hello.pcap echo.pcap",
            "echo.pcap",
            "echo.pcap is a file: read it with -r",
        ),
        (
            "-r hello.pcap echo.pcap tcp",
            "echo.pcap tcp",
            "echo.pcap is a file: read it with -r",
        ),
    ] {
        let words = format!("filter \"{filter}\": {syntax}; {advice}");
        assert_fails(&run(typed), &words);
    }
}

#[test]
fn a_bad_command_line_has_status_2() {
    for arguments in [
        "--nosuch",
        "-r",
        "-r hello.pcap -c 0",
        "-r hello.pcap -c many",
        "-r hello.pcap -tttttt",
        "-r hello.pcap -s 262145",
        "-r hello.pcap -i lo",
        "-r hello.pcap --plain --json",
        "-r hello.pcap --json -X",
        "-r hello.pcap --json -v -tt",
        "-r hello.pcap --style wireshark -v",
        "-r hello.pcap --style wireshark -ttt",
        "-r hello.pcap --nano --micro",
        "-r hello.pcap --color sometimes",
        "-r hello.pcap -Q in",
        "-r hello.pcap -y EN10MB",
        "-r hello.pcap --duration 1s",
        "-i lo -Q sideways",
        "-i lo --duration soon",
        "-V",
        "--count",
        "demo nosuch",
    ] {
        let ran = run(arguments);
        assert_eq!(ran.status, Some(2), "{arguments}");
        assert_eq!(ran.out, "", "{arguments}");
        assert!(!ran.err.is_empty(), "{arguments}");
    }
}

#[test]
fn help_and_version_are_no_failure() {
    for (arguments, expected) in [
        ("-h", "Exit status: 0 done, 1 the run failed, 2 bad usage,"),
        (
            "-h",
            "3 a connection failed (report, flows and summary with --exit-status).",
        ),
        ("--help", "Usage: tcptrace"),
        ("--version", "tcptrace "),
    ] {
        let ran = run(arguments);
        assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""), "{arguments}");
        assert!(ran.out.contains(expected), "{arguments}: {}", ran.out);
    }
}

#[test]
fn all_before_a_cut_is_shown_and_then_one_sentence() {
    let whole = recording("hello.pcap");
    let path = temporary("cut.pcap", &whole[..500]);
    let shown = run(&format!("-r {}", path.display()));
    let words = format!(
        "tcptrace: {}: damaged at octet 455: the file ends inside a record\n",
        path.display()
    );
    assert_eq!(shown.err, words);
    assert_eq!(shown.status, Some(1));
    let expected = run("-r hello.pcap -c 5");
    assert_eq!(shown.out, expected.out);
}

#[test]
fn a_cut_in_standard_input_is_told_as_that_of_a_file() {
    let whole = recording("users.pcapng");
    let shown = run_with_input("-r -", &whole[..whole.len() - 2]);
    assert_eq!(shown.status, Some(1));
    assert_eq!(packet_lines(&shown), 20);
    let words = "tcptrace: standard input: damaged at octet ";
    assert!(shown.err.starts_with(words), "{}", shown.err);
    assert!(shown.err.ends_with(": the file ends inside a block\n"));
    assert_eq!(shown.err.lines().count(), 1);
}

#[test]
fn standard_input_is_read_like_a_file() {
    for name in ["hello.pcap", "greeting.pcapng"] {
        let from_file = run(&format!("-r {name}"));
        let from_input = run_with_input("-r -", &recording(name));
        assert_eq!(from_input.status, Some(0), "{name}: {}", from_input.err);
        assert_eq!(from_input.out, from_file.out, "{name}");
    }
}

#[test]
fn several_files_are_one_capture() {
    // Cut between two records, the second part with a file header of its own.
    let whole = recording("hello.pcap");
    let (first, second) = whole.split_at(455);
    let first = temporary("first.pcap", first);
    let second = temporary("second.pcap", &[&whole[..24], second].concat());
    let both = run(&format!(
        "-# -r {} -r {}",
        first.display(),
        second.display()
    ));
    assert_eq!(both.status, Some(0), "{}", both.err);
    assert_eq!(both.out, run("-# -r hello.pcap").out);
}

#[test]
fn a_file_that_fails_does_not_take_back_what_was_shown() {
    let ran = run("-r hello.pcap -r nosuch.pcap");
    assert_eq!(ran.status, Some(1));
    assert_eq!(packet_lines(&ran), 9);
    assert!(ran.err.starts_with("tcptrace: cannot read nosuch.pcap"));
}

#[test]
fn a_count_ends_the_run() {
    assert_eq!(packet_lines(&run("-r hello.pcap -c 2")), 2);
    assert_eq!(packet_lines(&run("-r hello.pcap -c2 port 4444")), 2);
    assert_eq!(packet_lines(&run("-r hello.pcap -c 100")), 9);
    // The second file is not even opened.
    let ran = run("-r hello.pcap -r nosuch.pcap -c 9");
    assert_eq!((ran.status, packet_lines(&ran)), (Some(0), 9));
}

#[test]
fn a_filter_may_stand_anywhere_and_in_any_number_of_words() {
    let expected = run("-r users.pcapng -nn -S tcp");
    assert_eq!(packet_lines(&expected), 20);
    for arguments in [
        "port 5200 -r users.pcapng -nn -S",
        "-r users.pcapng port 5200 -nnS",
        "-nnSr users.pcapng tcp and port 5200",
        "-nnSr users.pcapng -- tcp and not port 9",
    ] {
        let ran = run(arguments);
        assert_eq!(ran.status, Some(0), "{arguments}: {}", ran.err);
        assert_eq!(ran.out, expected.out, "{arguments}");
    }
    let one_word = tcptrace()
        .args(["-nnSr", "users.pcapng", "port 5200 and (tcp or udp)"])
        .output();
    assert_eq!(Ran::from(one_word.unwrap()).out, expected.out);
    assert_eq!(packet_lines(&run("-r users.pcapng port 9")), 0);
}

#[test]
fn letters_may_be_clustered() {
    let apart = run("-n -n -v -v -X -r echo.pcap");
    let together = run("-nnvvXr echo.pcap");
    assert_eq!(apart.status, Some(0), "{}", apart.err);
    assert_eq!(together.out, apart.out);
    assert!(apart.out.contains("0x0000:  4500 "), "{}", apart.out);
}

#[test]
fn plain_is_the_default_without_annotations() {
    for name in recordings() {
        for options in ["", "-v", "-vvXe", "-S -A"] {
            let plain = run(&format!("{options} --plain -r {name}"));
            let default = run(&format!("{options} -r {name}"));
            let lines = default.out.split_inclusive('\n');
            let kept: String = lines.filter(|line| !line.starts_with("  #")).collect();
            assert_eq!(kept, plain.out, "{options} {name}");
            assert_ne!(default.out, plain.out, "{options} {name}");
        }
    }
}

#[test]
fn a_pipe_has_no_colour_unless_it_is_asked_for() {
    let escape = '\u{1b}';
    let with = |variable: &str, arguments: &str| {
        let mut command = tcptrace();
        command.args(arguments.split_whitespace());
        if !variable.is_empty() {
            command.env(variable, "1");
        }
        Ran::from(command.output().unwrap()).out
    };
    for (variable, arguments, is_coloured) in [
        ("", "-r hello.pcap", false),
        ("", "-r hello.pcap --color auto", false),
        ("", "-r hello.pcap --color never", false),
        ("", "-r hello.pcap --color always", true),
        ("NO_COLOR", "-r hello.pcap", false),
        ("NO_COLOR", "-r hello.pcap --color always", true),
        ("", "-r hello.pcap --color always --plain", false),
        ("", "report -r lost.pcap", false),
        ("", "report -r lost.pcap --color always", true),
        ("NO_COLOR", "report -r lost.pcap", false),
        ("", "flows -r lost.pcap", false),
        ("", "flows -r lost.pcap --color always", true),
        ("", "flows -r refused.pcap --by server", false),
        ("", "flows -r refused.pcap --by server --color always", true),
        ("", "report -r lost.pcap --color always --json", false),
        ("", "flows -r lost.pcap --color always --csv", false),
    ] {
        let out = with(variable, arguments);
        assert_eq!(out.contains(escape), is_coloured, "{variable} {arguments}");
    }
    for shown in [
        "-r hello.pcap",
        "report -r lost.pcap",
        "report -r reset.pcap --lang zh",
        "flows -r lost.pcap -r half-close.pcapng -r reset.pcap",
        "flows -r lost.pcap -r refused.pcap --lang zh",
        "flows -r refused.pcap --by server",
    ] {
        let coloured = with("", &format!("{shown} --color always"));
        let (mut text, mut pieces) = (String::new(), coloured.split(escape));
        text += pieces.next().unwrap();
        for piece in pieces {
            text += piece.split_once('m').unwrap().1;
        }
        assert_eq!(text, with("", shown), "the colours change words");
    }
}

/// A capture whose lines do not fit into a pipe.
fn long_capture() -> PathBuf {
    let address = |last, port| SocketAddr::from(([10, 0, 0, last], port));
    let segment = Segment::new(address(1, 40_000), address(2, 80), "P.", 1, 1);
    let frame = segment.with_payload(10).to_ethernet();
    let mut file = Pcap::new(ETHERNET);
    for nth in 0..20_000 {
        file.frame(nth * 1_000, &frame);
    }
    temporary("long.pcap", &file.0)
}

#[test]
fn a_closed_pipe_is_success() {
    let path = long_capture();
    for style in ["", "--plain", "-l"] {
        let mut child = tcptrace()
            .args(style.split_whitespace())
            .arg("-r")
            .arg(&path)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        drop(out);
        assert!(line.contains("Flags [P.]"), "{line}");
        let ran = Ran::from(child.wait_with_output().unwrap());
        assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""), "{style}");
    }
}

#[test]
fn a_full_disk_is_told() {
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let mut command = tcptrace();
    let ran = command.args(["-r", "hello.pcap"]).stdout(full).output();
    let words = "cannot write output: No space left on device (os error 28)";
    assert_fails(&ran.unwrap().into(), words);
}

#[test]
fn payload_never_reaches_a_terminal_as_control_characters() {
    let address = |last, port| SocketAddr::from(([10, 0, 0, last], port));
    let mut segment = Segment::new(address(1, 40_000), address(2, 80), "P.", 1, 1);
    segment.payload = (0..=255).collect();
    let mut file = Pcap::new(ETHERNET);
    file.frame(0, &segment.to_ethernet());
    let path = temporary("controls.pcap", &file.0);
    for options in ["", "-A", "-AA", "-X", "-XX", "-x"] {
        let output = tcptrace()
            .args(options.split_whitespace())
            .arg("--plain")
            .arg("-r")
            .arg(&path)
            .output()
            .unwrap();
        let is_control = |octet: &u8| !matches!(octet, b' '..=b'~' | b'\n' | b'\t');
        let controls = output.stdout.iter().filter(|octet| is_control(octet));
        assert_eq!(controls.count(), 0, "{options}");
        assert!(!output.stdout.is_empty(), "{options}");
    }
}

/// POSIX's order: the first that is set and not empty. JSON is not translated.
#[test]
fn the_language_is_asked_for_or_the_environments() {
    let count = |variables: &[(&str, &str)], arguments: &str| {
        let mut command = tcptrace();
        command.env_remove("LC_ALL").env_remove("LC_MESSAGES");
        command.env_remove("LANG").envs(variables.iter().copied());
        command.args(arguments.split_whitespace());
        let ran = Ran::from(command.args(["-r", "refused.pcap"]).output().unwrap());
        assert_eq!(ran.status, Some(0), "{}", ran.err);
        ran.out.lines().last().unwrap_or_default().to_owned()
    };
    let (english, chinese) = (
        "  # 2 segments: 1 handshake, 1 reset",
        "  # 2 个报文段：握手 1，复位 1",
    );
    assert_eq!(count(&[], ""), english);
    assert_eq!(count(&[("LANG", "zh_CN.UTF-8")], ""), chinese);
    assert_eq!(
        count(&[("LANG", "zh_CN"), ("LC_MESSAGES", "C")], ""),
        english
    );
    assert_eq!(count(&[("LANG", "C"), ("LC_MESSAGES", "zh")], ""), chinese);
    assert_eq!(
        count(&[("LANG", "zh_CN"), ("LC_ALL", "en_US")], ""),
        english
    );
    assert_eq!(count(&[("LANG", "zh_CN"), ("LC_ALL", "")], ""), chinese);
    assert_eq!(count(&[("LANG", "zh_CN")], "--lang en"), english);
    assert_eq!(count(&[("LANG", "C")], "--lang zh"), chinese);
    let json = "report --json";
    let chinese = count(&[("LANG", "zh_CN")], json);
    assert_eq!(chinese, count(&[], json));
    assert!(chinese.contains("\"verdict\":\"refused\""), "{chinese}");
}

/// The recording is for where nothing may be captured; either way the lesson
/// speaks the language that was asked for.
#[test]
fn a_lesson_is_told_in_both_languages_and_explained() {
    for (options, words) in [
        (
            "",
            [
                "== refused: a SYN to",
                "#0 → handshake 1/3 SYN",
                "  # 2 segments: ",
            ],
        ),
        (
            " --explain",
            [
                "== refused: a SYN to",
                "    · client SYN-SENT → CLOSED: ",
                "  # 2 ",
            ],
        ),
        (
            " --lang zh",
            ["== refused: 发往", "#0 → 握手 1/3 SYN", "  # 2 个报文段："],
        ),
        (
            " --header",
            ["== refused: a SYN to", "source port", "  # 2 segments: "],
        ),
    ] {
        let ran = run(&format!("demo refused{options}"));
        assert_eq!(ran.status, Some(0), "{}", ran.err);
        for words in words {
            assert!(ran.out.contains(words), "{options}: {words}\n{}", ran.out);
        }
    }
}

/// One line where it fits, and no marks of the source's comments.
#[test]
fn the_help_is_for_reading() {
    for command in ["", "report ", "flows ", "demo "] {
        let help = run(&format!("{command}--help")).out;
        assert!(!help.contains('`'), "{help}");
        assert!(!help.contains("Possible values"), "{help}");
        assert_eq!(help, run(&format!("{command}-h")).out, "{command}");
    }
}
