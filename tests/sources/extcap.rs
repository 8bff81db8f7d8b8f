//! `extcap`: the program as Wireshark runs it; and as the real tshark does.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::program::{folder, is_installed};
use crate::support::blocks;
use crate::support::capturing::{Capturing, listener};
use crate::support::program::{Ran, run, tcptrace};

fn asked(arguments: &[&str]) -> Ran {
    let mut command = tcptrace();
    command.arg("extcap").args(arguments);
    command.output().unwrap().into()
}

#[test]
fn wireshark_is_told_of_each_interface() {
    let ran = asked(&["--extcap-interfaces", "--extcap-version=4.0"]);
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
    let mut lines = ran.out.lines();
    let version = env!("CARGO_PKG_VERSION");
    let first = format!("extcap {{version={version}}}{{display=tcptrace}}");
    assert_eq!(lines.next(), Some(first.as_str()));
    let rest: Vec<_> = lines.collect();
    assert!(rest.contains(&"interface {value=tcptrace-lo}{display=tcptrace on lo}"));
    assert!(rest.contains(&"interface {value=tcptrace-any}{display=tcptrace on any interface}"));
    assert!(
        rest.iter()
            .all(|line| line.starts_with("interface {value=tcptrace-"))
    );
}

#[test]
fn wireshark_is_told_what_can_be_chosen_and_what_frames_begin_with() {
    let ran = asked(&["--extcap-interface", "tcptrace-lo", "--extcap-dlts"]);
    assert_eq!(ran.out, "dlt {number=1}{name=EN10MB}{display=Ethernet}\n");
    let ran = asked(&["--extcap-interface", "tcptrace-lo", "--extcap-config"]);
    let choices = "\
arg {number=0}{call=--lang}{display=Language of comments}{type=selector}
value {arg=0}{value=en}{display=English}{default=true}
value {arg=0}{value=zh}{display=中文}{default=false}
arg {number=1}{call=--comments}{display=Comments}{tooltip=Verdicts and diagnoses are always told}{type=selector}
value {arg=1}{value=each}{display=On each segment}{default=true}
value {arg=1}{value=trouble}{display=On segments that tell of trouble}{default=false}
";
    assert_eq!(ran.out, choices);
}

#[test]
fn wireshark_is_told_what_is_wrong_with_a_filter_on_standard_output() {
    let complaint = |filter| {
        let ran = asked(&[
            "--extcap-interface",
            "tcptrace-lo",
            "--extcap-capture-filter",
            filter,
        ]);
        assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
        ran.out
    };
    assert_eq!(complaint("tcp port 80"), "");
    assert!(complaint("tcp prot 80").contains("syntax error"));
    assert_eq!(complaint("-x").lines().count(), 1);
}

#[test]
fn who_is_not_wireshark_is_told_what_it_is_for() {
    let ran = asked(&[]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.err.contains("make install"), "{}", ran.err);
    assert!(!run("--help").out.contains("extcap"));
}

/// A pipe as Wireshark makes one, and the program that writes into it what it captures on
/// loopback. Where it may not capture, it says so, and passes.
fn begin(name: &str, more: &[&str]) -> (PathBuf, Capturing) {
    let pipe = folder(&format!("extcap-{name}")).join("pipe");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let mut command = tcptrace();
    command.args([
        "extcap",
        "--extcap-interface",
        "tcptrace-lo",
        "--capture",
        "--fifo",
    ]);
    let capture = Capturing::of(command.arg(&pipe).args(more));
    (pipe, capture)
}

fn converse(listener: &TcpListener) {
    let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (server, _) = listener.accept().unwrap();
    client.write_all(b"hello").unwrap();
    (&server).read_exact(&mut [0; 5]).unwrap();
    drop(server);
    client.read_to_end(&mut Vec::new()).unwrap();
}

/// Reads a pipe up to the end of the header of a file; whether that comes.
fn reads_header(pipe: &mut fs::File) -> Vec<u8> {
    let mut octets = vec![0; 28];
    let read = pipe.read_exact(&mut octets);
    if read.is_err() {
        octets.clear();
    }
    octets
}

#[test]
fn a_pipe_gets_frames_with_what_they_mean_and_the_verdict_while_they_are_captured() {
    let (listener, filter) = listener();
    let (pipe, capture) = begin("comments", &["--extcap-capture-filter", &filter]);
    let mut pipe = fs::File::open(pipe).unwrap();
    let mut octets = reads_header(&mut pipe);
    if octets.is_empty() {
        println!("skipped: {}", capture.end().err);
        return;
    }
    assert_eq!(octets[..4], blocks::section(&[])[..4]);
    converse(&listener);
    let verdict = b"closed in order: the server closed first";
    let begun = Instant::now();
    while !octets.windows(verdict.len()).any(|some| some == verdict) {
        let mut some = [0; 4096];
        let len = pipe.read(&mut some).unwrap();
        octets.extend_from_slice(&some[..len]);
        assert!(begun.elapsed() < Duration::from_secs(10));
    }
    let text = String::from_utf8_lossy(&octets);
    assert!(text.contains("#0 → handshake 1/3 SYN  seq 0 ("));
    assert!(text.contains("#0 verdict  closed in order"));
    // Wireshark goes away, while nothing comes.
    drop(pipe);
    let begun = Instant::now();
    let ran = capture.end();
    assert!(begun.elapsed() < Duration::from_secs(2));
    assert_eq!(
        (ran.status, ran.out.as_str(), ran.err.as_str()),
        (Some(0), "", "")
    );
}

#[test]
fn a_signal_ends_it_and_the_language_and_the_comments_are_chosen() {
    let (listener, filter) = listener();
    let more = [
        "--extcap-capture-filter",
        &filter,
        "--lang",
        "zh",
        "--comments",
        "trouble",
    ];
    let (pipe, capture) = begin("signal", &more);
    let mut pipe = fs::File::open(pipe).unwrap();
    let mut octets = reads_header(&mut pipe);
    if octets.is_empty() {
        println!("skipped: {}", capture.end().err);
        return;
    }
    converse(&listener);
    thread::sleep(Duration::from_millis(200));
    capture.signal("TERM");
    pipe.read_to_end(&mut octets).unwrap();
    let ran = capture.end();
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
    let text = String::from_utf8_lossy(&octets);
    let comments = text.matches("#0 ").count();
    assert_eq!((comments, text.matches("#0 → ").count()), (1, 0), "{text}");
    assert!(text.contains("#0 结论"), "{text}");
}

#[test]
fn what_goes_wrong_is_said_on_standard_error() {
    let ran = asked(&[
        "--extcap-interface",
        "tcptrace-nosuch",
        "--capture",
        "--fifo",
        "/dev/null",
    ]);
    assert_eq!(ran.status, Some(1));
    assert!(
        ran.err.starts_with("tcptrace: nosuch: no such interface"),
        "{}",
        ran.err
    );
}

/// An answer would be taken for that of an interface which is there.
#[test]
fn of_an_interface_that_is_not_there_nothing_is_told() {
    let of_frames = ["--extcap-capture-filter", "tcp port 80"];
    let questions: [&[&str]; 3] = [&["--extcap-dlts"], &["--extcap-config"], &of_frames];
    for question in questions {
        let ran = asked(&[&["--extcap-interface", "tcptrace-nosuch"], question].concat());
        assert_eq!(
            (ran.status, ran.out.as_str()),
            (Some(1), ""),
            "{question:?}"
        );
        let said = "tcptrace: nosuch: no such interface; tcptrace -D lists them\n";
        assert_eq!(ran.err, said, "{question:?}");
    }
}

/// tshark, with this program in its folder of programs that capture.
fn tshark(folder: &Path) -> Command {
    let script = folder.join("tcptrace-extcap");
    let program = env!("CARGO_BIN_EXE_tcptrace");
    fs::write(
        &script,
        format!("#!/bin/sh\nexec '{program}' extcap \"$@\"\n"),
    )
    .unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    // To root it does not matter where the environment says that such programs are: they
    // are where they always are, in a view of the files of tshark's own.
    let view =
        "[ -z \"$1\" ] || mount --bind \"$WIRESHARK_EXTCAP_DIR\" \"$1\"; shift; exec tshark \"$@\"";
    let mut command = if is_root() {
        let mut command = Command::new("unshare");
        command.args(["-m", "sh", "-c", view, "sh", &usual_folder()]);
        command
    } else {
        Command::new("tshark")
    };
    command
        .env("WIRESHARK_EXTCAP_DIR", folder)
        .env("HOME", folder)
        .env_remove("XDG_CONFIG_HOME")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn is_root() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    status.lines().any(|line| line.starts_with("Uid:\t0\t"))
}

/// Where tshark looks for programs that capture.
fn usual_folder() -> String {
    let output = Command::new("tshark").args(["-G", "folders"]).output();
    let folders = String::from_utf8(output.unwrap().stdout).unwrap();
    let mut lines = folders
        .lines()
        .filter_map(|line| line.split_once("xtcap path:"));
    let global = lines.find(|(before, _)| !before.starts_with("Personal"));
    global.map_or_else(String::new, |(_, path)| path.trim().to_owned())
}

fn is_tshark_here() -> bool {
    let is_here = is_installed("tshark") && is_installed("dumpcap");
    if !is_here {
        println!("skipped: needs tshark");
    }
    is_here
}

#[test]
fn the_real_tshark_lists_the_interfaces() {
    if !is_tshark_here() {
        return;
    }
    let listed: Ran = tshark(&folder("tshark-lists"))
        .arg("-D")
        .output()
        .unwrap()
        .into();
    assert!(
        listed.out.contains("tcptrace-lo (tcptrace on lo)"),
        "{}",
        listed.out
    );
}

#[test]
fn the_real_tshark_shows_what_segments_mean_while_sockets_talk() {
    if !is_tshark_here() {
        return;
    }
    let folder = folder("tshark-captures");
    let (listener, filter) = listener();
    let mut child = tshark(&folder)
        .args(["-l", "-i", "tcptrace-lo", "-f", &filter, "-c", "6"])
        .args(["-T", "fields", "-e", "tcp.flags", "-e", "frame.comment"])
        .spawn()
        .unwrap();
    // It does not say when it has begun.
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() && begun.elapsed() < Duration::from_secs(20) {
        converse(&listener);
        thread::sleep(Duration::from_millis(250));
    }
    let shown = end(child);
    if shown.err.contains("CAP_NET_RAW") || shown.err.contains("ermission") {
        println!("skipped: {}", shown.err);
        return;
    }
    assert_eq!(shown.out.lines().count(), 6, "{}", shown.err);
    assert!(
        shown.out.contains("0x0002\t#0 → handshake 1/3 SYN  seq 0"),
        "{}",
        shown.out
    );
    assert!(shown.out.contains("handshake took "), "{}", shown.out);
}

fn end(mut child: Child) -> Ran {
    let _ = child.kill();
    child.wait_with_output().unwrap().into()
}
