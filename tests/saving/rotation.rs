//! One file after the other: `-C`, `-G`, `-W` and `-z`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::support::capture::{ETHERNET, Pcap};
use super::support::program::run_with_input;
use super::support::reference::peer;
use super::{folder, run};

/// 1000 frames of 1000 octets, one a second from midnight on.
fn long_capture(folder: &Path) -> PathBuf {
    let mut file = Pcap::new(ETHERNET);
    for second in 0..1000 {
        file.frame(second * 1_000_000_000, &[0x11; 1000]);
    }
    let path = folder.join("long");
    fs::write(&path, file.0).unwrap();
    path
}

/// What is in a folder, but for the capture itself.
fn files_in(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let file = |path: PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name, fs::read(&path).unwrap())
    };
    paths.map(file).filter(|(name, _)| name != "long").collect()
}

fn rotate(test: &str, options: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let folder = folder(test);
    let capture = long_capture(&folder);
    let pattern = folder.join(options.last().unwrap());
    let options = &options[..options.len() - 1];
    let mut arguments: Vec<_> = options.iter().map(|&option| option.into()).collect();
    arguments.extend(["-r".into(), capture, "-w".into(), pattern]);
    let ran = run(arguments);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    files_in(&folder)
}

#[test]
fn files_of_a_size_are_those_of_tcpdump() {
    if peer("tcpdump", "libpcap version 1.10.3").is_none() {
        return;
    }
    for options in [
        &["-C", "1"][..],
        &["-C", "1", "-W", "1"],
        &["-C", "1", "-W", "2"],
        &["-C", "1", "-W", "11"],
    ] {
        let ours = rotate("sizes", &[options, &["part"]].concat());
        let folder = folder("sizes-tcpdump");
        let mut tcpdump = Command::new("tcpdump");
        tcpdump.args(["-Z", "root"]).args(options).arg("-r");
        tcpdump.arg(long_capture(&folder)).arg("-w");
        tcpdump.arg(folder.join("part")).output().unwrap();
        let theirs = files_in(&folder);
        assert!(
            ours.keys().eq(theirs.keys()),
            "{options:?}: {:?}",
            ours.keys()
        );
        assert!(ours == theirs, "{options:?}");
    }
}

#[test]
fn a_size_may_have_a_unit() {
    let files = rotate("units", &["-C", "100k", "part"]);
    let sizes: Vec<_> = files.values().map(Vec::len).collect();
    // Of the header, and of 1016 octets a frame, until there are over 102400.
    let full = 24 + 101 * 1016;
    assert_eq!(sizes[..9], [full; 9]);
    assert_eq!(files.len(), 10);
    assert!(files.contains_key("part") && files.contains_key("part9"));
}

#[test]
fn times_are_those_of_the_frames() {
    let files = rotate("times", &["-G", "300", "part-%H%M%S.pcap"]);
    let names: Vec<_> = files.keys().map(String::as_str).collect();
    let expected = ["000000", "000500", "001000", "001500"];
    assert_eq!(names, expected.map(|time| format!("part-{time}.pcap")));
    let frames = |octets: &[u8]| (octets.len() - 24) / 1016;
    let counts: Vec<_> = files.values().map(|octets| frames(octets)).collect();
    assert_eq!(counts, [300, 300, 300, 100]);
}

#[test]
fn enough_files_end_the_run() {
    let folder = folder("enough");
    let capture = long_capture(&folder);
    let pattern = folder.join("%M");
    let arguments = ["-G", "60", "-W", "2", "--print", "-r"].map(PathBuf::from);
    let arguments = arguments.into_iter().chain([capture, "-w".into(), pattern]);
    let ran = run(arguments);
    assert_eq!(ran.status, Some(0));
    assert!(
        ran.err.ends_with("Maximum file limit reached: 2\n"),
        "{}",
        ran.err
    );
    let names: Vec<_> = files_in(&folder).into_keys().collect();
    assert_eq!(names, ["00", "01"]);
}

#[test]
fn times_and_sizes_go_together() {
    let files = rotate("both", &["-G", "500", "-C", "200k", "part-%M-"]);
    let names: Vec<_> = files.keys().map(String::as_str).collect();
    let expected = ["00-", "00-1", "00-2", "08-", "08-1", "08-2"];
    assert_eq!(names, expected.map(|end| format!("part-{end}")));
}

#[test]
fn pcapng_files_are_whole_each() {
    let files = rotate("pcapng", &["-C", "300k", "-W", "4", "part.pcapng"]);
    // As in tcpdump, the number is last of all.
    let names: Vec<_> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        ["0", "1", "2", "3"].map(|end| format!("part.pcapng{end}"))
    );
    let counts = files.values().map(|octets| {
        let count = run_with_input("--count -r -", octets);
        assert_eq!(count.err, "");
        count
            .out
            .split(' ')
            .next()
            .unwrap()
            .parse::<usize>()
            .unwrap()
    });
    assert_eq!(counts.sum::<usize>(), 1000);
}

#[test]
fn each_file_is_handed_on_when_it_is_complete() {
    let files = rotate("after", &["-C", "300k", "-z", "gzip", "part"]);
    let names: Vec<_> = files.keys().map(String::as_str).collect();
    assert_eq!(names, ["part.gz", "part1.gz", "part2.gz", "part3.gz"]);
    assert_eq!(
        run_with_input("--count -r -", &files["part3.gz"]).status,
        Some(0)
    );
}

#[test]
fn a_command_that_cannot_be_run_is_told_for_each_file_and_all_are_written() {
    let folder = folder("nosuch");
    let capture = long_capture(&folder);
    let part = folder.join("part");
    let arguments = ["-C", "300k", "-z", "./nosuch", "--nano", "-r"].map(PathBuf::from);
    let arguments = arguments.into_iter();
    let ran = run(arguments.chain([capture, "-w".into(), part.clone()]));
    let part = part.display();
    let reason = "cannot run ./nosuch: No such file or directory (os error 2)";
    let words = ["", "1", "2", "3"].map(|end| format!("tcptrace: {part}{end}: {reason}\n"));
    assert_eq!((ran.status, ran.err), (Some(0), words.concat()));
    let octets: usize = files_in(&folder).values().map(Vec::len).sum();
    assert_eq!(octets, 4 * 24 + 1000 * 1016);
}

#[test]
fn a_command_that_fails_is_told_with_its_file() {
    let path = folder("failing").join("hello.pcap");
    let script = folder("failing-script").join("script");
    for (end, words) in [
        ("exit 0", ""),
        ("exit 3", "failed with exit status 3"),
        ("kill -KILL $$", "was ended by signal 9"),
    ] {
        let (path, script) = (path.to_str().unwrap(), script.to_str().unwrap());
        // By another process: what this one has open for writing does not run.
        let write = format!("printf '#!/bin/sh\n{end}\n' >{script}; chmod +x {script}");
        let written = Command::new("sh").args(["-c", &write]).status();
        assert!(written.unwrap().success());
        let ran = run(["-r", "hello.pcap", "--nano", "-z", script, "-w", path]);
        let words = match words {
            "" => String::new(),
            _ => format!("tcptrace: {path}: {script} {words}\n"),
        };
        assert_eq!((ran.status, ran.err), (Some(0), words));
    }
}

#[test]
fn a_command_that_does_not_exist_leaves_the_last_file_whole() {
    let path = folder("nosuch-last").join("hello.pcap");
    let arguments = ["-r", "hello.pcap", "--nano", "-z", "./nosuch", "-w"];
    let ran = run(arguments.into_iter().chain([path.to_str().unwrap()]));
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    assert_eq!(
        run(["--count", "-r", path.to_str().unwrap()]).out,
        "9 packets\n"
    );
}
