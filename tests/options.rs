//! Options that say what is read and what is only asked.

#![cfg(feature = "cli")]

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use support::program::{captures, recordings, run, run_with_input};

mod support;

/// A file in the folder that cargo keeps for tests.
fn temporary(name: &str, text: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn a_list_names_files_of_one_run() {
    let both = run("-# -r hello.pcap -r echo.pcap");
    assert_eq!((both.status, both.err.as_str()), (Some(0), ""));
    let list = "hello.pcap\n\necho.pcap\r\n";
    let path = temporary("list", list);
    assert_eq!(run(&format!("-# -V {}", path.display())).out, both.out);
    assert_eq!(run_with_input("-# -V -", list.as_bytes()).out, both.out);
    let short = temporary("short-list", "echo.pcap");
    let mixed = run(&format!("-# -r hello.pcap -V {}", short.display()));
    assert_eq!(mixed.out, both.out);
}

#[test]
fn a_list_or_a_filter_that_cannot_be_read_is_named() {
    for option in ["-V", "-r hello.pcap -F"] {
        let ran = run(&format!("{option} nosuch"));
        let words = "tcptrace: cannot read nosuch: No such file or directory (os error 2)\n";
        assert_eq!((ran.status, ran.err.as_str()), (Some(1), words));
        assert_eq!(ran.out, "");
    }
}

#[test]
fn a_filter_file_may_have_lines_and_comments_and_wins() {
    let text = "# the server\nport 5200 # its only port\nand tcp[13] & 2 != 0\n";
    let path = temporary("filter", text);
    let ran = run(&format!("-r users.pcapng -F {} port 9", path.display()));
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
    let words = "-r users.pcapng port 5200 and tcp[13] & 2 != 0";
    assert_eq!(ran.out, run(words).out);
    assert!(ran.out.contains("Flags [S]"), "{}", ran.out);
}

#[test]
fn frames_are_counted_in_tcpdumps_words() {
    for (arguments, out) in [
        ("-r hello.pcap --count", "9 packets\n"),
        ("-r hello.pcap --count -c 1", "1 packet\n"),
        ("-r hello.pcap --count port 9", "0 packets\n"),
        ("-r hello.pcap -r echo.pcap --count", "19 packets\n"),
    ] {
        let ran = run(arguments);
        assert_eq!(
            (ran.status, ran.out.as_str()),
            (Some(0), out),
            "{arguments}"
        );
    }
}

#[test]
fn a_filter_is_listed_for_a_file_or_a_link_type() {
    let first = run("-d -y LINUX_SLL2 tcp").out;
    assert!(first.starts_with("(000) ldh      [0]\n"), "{first}");
    let optimized = run("-d -r hello.pcap tcp").out;
    let as_written = run("-O -d -r hello.pcap tcp").out;
    assert!(as_written.lines().count() > optimized.lines().count());
    if Command::new("tcpdump").arg("--version").output().is_err() {
        println!("skipped: needs tcpdump");
        return;
    }
    for name in recordings() {
        for options in ["-d", "-dd", "-ddd", "-O -d"] {
            let expression = ["tcp", "port", "80"];
            let mut tcpdump = Command::new("tcpdump");
            tcpdump.args(options.split(' ')).args(["-r", &name]);
            let listed = tcpdump.args(expression).current_dir(captures()).output();
            let theirs = String::from_utf8(listed.unwrap().stdout).unwrap();
            let ours = run(&format!("{options} -r {name} tcp port 80"));
            assert_eq!(ours.out, theirs, "{options} {name}");
        }
    }
}

#[test]
fn a_bad_filter_is_not_listed() {
    let ran = run("-d -r hello.pcap nonsense words");
    assert_eq!((ran.status, ran.out.as_str()), (Some(1), ""));
    assert!(ran.err.starts_with("tcptrace: filter \"nonsense words\": "));
}
