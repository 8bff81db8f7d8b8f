//! The numbers of frames: the file's, as in Wireshark, whatever passes the filter;
//! with `--plain` those of what passes, as with tcpdump.

#![cfg(feature = "cli")]

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use nix::pty::openpty;

use support::blocks::{block, interface, packet, section};
use support::frame::Segment;
use support::program::{Ran, captures, recordings, run, tcptrace};
use support::reference::{peer, read_file};

mod support;

/// A filter, and the same for tshark: some of the frames pass.
const FILTERS: [(&str, &str); 3] = [
    ("tcp[13] & 8 != 0", "ip && tcp.flags.push == 1"),
    ("greater 69", "frame.len >= 69"),
    ("src port 8888 or 4444", "tcp.srcport in {8888, 4444}"),
];

/// The numbers in records of segments.
fn numbers(arguments: &[&str], path: &Path) -> Vec<u64> {
    let mut command = tcptrace();
    command.args(["--json", "-r"]).arg(path).args(arguments);
    let ran = Ran::from(command.output().unwrap());
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
    let records = ran
        .out
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    records
        .filter_map(|record| record["frame"].as_u64())
        .collect()
}

/// A file of a packet, two blocks that are none and have a number in Wireshark, one
/// that has none, and a packet.
fn with_other_blocks() -> PathBuf {
    let (client, server) = (([10, 0, 0, 1], 40_000).into(), ([10, 0, 0, 2], 80).into());
    let frame = |seq| Segment::new(client, server, "P.", seq, 1).to_ethernet();
    let blocks = [
        section(&[]),
        interface(1, 0, &[]),
        packet(0, &frame(1), &[]),
        block(9, b"__REALTIME_TIMESTAMP=1700000000000000\nMESSAGE=hi\n\n"),
        block(0x0bad, &[&32_473_u32.to_le_bytes()[..], b"text"].concat()),
        block(5, &[0; 12]),
        packet(0, &frame(2), &[]),
    ];
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("other-blocks.pcapng");
    fs::write(&path, blocks.concat()).unwrap();
    path
}

#[test]
fn frames_have_wiresharks_numbers_whatever_the_filter() {
    let names = ["any.pcapng", "ipv6.pcap", "lost.pcap"];
    let paths = names.map(|name| captures().join(name));
    let paths: Vec<_> = paths.into_iter().chain([with_other_blocks()]).collect();
    for (expression, display_filter) in FILTERS {
        let mut passed = 0;
        for path in &paths {
            let Some(mut tshark) = peer("tshark", "TShark (Wireshark) 4.") else {
                return;
            };
            let fields = ["-n", "-T", "fields", "-e", "frame.number", "-Y"];
            let display_filter = format!("tcp && ({display_filter})");
            tshark.args(fields).arg(display_filter).arg("-r").arg(path);
            let theirs = Ran::from(tshark.output().unwrap()).out;
            let theirs: Vec<u64> = theirs.lines().map(|line| line.parse().unwrap()).collect();
            let ours = numbers(&[expression], path);
            assert_eq!(ours, theirs, "{} {expression}", path.display());
            passed += ours.len();
        }
        assert!(passed > 5, "{expression}: {passed}");
    }
}

#[test]
fn what_is_no_packet_has_a_number_where_wireshark_gives_one() {
    assert_eq!(numbers(&[], &with_other_blocks()), [1, 4]);
}

#[test]
fn a_filter_takes_no_numbers_away() {
    // Frames 1 and 2 are the SYN and its answer.
    let no_syn = "tcp[13] & 2 = 0";
    let any = captures().join("any.pcapng");
    assert_eq!(numbers(&[no_syn], &any), [3, 4, 5, 6, 7, 8, 9, 10]);
    let ran = run(&format!("-r any.pcapng {no_syn}"));
    assert!(ran.out.contains(", acks frame 4 after 5 µs"), "{}", ran.out);
    let ran = run(&format!("--style wireshark -r any.pcapng {no_syn}"));
    assert!(ran.out.starts_with("    3 "), "{}", ran.out);
}

#[test]
fn numbers_go_on_over_files_by_what_is_in_them() {
    let data = "tcp[13] & 8 != 0";
    let hello = captures().join("hello.pcap");
    let once = numbers(&[data], &hello);
    assert_eq!(once.len(), 1);
    let twice = numbers(&["-r", "hello.pcap", data], &hello);
    assert_eq!(twice, [once[0], once[0] + 9]);
}

#[test]
fn a_count_is_of_what_passes() {
    let any = captures().join("any.pcapng");
    assert_eq!(numbers(&["-c", "2", "tcp[13] & 2 = 0"], &any), [3, 4]);
}

#[test]
fn plain_lines_are_numbered_as_tcpdumps() {
    for name in recordings() {
        let Some(mut tcpdump) = peer("tcpdump", "tcpdump version 4.99.3") else {
            return;
        };
        let filter = "greater 69";
        tcpdump.env("TZ", "UTC").args(["-#", "-nn", "-r"]);
        tcpdump.arg(captures().join(&name)).arg(filter);
        let theirs = Ran::from(tcpdump.output().unwrap()).out;
        let ran = run(&format!("--plain -# -r {name} {filter}"));
        assert_eq!(ran.out, theirs, "{name}");
        assert!(ran.out.starts_with("    1  "), "{name}");
    }
}

#[test]
fn annotated_lines_are_numbered_as_annotations_count() {
    let ran = run("-# -r any.pcapng tcp[13] & 2 = 0");
    assert!(ran.out.starts_with("    3  "), "{}", ran.out);
    assert_eq!(ran.out.matches("\n    4  ").count(), 1, "{}", ran.out);
}

/// What the program writes to a terminal of 200 columns.
fn on_a_terminal(arguments: &str) -> String {
    let size = nix::pty::Winsize {
        ws_row: 50,
        ws_col: 200,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    let pty = openpty(&size, None).unwrap();
    let mut child = tcptrace()
        .args(arguments.split_whitespace())
        .args(["--color", "never"])
        .env("TERM", "xterm")
        .stdout(pty.slave)
        .spawn()
        .unwrap();
    // The end of a terminal is an error; what came before it has been read.
    let mut shown = Vec::new();
    let _ = File::from(pty.master).read_to_end(&mut shown);
    assert!(child.wait().unwrap().success());
    String::from_utf8(shown).unwrap().replace("\r\n", "\n")
}

#[test]
fn on_a_terminal_annotated_lines_are_numbered_unless_told_otherwise() {
    for (arguments, numbered) in [
        ("-r hello.pcap", true),
        ("--number=auto -r hello.pcap", true),
        ("--number=never -r hello.pcap", false),
        ("--plain -r hello.pcap", false),
        ("--plain --number -r hello.pcap", true),
    ] {
        let shown = on_a_terminal(arguments);
        assert_eq!(shown.starts_with("    1  01:27"), numbered, "{shown}");
        assert_eq!(shown.contains("\n    9  01:27"), numbered, "{shown}");
        // A pipe has numbers only where they are asked for.
        let piped = run(arguments).out;
        let always = arguments.contains("--number -r");
        assert_eq!(piped.starts_with("    1  01:27"), always, "{piped}");
    }
}

#[test]
fn comments_tell_the_numbers_of_the_file_that_they_are_in() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join("commented-numbers.pcapng");
    let mut command = tcptrace();
    command.args(["-r", "any.pcapng", "--comments", "-w"]);
    command.arg(&path).arg("tcp[13] & 2 = 0");
    assert!(command.status().unwrap().success());
    let (frames, _) = read_file(&path, "");
    let comments = frames.iter().filter_map(|frame| frame.comment.as_deref());
    let comments: Vec<_> = comments.collect();
    let mut again = tcptrace();
    let again = Ran::from(again.arg("-r").arg(&path).output().unwrap()).out;
    let annotations = again.lines().filter_map(|line| line.strip_prefix("  "));
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let annotations: Vec<_> = annotations.map(words).collect();
    assert_eq!(comments.len(), 8);
    assert!(
        comments
            .iter()
            .any(|comment| comment.contains("frame 2 after"))
    );
    for (comment, annotation) in comments.iter().zip(&annotations) {
        assert_eq!(&words(comment), annotation);
    }
}

#[test]
fn the_closing_line_says_that_a_filter_chose() {
    for (command, words) in [
        (
            "",
            "  # 7 segments passed the filter: 1 data, 2 ack, 4 teardown",
        ),
        ("report", "1 connection, 7 segments passed the filter: "),
        ("flows", "1 connection, 7 segments passed the filter: "),
        ("report --lang zh", "1 个连接，7 个报文段通过过滤器："),
    ] {
        let ran = run(&format!("{command} -r hello.pcap tcp[13] & 2 = 0"));
        let last = ran.out.lines().last().unwrap();
        assert!(last.starts_with(words), "{last}");
    }
    assert!(!run("-r hello.pcap").out.contains("filter"));
    // Of a file, too.
    let filter = Path::new(env!("CARGO_TARGET_TMPDIR")).join("filter-of-numbers");
    fs::write(&filter, "tcp[13] & 2 = 0").unwrap();
    let mut command = tcptrace();
    let arguments = [
        OsStr::new("-r"),
        "hello.pcap".as_ref(),
        "-F".as_ref(),
        filter.as_ref(),
    ];
    let ran = Ran::from(command.args(arguments).output().unwrap());
    assert!(
        ran.out.contains("7 segments passed the filter"),
        "{}",
        ran.out
    );
}
