//! The program while it captures on loopback: what ends it, and what it says.
//!
//! As in `live`, each test talks on a port of its own; without the privilege to
//! capture it says so and passes.

#![cfg(feature = "cli")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use support::program::tcptrace;
use tcptrace::capture::filter::Filter;
use tcptrace::capture::{Next, savefile};
use tcptrace::time::Resolution;

mod support;

/// The program, capturing; its words are read as they come.
struct Capture {
    child: Child,
    said: BufReader<ChildStderr>,
}

impl Capture {
    /// Starts it and waits until it captures; `None`, with a word, where the
    /// privilege is missing.
    fn start(arguments: &[&str]) -> Option<Self> {
        let mut child = tcptrace()
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stderr.take().unwrap());
        let mut capture = Self { child, said };
        let word = capture.word();
        if word.contains("CAP_NET_RAW") {
            println!("skipped: needs CAP_NET_RAW");
            capture.child.wait().unwrap();
            return None;
        }
        let (interface, what) = word.split_once(", ").unwrap();
        assert_eq!(interface, "tcptrace: listening on lo");
        // tcpdump's words.
        let ethernet = "link-type EN10MB (Ethernet), snapshot length ";
        assert!(what.starts_with(ethernet), "{word}");
        Some(capture)
    }

    /// The next line on standard error.
    fn word(&mut self) -> String {
        let mut line = String::new();
        self.said.read_line(&mut line).unwrap();
        line
    }

    fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &pid]).status();
        assert!(sent.unwrap().success());
    }

    /// What it left behind: status, standard output, the rest of its words.
    fn end(mut self) -> (Option<i32>, String, String) {
        let (mut out, mut said) = (String::new(), String::new());
        let mut stdout = self.child.stdout.take().unwrap();
        stdout.read_to_string(&mut out).unwrap();
        self.said.read_to_string(&mut said).unwrap();
        (self.child.wait().unwrap().code(), out, said)
    }
}

/// An empty folder of its own for a test.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A listener on a free port, and the port in words.
fn listener() -> (TcpListener, String) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    (listener, port)
}

/// A connection in which the client sends a line and the server closes first.
fn converse(listener: &TcpListener) {
    let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (mut server, _) = listener.accept().unwrap();
    client.write_all(b"hello").unwrap();
    let mut received = [0; 5];
    server.read_exact(&mut received).unwrap();
    drop(server);
    client.read_to_end(&mut Vec::new()).unwrap();
}

#[test]
fn sigusr1_prints_the_statistics_and_the_capture_goes_on() {
    let (listener, port) = listener();
    let Some(mut capture) = Capture::start(&["-i", "lo", "--plain", "tcp port", &port]) else {
        return;
    };
    // Twice, since the first could be remembered.
    for _ in 0..2 {
        capture.signal("USR1");
        let counts = "tcptrace: 0 packets captured, 0 packets received by filter, \
                      0 packets dropped by kernel\n";
        assert_eq!(capture.word(), counts);
    }
    converse(&listener);
    // The kernel hands frames over every 20 ms.
    thread::sleep(Duration::from_millis(200));
    capture.signal("USR1");
    let counts = capture.word();
    capture.signal("INT");
    let (status, out, said) = capture.end();
    assert_eq!(status, Some(0));
    let lines = out.lines().count();
    let first = format!("tcptrace: {lines} packets captured, {lines} packets received by filter");
    assert!(counts.starts_with(&first), "{counts}");
    assert!(lines >= 8, "{out}");
    assert!(said.starts_with(&format!("{lines} packets captured\n")));
}

/// The program, run to its end with a listener talking to itself meanwhile, as
/// soon as it captures.
fn capture_a_conversation(
    arguments: &[&str],
    listener: &TcpListener,
) -> Option<(Option<i32>, String, String)> {
    let capture = Capture::start(arguments)?;
    converse(listener);
    Some(capture.end())
}

#[test]
fn a_capture_ends_with_the_first_connection() {
    let (listener, port) = listener();
    for style in ["--plain", "--json", "--color=never"] {
        let arguments = ["-i", "lo", "--until-closed", style, "tcp port", &port];
        let Some((status, out, said)) = capture_a_conversation(&arguments, &listener) else {
            return;
        };
        assert_eq!(status, Some(0), "{said}");
        let frames = said.split(' ').next().unwrap().trim_start().to_owned();
        let is_segment = |line: &&str| line.contains("Flags [") || line.starts_with("{\"frame\"");
        let segments = out.lines().filter(is_segment).count();
        assert_eq!(segments.to_string(), frames, "{out}");
        assert!(segments >= 8, "{out}");
    }
}

#[test]
fn a_command_is_captured_from_its_first_segment_and_gives_its_status() {
    let (listener, port) = listener();
    let script = format!("exec 3<>/dev/tcp/127.0.0.1/{port}; cat <&3; exit 7");
    let arguments = [
        "-i", "lo", "--plain", "tcp port", &port, "--", "bash", "-c", &script,
    ];
    let Some(capture) = Capture::start(&arguments) else {
        return;
    };
    let (mut server, _) = listener.accept().unwrap();
    server.write_all(b"hello\n").unwrap();
    drop(server);
    let (status, out, said) = capture.end();
    assert_eq!(status, Some(7), "{said}");
    assert!(out.lines().any(|line| line.contains("Flags [S],")), "{out}");
    let fins = out.lines().filter(|line| line.contains("Flags [F.]"));
    assert_eq!(fins.count(), 2, "{out}");
    assert!(out.lines().any(|line| line == "hello"), "{out}");
}

#[test]
fn a_command_gets_the_signal_that_ends_the_capture() {
    let (_listener, port) = listener();
    let arguments = ["-i", "lo", "tcp port", &port, "--", "sleep", "60"];
    let Some(capture) = Capture::start(&arguments) else {
        return;
    };
    let begin = Instant::now();
    thread::sleep(Duration::from_millis(200));
    capture.signal("TERM");
    let (status, _, said) = capture.end();
    assert_eq!(status, Some(128 + 15), "{said}");
    assert!(begin.elapsed() < Duration::from_secs(10));
}

/// A capture into files of 1000 octets each while a shell reads 5000 and
/// leaves with `status`; `meanwhile` is done before it reads.
fn capture_into_parts(
    folder: &Path,
    status: i32,
    meanwhile: impl FnOnce(),
) -> Option<(Option<i32>, String)> {
    let (listener, port) = listener();
    let script = format!("exec 3<>/dev/tcp/127.0.0.1/{port}; cat <&3; exit {status}");
    let path = folder.join("part");
    let save = ["-C", "1k", "-z", "./nosuch", "-w", path.to_str().unwrap()];
    let filter = ["tcp port", &port, "--", "bash", "-c", &script];
    let capture = Capture::start(&[&["-i", "lo"], &save[..], &filter].concat())?;
    meanwhile();
    let (mut server, _) = listener.accept().unwrap();
    for _ in 0..5 {
        server.write_all(&[b'x'; 1000]).unwrap();
        thread::sleep(Duration::from_millis(20));
    }
    drop(server);
    let (status, _, said) = capture.end();
    Some((status, said))
}

#[test]
fn files_that_cannot_be_handed_on_end_neither_the_capture_nor_its_words() {
    let folder = folder("live-parts");
    let Some((status, said)) = capture_into_parts(&folder, 7, || ()) else {
        return;
    };
    assert_eq!(status, Some(7), "{said}");
    let parts: Vec<_> = fs::read_dir(&folder).unwrap().collect();
    assert!(parts.len() >= 5, "{said}");
    assert_eq!(said.matches(": cannot run ./nosuch: ").count(), parts.len());
    let mut frames = 0;
    for part in parts {
        let mut source = savefile::open(part.unwrap().path(), Filter::new("")).unwrap();
        while let Next::Frame(_) = source.next_frame().unwrap() {
            frames += 1;
        }
    }
    let counts = format!("{frames} packets captured\n");
    assert!(said.contains(&counts), "{counts}{said}");
}

#[test]
fn a_capture_that_fails_keeps_its_counts_and_the_status_of_the_command() {
    let folder = folder("live-gone");
    // It cannot be success: frames were lost.
    for (left_with, expected) in [(7, 7), (0, 1)] {
        fs::create_dir_all(&folder).unwrap();
        let gone = || fs::remove_dir_all(&folder).unwrap();
        let Some((status, said)) = capture_into_parts(&folder, left_with, gone) else {
            return;
        };
        assert_eq!(status, Some(expected), "{said}");
        assert!(said.contains("cannot write "), "{said}");
        assert!(said.contains(" packets captured\n"), "{said}");
    }
}

#[test]
fn a_command_that_does_not_exist_is_named() {
    let (_listener, port) = listener();
    let Some(capture) = Capture::start(&["-i", "lo", "port", &port, "--", "./nosuch"]) else {
        return;
    };
    let (status, out, said) = capture.end();
    let words = "tcptrace: cannot run ./nosuch: No such file or directory (os error 2)\n";
    assert_eq!((status, out.as_str(), said.as_str()), (Some(1), "", words));
}

/// Octets of a pcap file header, and of a record header.
const PCAP_HEADER: usize = 24;
const RECORD_HEADER: usize = 16;

/// A pcap file with all times set to zero: each socket has its own.
fn without_times(path: &Path) -> Vec<u8> {
    let mut octets = fs::read(path).unwrap();
    let mut at = PCAP_HEADER;
    while at < octets.len() {
        octets[at..at + 8].fill(0);
        let captured = octets[at + 8..at + 12].try_into().unwrap();
        at += RECORD_HEADER + u32::from_ne_bytes(captured) as usize;
    }
    octets
}

#[test]
fn a_capture_is_written_as_tcpdump_writes_it() {
    let (listener, port) = listener();
    let folder = folder("live-pcap");
    let (ours, theirs) = (folder.join("ours"), folder.join("theirs"));
    let tcpdump = Command::new("tcpdump")
        .args([
            "-i",
            "lo",
            "-Z",
            "root",
            "-s",
            "100",
            "-U",
            "--immediate-mode",
            "-w",
        ])
        .arg(&theirs)
        .args(["tcp port", &port])
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut tcpdump) = tcpdump else {
        println!("skipped: needs tcpdump");
        return;
    };
    let mut said = String::new();
    let mut words = BufReader::new(tcpdump.stderr.take().unwrap());
    words.read_line(&mut said).unwrap();
    let path = ours.to_str().unwrap();
    let arguments = [
        "-i",
        "lo",
        "-s",
        "100",
        "-w",
        path,
        "-c",
        "8",
        "--duration",
        "10s",
        "tcp port",
        &port,
    ];
    let Some((status, out, said)) = capture_a_conversation(&arguments, &listener) else {
        tcpdump.wait().unwrap();
        return;
    };
    assert_eq!((status, out.as_str()), (Some(0), ""), "{said}");
    thread::sleep(Duration::from_millis(500));
    let pid = tcpdump.id().to_string();
    Command::new("kill").args(["-INT", &pid]).status().unwrap();
    tcpdump.wait().unwrap();
    let (ours, theirs) = (without_times(&ours), without_times(&theirs));
    assert!(
        ours.len() > PCAP_HEADER + 8 * RECORD_HEADER,
        "{} octets",
        ours.len()
    );
    // There may be more than eight.
    assert!(
        theirs.starts_with(&ours),
        "{} and {}",
        ours.len(),
        theirs.len()
    );
}

#[test]
fn a_pcapng_file_says_how_it_was_captured() {
    let (listener, port) = listener();
    let path = folder("live-pcapng").join("x.pcapng");
    let filter = format!("tcp port {port}");
    let arguments = [
        "-i",
        "lo",
        "-s",
        "200",
        "-w",
        path.to_str().unwrap(),
        "--until-closed",
        &filter,
    ];
    let Some((status, out, said)) = capture_a_conversation(&arguments, &listener) else {
        return;
    };
    assert_eq!((status, out.as_str()), (Some(0), ""), "{said}");
    let mut source = savefile::open(&path, Filter::new("")).unwrap();
    let mut frames = 0_u64;
    while let Next::Frame(frame) = source.next_frame().unwrap() {
        assert_eq!(frame.resolution, Resolution::Nano);
        frames += 1;
    }
    assert!(
        said.starts_with(&format!("{frames} packets captured\n")),
        "{said}"
    );
    let interface = &source.origin().unwrap().interfaces[0];
    assert_eq!(interface.name.as_deref(), Some("lo"));
    assert_eq!(interface.filter.as_deref(), Some(&*filter));
    assert_eq!((interface.snapshot, interface.resolution), (200, 9));
    assert!(interface.system.as_deref().unwrap().starts_with("Linux "));
    // The last block: its last option but the end is how many were delivered.
    let octets = fs::read(&path).unwrap();
    let (_, tail) = octets.split_last_chunk::<4>().unwrap();
    let start = octets.len() - u32::from_le_bytes(*tail) as usize;
    assert_eq!(octets[start..start + 4], 5_u32.to_le_bytes());
    let delivered = [
        &8_u16.to_le_bytes()[..],
        &8_u16.to_le_bytes(),
        &frames.to_le_bytes(),
    ];
    assert!(octets.ends_with(&[&delivered.concat()[..], &[0; 4], tail].concat()));
}

#[test]
fn another_user_writes_the_file() {
    let (listener, port) = listener();
    let folder = folder("live-user");
    if Command::new("chown")
        .arg("nobody")
        .arg(&folder)
        .status()
        .is_ok_and(|done| !done.success())
    {
        println!("skipped: needs root");
        return;
    }
    let path = folder.join("x.pcap");
    let path = path.to_str().unwrap();
    let arguments = [
        "-i",
        "lo",
        "-Z",
        "nobody",
        "-w",
        path,
        "--until-closed",
        "port",
        &port,
    ];
    let Some((status, _, said)) = capture_a_conversation(&arguments, &listener) else {
        return;
    };
    // The folders above may be closed to others.
    if status != Some(0) {
        assert!(said.contains("Permission denied"), "{said}");
        return;
    }
    let owner = fs::metadata(path).unwrap().uid();
    assert_ne!(owner, fs::metadata("/").unwrap().uid());
}

#[test]
fn a_capture_is_summed_up_when_it_is_interrupted() {
    let (listener, port) = listener();
    let path = folder("summed-up").join("two words.pcap");
    let path = path.to_str().unwrap();
    let filter = format!("tcp port {port}");
    for arguments in [&["-w", path][..], &[]] {
        let all = [&["summary", "-i", "lo"], arguments, &[&filter]].concat();
        let Some(capture) = Capture::start(&all) else {
            return;
        };
        converse(&listener);
        thread::sleep(Duration::from_millis(200));
        capture.signal("INT");
        let (status, out, said) = capture.end();
        assert_eq!(status, Some(0), "{said}");
        assert!(out.starts_with("lo: "), "{out}");
        assert!(out.contains("1 connection, "), "{out}");
        assert!(said.contains(" packets captured\n"), "{said}");
        // What was saved can be read again, an interface cannot.
        let command = format!("verdicts: 1 closed   $ tcptrace flows -r '{path}'\n");
        let hint = "to look closer: capture with -w FILE";
        let is_saved = !arguments.is_empty();
        assert_eq!(out.contains(&command), is_saved, "{command}\n{out}");
        assert_eq!(out.contains(hint), !is_saved, "{out}");
    }
}

#[test]
fn a_user_who_does_not_exist_is_named() {
    let output = tcptrace()
        .args(["-r", "hello.pcap", "-Z", "nosuch"])
        .output();
    let said = String::from_utf8(output.unwrap().stderr).unwrap();
    assert_eq!(
        said,
        "tcptrace: cannot become nosuch: there is no such user\n"
    );
}

#[test]
fn a_capture_ends_after_its_time() {
    let (_listener, port) = listener();
    let arguments = ["-i", "lo", "--duration", "300ms", "tcp port", &port];
    let Some(capture) = Capture::start(&arguments) else {
        return;
    };
    let begin = Instant::now();
    let (status, out, said) = capture.end();
    assert_eq!(
        (status, out.as_str()),
        (Some(0), "  # 0 segments passed the filter\n")
    );
    assert!(said.starts_with("0 packets captured\n"), "{said}");
    let took = begin.elapsed();
    assert!(took > Duration::from_millis(250), "{took:?}");
    assert!(took < Duration::from_secs(3), "{took:?}");
}
