//! What comes through a pipe is shown as it comes; and a signal ends the reading of any
//! file.

#![cfg(feature = "cli")]

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use lz4_flex::frame::FrameEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use support::capture::{ETHERNET, Pcap};
use support::frame::Segment;
use support::program::{Ran, captures, run, tcptrace};

mod support;

/// Longer than anything takes that is to come.
const PATIENCE: Duration = Duration::from_secs(20);
/// Long enough for what is not to come.
const WHILE: Duration = Duration::from_millis(150);

/// The program while it runs, and the lines that it has written.
struct Running {
    child: Child,
    out: Receiver<String>,
    said: Receiver<String>,
}

impl Running {
    fn start(arguments: &str, input: impl Into<Stdio>) -> Self {
        let mut child = tcptrace()
            .args(arguments.split_whitespace())
            .stdin(input)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let out = lines(child.stdout.take().unwrap());
        let said = lines(child.stderr.take().unwrap());
        Self { child, out, said }
    }

    /// The next line that is shown.
    #[track_caller]
    fn line(&self) -> String {
        self.out.recv_timeout(PATIENCE).unwrap()
    }

    /// That no other line is shown for a while.
    #[track_caller]
    fn is_silent(&self) {
        assert_eq!(self.out.recv_timeout(WHILE).ok(), None);
    }

    fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &pid]).status();
        assert!(sent.unwrap().success());
    }

    /// What is left of it.
    fn end(mut self) -> Ran {
        Ran {
            status: self.child.wait().unwrap().code(),
            out: self.out.iter().map(|line| line + "\n").collect(),
            err: self.said.iter().map(|line| line + "\n").collect(),
        }
    }
}

/// The lines of a reader as they come.
fn lines(from: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}

/// The file header of a recording, and its records.
fn pieces(name: &str) -> Vec<Vec<u8>> {
    let file = fs::read(captures().join(name)).unwrap();
    let is_pcapng = file.starts_with(&[0x0a, 0x0d]);
    let number = |at: usize| u32::from_le_bytes(*file[at..].first_chunk().unwrap()) as usize;
    let mut begin = if is_pcapng { 0 } else { 24 };
    let mut pieces = vec![file[..begin].to_vec()];
    while begin < file.len() {
        let end = begin
            + if is_pcapng {
                number(begin + 4)
            } else {
                16 + number(begin + 8)
            };
        let piece = file[begin..end].to_vec();
        // A block of type 6 holds a packet; others go before it.
        if is_pcapng && number(begin) != 6 {
            pieces[0].extend(piece);
        } else {
            pieces.push(piece);
        }
        begin = end;
    }
    pieces
}

#[test]
fn each_line_is_there_before_the_next_frame_is_written() {
    for (style, lines) in [
        ("", 2),
        ("--plain", 1),
        ("--style wireshark", 1),
        ("--json", 1),
    ] {
        let whole = run(&format!("{style} -r hello.pcap")).out;
        let mut whole = whole.lines();
        let mut running = Running::start(&format!("{style} -r -"), Stdio::piped());
        let mut input = running.child.stdin.take().unwrap();
        for piece in pieces("hello.pcap") {
            // Cut inside the header, and inside what it is of.
            let (head, rest) = piece.split_at(10);
            let (middle, tail) = rest.split_at(rest.len() - 3);
            for part in [head, middle] {
                input.write_all(part).unwrap();
                thread::sleep(Duration::from_millis(5));
            }
            input.write_all(tail).unwrap();
            if piece.len() > 24 {
                for _ in 0..lines {
                    assert_eq!(running.line(), whole.next().unwrap(), "{style}");
                }
            }
        }
        drop(input);
        let ran = running.end();
        assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""), "{style}");
        assert!(ran.out.lines().eq(whole), "{style}: {}", ran.out);
    }
}

#[test]
fn blocks_of_pcapng_flow_too() {
    let whole = run("--plain -r greeting.pcapng").out;
    let mut running = Running::start("--plain -r -", Stdio::piped());
    let mut input = running.child.stdin.take().unwrap();
    let pieces = pieces("greeting.pcapng");
    let (blocks, packets) = pieces.split_first().unwrap();
    input.write_all(blocks).unwrap();
    for (packet, line) in packets.iter().zip(whole.lines()) {
        let (head, tail) = packet.split_at(packet.len() / 2);
        input.write_all(head).unwrap();
        thread::sleep(Duration::from_millis(5));
        input.write_all(tail).unwrap();
        assert_eq!(running.line(), line);
    }
    drop(input);
    assert_eq!(running.end().status, Some(0));
}

/// Two connections: the second one ends before the first, which stays open.
fn two_connections() -> [Vec<u8>; 3] {
    let mut file = Pcap::new(ETHERNET);
    let mut time = 0;
    let mut put = |file: &mut Pcap, port: u16, to_server: bool, flags, seq, ack| {
        let ends = ([10, 0, 0, 1], port).into();
        let ends = (ends, ([10, 0, 0, 2], 80).into());
        let (src, dst) = if to_server { ends } else { (ends.1, ends.0) };
        time += 1_000_000;
        let segment = Segment::new(src, dst, flags, seq, ack);
        file.frame(time, &segment.to_ethernet());
    };
    for port in [1001, 1002] {
        put(&mut file, port, true, "S", 100, 0);
        put(&mut file, port, false, "S.", 500, 101);
        put(&mut file, port, true, ".", 101, 501);
    }
    let opened = file.0.len();
    put(&mut file, 1002, true, "F.", 101, 501);
    put(&mut file, 1002, false, "F.", 501, 102);
    let closing = file.0.len();
    put(&mut file, 1002, true, ".", 102, 502);
    let tail = file.0.split_off(closing);
    let middle = file.0.split_off(opened);
    [file.0, middle, tail]
}

#[test]
fn a_connection_is_reported_when_it_ends_and_the_others_at_the_end() {
    let [opened, closing, closed] = two_connections();
    for (command, first, last) in [
        ("report", "#1  10.0.0.1:1002", "#0  10.0.0.1:1001"),
        ("report --json", "{\"stream\":1,", "{\"stream\":0,"),
        ("flows --json", "{\"stream\":1,", "{\"stream\":0,"),
        ("flows", "  #  client", "  0  10.0.0.1:1001"),
    ] {
        let mut running = Running::start(&format!("{command} -r -"), Stdio::piped());
        let mut input = running.child.stdin.take().unwrap();
        input.write_all(&opened).unwrap();
        input.write_all(&closing).unwrap();
        running.is_silent();
        input.write_all(&closed).unwrap();
        assert!(running.line().starts_with(first), "{command}");
        drop(input);
        let ran = running.end();
        assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""), "{command}");
        assert!(
            ran.out.lines().any(|line| line.starts_with(last)),
            "{}",
            ran.out
        );
        assert_eq!(ran.out.matches("1002").count() > 0, command == "flows");
    }
}

/// A file says at its end what there was, in the order of first segments: also as
/// standard input, which is no pipe then.
#[test]
fn a_plain_file_on_standard_input_is_a_file() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("two-connections.pcap");
    fs::write(&path, two_connections().concat()).unwrap();
    let mut from_file = tcptrace();
    let from_file = Ran::from(
        from_file
            .arg("flows")
            .arg("-r")
            .arg(&path)
            .output()
            .unwrap(),
    );
    assert!(from_file.out.find("1001") < from_file.out.find("1002"));
    let ran = Running::start("flows -r -", File::open(&path).unwrap()).end();
    assert_eq!(ran.out, from_file.out);
}

fn fifo(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_file(&path);
    assert!(
        Command::new("mkfifo")
            .arg(&path)
            .status()
            .unwrap()
            .success()
    );
    path
}

#[test]
fn a_fifo_by_name_flows_like_a_pipe() {
    let path = fifo("a-fifo");
    let running = Running::start(&format!("--plain -r {}", path.display()), Stdio::null());
    let whole = run("--plain -r hello.pcap").out;
    let mut whole = whole.lines();
    // Opens when the program has.
    let mut input = OpenOptions::new().write(true).open(&path).unwrap();
    for piece in pieces("hello.pcap") {
        input.write_all(&piece).unwrap();
        if piece.len() > 24 {
            assert_eq!(running.line(), whole.next().unwrap());
        }
    }
    drop(input);
    let ran = running.end();
    assert_eq!((ran.status, ran.err.as_str()), (Some(0), ""));
    let path = fifo("a-fifo-of-connections");
    let running = Running::start(&format!("report -r {}", path.display()), Stdio::null());
    let mut input = OpenOptions::new().write(true).open(&path).unwrap();
    input.write_all(&two_connections().concat()).unwrap();
    assert!(running.line().starts_with("#1  10.0.0.1:1002"));
    drop(input);
    assert_eq!(running.end().status, Some(0));
}

#[test]
fn a_fifo_that_nobody_wrote_into_is_empty() {
    let path = fifo("an-empty-fifo");
    let running = Running::start(&format!("-r {}", path.display()), Stdio::null());
    drop(OpenOptions::new().write(true).open(&path).unwrap());
    let ran = running.end();
    assert_eq!(ran.status, Some(1));
    assert!(
        ran.err.ends_with("not a capture file: it is empty\n"),
        "{}",
        ran.err
    );
}

/// The recording in gzip, flushed behind each record.
fn gzip(pieces: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let mut compressed = Vec::new();
    for piece in pieces {
        encoder.write_all(piece).unwrap();
        encoder.flush().unwrap();
        compressed.push(std::mem::take(encoder.get_mut()));
    }
    compressed
}

/// A member of gzip for each record.
fn gzip_members(pieces: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let member = |piece: &Vec<u8>| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(piece).unwrap();
        encoder.finish().unwrap()
    };
    pieces.iter().map(member).collect()
}

/// A block of LZ4 for each record, in one frame.
fn lz4(pieces: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let mut encoder = FrameEncoder::new(Vec::new());
    let mut compressed = Vec::new();
    for piece in pieces {
        encoder.write_all(piece).unwrap();
        encoder.flush().unwrap();
        compressed.push(std::mem::take(encoder.get_mut()));
    }
    encoder.finish().unwrap();
    compressed
}

/// A frame of zstd for each record.
fn zstd(pieces: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let frame = |piece: &Vec<u8>| compress_to_vec(&piece[..], CompressionLevel::Fastest);
    pieces.iter().map(frame).collect()
}

type Compressor = fn(&[Vec<u8>]) -> Vec<Vec<u8>>;

#[test]
fn compressed_data_flows_as_far_as_it_is_there() {
    let pieces = pieces("hello.pcap");
    let formats: [(&str, Compressor); 4] = [
        ("gzip", gzip),
        ("members of gzip", gzip_members),
        ("zstd", zstd),
        ("LZ4", lz4),
    ];
    for (format, compress) in formats {
        let whole = run("--plain -r hello.pcap").out;
        let mut whole = whole.lines();
        let mut running = Running::start("--plain -r -", Stdio::piped());
        let mut input = running.child.stdin.take().unwrap();
        let compressed = compress(&pieces);
        for (compressed, piece) in compressed.iter().zip(&pieces) {
            // In parts that a decoder could stumble over.
            for part in compressed.chunks(compressed.len() / 3 + 1) {
                input.write_all(part).unwrap();
                thread::sleep(Duration::from_millis(3));
            }
            if piece.len() > 24 {
                assert_eq!(running.line(), whole.next().unwrap(), "{format}");
            }
        }
        running.child.kill().unwrap();
    }
}

#[test]
fn what_is_saved_of_a_pipe_is_in_the_file_as_it_comes() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("saved-by-and-by.pcap");
    let _ = fs::remove_file(&path);
    let arguments = format!("-r - --print --plain -w {}", path.display());
    let mut running = Running::start(&arguments, Stdio::piped());
    let mut input = running.child.stdin.take().unwrap();
    for piece in &pieces("hello.pcap")[..3] {
        input.write_all(piece).unwrap();
    }
    running.line();
    running.line();
    let mut saved = tcptrace();
    let saved = Ran::from(saved.arg("--plain").arg("-r").arg(&path).output().unwrap());
    assert_eq!(saved.out.lines().count(), 2, "{}", saved.err);
    drop(input);
    assert_eq!(running.end().status, Some(0));
}

#[test]
fn a_signal_ends_the_reading_of_a_pipe_when_what_is_known_is_shown() {
    for (command, last) in [
        ("", "  # 2 segments: 2 handshake\n"),
        ("--plain", "length 0\n"),
        ("--json", "\"conn_state\":\"S1\""),
        ("--count", "2 packets\n"),
        ("report", "1 connection, 2 segments: 2 handshake\n"),
        ("report --json", "\"stream\":0,"),
        (
            "flows --exit-status",
            "1 connection, 2 segments: 2 handshake\n",
        ),
        (
            "flows --by server",
            "1 connection, 2 segments: 2 handshake\n",
        ),
    ] {
        for (signal, status) in [("INT", 130), ("TERM", 143)] {
            let mut running = Running::start(&format!("{command} -r -"), Stdio::piped());
            let mut input = running.child.stdin.take().unwrap();
            for piece in &pieces("hello.pcap")[..3] {
                input.write_all(piece).unwrap();
            }
            // Until it waits again.
            thread::sleep(WHILE);
            running.signal(signal);
            let ran = running.end();
            let words = "tcptrace: interrupted after 2 frames\n";
            assert_eq!(
                (ran.status, ran.err.as_str()),
                (Some(status), words),
                "{command}"
            );
            assert!(ran.out.contains(last), "{command}: {}", ran.out);
        }
    }
}

/// A capture of 2^33 frames without an octet in them, which takes no room.
fn endless_capture() -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("endless.pcap");
    let file = File::create(&path).unwrap();
    (&file).write_all(&Pcap::new(ETHERNET).0).unwrap();
    file.set_len(24 + (16 << 33)).unwrap();
    path
}

#[test]
fn a_signal_ends_the_reading_of_a_file_also_where_no_frame_passes() {
    let path = endless_capture();
    for arguments in ["report", "--plain port 1", "--nano -w /dev/null"] {
        let arguments = format!("{arguments} -r {}", path.display());
        let running = Running::start(&arguments, Stdio::null());
        thread::sleep(WHILE);
        running.signal("INT");
        let ran = running.end();
        assert_eq!(ran.status, Some(130), "{arguments}");
        let frames = ran.err.strip_prefix("tcptrace: interrupted after ");
        let frames = frames
            .and_then(|words| words.strip_suffix(" frames\n"))
            .unwrap();
        assert!(frames.parse::<u64>().unwrap() > 1_000, "{}", ran.err);
    }
}

#[test]
fn a_signal_ends_a_run_between_files() {
    // Nobody ever opens it for writing.
    let path = fifo("an-unopened-fifo");
    for (files, frames, lines) in [("", 0, 0), ("-r hello.pcap -r hello.pcap", 18, 18)] {
        let arguments = format!("--plain {files} -r {}", path.display());
        let running = Running::start(&arguments, Stdio::null());
        thread::sleep(WHILE);
        running.signal("INT");
        let ran = running.end();
        let words = format!("tcptrace: interrupted after {frames} frames\n");
        assert_eq!((ran.status, ran.err), (Some(130), words));
        assert_eq!(ran.out.lines().count(), lines);
    }
}

#[test]
fn what_was_saved_before_a_signal_is_whole() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("saved-until-a-signal.pcapng");
    let arguments = format!("-r - -w {}", path.display());
    let mut running = Running::start(&arguments, Stdio::piped());
    let mut input = running.child.stdin.take().unwrap();
    for piece in &pieces("hello.pcap")[..3] {
        input.write_all(piece).unwrap();
    }
    thread::sleep(WHILE);
    running.signal("INT");
    assert_eq!(running.end().status, Some(130));
    let mut saved = tcptrace();
    let saved = Ran::from(saved.arg("--plain").arg("-r").arg(&path).output().unwrap());
    assert_eq!((saved.status, saved.out.lines().count()), (Some(0), 2));
}
