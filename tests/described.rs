//! What a file says beside its frames, as it is shown: comments, names.

#![cfg(feature = "cli")]

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;

use support::blocks::{block, interface, option, packet, section};
use support::frame::Segment;
use support::program::{captures, recordings, run};
use support::reference::peer;

mod support;

/// A SYN from one of two addresses to the other, that has a comment.
fn file(name: &str, comment: &str, names: &[Vec<u8>]) -> String {
    let address = |last, port| SocketAddr::from(([10, 99, 0, last], port));
    let segment = Segment::new(address(1, 40_000), address(2, 80), "S", 1, 0);
    let comment = option(1, comment.as_bytes());
    let file = [
        section(&[]),
        interface(1, 0, &[]),
        block(4, &names.concat()),
        packet(0, &segment.to_ethernet(), &comment),
    ];
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, file.concat()).unwrap();
    path.to_str().unwrap().to_owned()
}

fn named(last: u8, name: &str) -> Vec<u8> {
    option(1, &[&[10, 99, 0, last], name.as_bytes(), b"\0"].concat())
}

#[test]
fn a_comment_is_shown_with_v_and_never_in_plain() {
    let path = file("comment.pcapng", "looks odd\nask \x1b[31mBob", &[]);
    let lines = |options: &str| run(&format!("{options} -r {path}")).out;
    let verbose = lines("-v");
    let tail: Vec<_> = verbose.lines().skip(3).collect();
    let expected = ["  # comment: looks odd", "  # comment: ask ?[31mBob"];
    assert_eq!(tail[..2], expected, "{verbose}");
    assert!(!lines("").contains("odd"));
    assert_eq!(
        lines("-v --plain"),
        verbose.split_inclusive('\n').take(2).collect::<String>()
    );
    assert!(lines("-v --lang zh").contains("\n  # 注释：looks odd\n"));
}

#[test]
fn a_comment_is_in_the_record_of_its_segment() {
    let path = file("json-comment.pcapng", "\"C:\\x\"\n\té\u{1}\u{9b}", &[]);
    let out = run(&format!("--json -r {path}")).out;
    let first = out.lines().next().unwrap();
    assert!(
        first.ends_with(r#","comment":"\"C:\\x\"\n\té\u0001\u009b"}"#),
        "{first}"
    );
    let record: serde_json::Value = serde_json::from_str(first).unwrap();
    assert_eq!(record["comment"], "\"C:\\x\"\n\té\u{1}\u{9b}");
}

#[test]
fn names_of_the_file_stand_for_addresses() {
    let names = [
        named(1, "alice.example.org"),
        named(2, "web\x1b[2J.example"),
    ];
    let path = file("named.pcapng", "", &names);
    let line = |options: &str| {
        let ran = run(&format!("--plain -t {options} -r {path}"));
        assert_eq!(ran.status, Some(0), "{}", ran.err);
        ran.out.split(" Flags").next().unwrap().to_owned()
    };
    assert_eq!(line(""), "IP 10.99.0.1.40000 > 10.99.0.2.80:");
    let long = "IP alice.example.org.40000 > web?[2J.example.http:";
    assert_eq!(line("--names"), long);
    assert_eq!(line("--names -N"), "IP alice.40000 > web?[2J.http:");
}

#[test]
fn names_of_the_host_are_those_of_tcpdump() {
    if peer("tcpdump", "tcpdump version 4.99.3").is_none() {
        return;
    }
    // Ports and loopback addresses, which need no name server.
    for name in recordings() {
        for options in ["-t", "-t -v", "-t -N", "-t -q"] {
            let mut tcpdump = Command::new("tcpdump");
            tcpdump
                .args(options.split(' '))
                .args(["-r", &name])
                .arg("net 127");
            let theirs = tcpdump.current_dir(captures()).output().unwrap().stdout;
            let ours = run(&format!("{options} --names --plain -r {name} net 127"));
            assert_eq!(
                ours.out,
                String::from_utf8(theirs).unwrap(),
                "{options} {name}"
            );
        }
    }
    assert!(
        run("--names -r hello.pcap")
            .out
            .contains(" IP localhost.41218 > localhost.4444: ")
    );
}

#[test]
fn names_and_numbers_are_not_asked_for_at_once() {
    for arguments in ["--names -nn", "--names --json", "-N"] {
        let ran = run(&format!("{arguments} -r hello.pcap"));
        assert_eq!((ran.status, ran.out.as_str()), (Some(2), ""), "{arguments}");
    }
}
