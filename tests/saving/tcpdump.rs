//! pcap, octet by octet as tcpdump writes it.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::support::program::tcptrace;
use super::support::reference::{files, for_each, one_of_each_link_type, peer};
use super::{folder, run};

/// Where both ends of a comparison are written.
fn written(path: &Path, folder: &Path, options: &[&str]) -> [Option<Vec<u8>>; 2] {
    let name = path.to_str().unwrap().replace('/', "_");
    let write = |program: &mut Command, name: String| {
        let output = folder.join(name);
        program.args(options).arg("-r").arg(path).arg("-w");
        let ran = program.arg(&output).output().unwrap();
        ran.status.success().then(|| fs::read(&output).unwrap())
    };
    let mut tcpdump = Command::new("tcpdump");
    tcpdump.args(["-Z", "root"]);
    [
        write(&mut tcpdump, format!("{name}.tcpdump")),
        write(&mut tcptrace(), format!("{name}.ours")),
    ]
}

#[test]
fn a_replay_is_written_as_tcpdump_writes_it() {
    if peer("tcpdump", "libpcap version 1.10.3").is_none() {
        return;
    }
    let folder = folder("tcpdump");
    let mut paths = files(&["edge", "zeek", "pcapng-test-generator"]);
    paths.extend(one_of_each_link_type(&["tcpdump"]).into_values());
    for_each(&paths, |path| {
        for options in [&[][..], &["--nano"], &["tcp"]] {
            let [theirs, ours] = written(path, &folder, options);
            // What libpcap refuses to read may be read here.
            assert!(
                theirs.is_none() || theirs == ours,
                "{} {options:?}",
                path.display()
            );
        }
    });
}

#[test]
fn standard_output_is_a_file_too() {
    let ran = tcptrace()
        .args(["-r", "users.pcapng", "-w", "-", "tcp"])
        .stderr(Stdio::null())
        .output()
        .unwrap();
    let path = folder("stdout").join("users.pcap");
    let named = run(["-r", "users.pcapng", "-w", path.to_str().unwrap(), "tcp"]);
    assert_eq!(named.status, Some(0));
    assert_eq!(named.out, "");
    assert_eq!(ran.stdout, fs::read(&path).unwrap());
    assert_eq!(ran.stdout[..4], 0xa1b2_c3d4_u32.to_ne_bytes());
}

#[test]
fn nanoseconds_are_kept_where_asked_and_their_loss_is_told() {
    let folder = folder("nanoseconds");
    let path = folder.join("hello.pcap");
    let path = path.to_str().unwrap();
    let kept = run(["-r", "hello.pcap", "--nano", "-w", path]);
    assert_eq!((kept.status, kept.err.as_str()), (Some(0), ""));
    let recording = super::support::program::captures().join("hello.pcap");
    assert_eq!(fs::read(path).unwrap(), fs::read(recording).unwrap());
    let lost = run(["-r", "hello.pcap", "-w", path]);
    let words = "times are cut to microseconds, as in tcpdump's files; --nano keeps nanoseconds";
    assert_eq!(lost.err, format!("tcptrace: {path}: {words}\n"));
}

#[test]
fn print_shows_what_is_written() {
    let path = folder("print").join("echo.pcap");
    let path = path.to_str().unwrap();
    let silent = run(["-r", "echo.pcap", "--nano", "-w", path]);
    assert_eq!((silent.status, silent.out.as_str()), (Some(0), ""));
    let shown = run([
        "-r",
        "echo.pcap",
        "--nano",
        "-w",
        path,
        "--print",
        "-c",
        "3",
    ]);
    assert_eq!(shown.out, run(["-r", "echo.pcap", "--nano", "-c", "3"]).out);
    assert_eq!(run(["-r", path, "--count"]).out, "3 packets\n");
    let report = run(["report", "-r", "echo.pcap", "-w", path]);
    assert_eq!(report.out, run(["report", "-r", "echo.pcap"]).out);
    assert_eq!(run(["-r", path, "--count"]).out, "10 packets\n");
}
