//! `-i TCP@HOST:PORT`: a capture that a TCP connection carries.

use std::fs;
use std::io::Write;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::program::folder;
use crate::support::capturing::Capturing;
use crate::support::program::{Ran, captures, run};

/// A server on a free port, and its name for `-i`. It serves one connection.
fn serve(serving: impl FnOnce(TcpStream) + Send + 'static) -> (String, JoinHandle<()>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let name = format!("TCP@{}", listener.local_addr().unwrap());
    let server = thread::spawn(move || serving(listener.accept().unwrap().0));
    (name, server)
}

fn recording(name: &str) -> Vec<u8> {
    fs::read(captures().join(name)).unwrap()
}

fn captured(octets: Vec<u8>, more: &[&str]) -> Ran {
    let (name, server) = serve(move |mut stream| {
        // Who has enough goes away.
        let _ = stream.write_all(&octets);
    });
    let ran = Capturing::start(&[&["-i", &name], more].concat()).end();
    server.join().unwrap();
    ran
}

#[test]
fn what_a_connection_brings_is_shown_as_a_file_is() {
    for file in ["hello.pcap", "greeting.pcapng"] {
        let live = captured(recording(file), &[]);
        assert_eq!(live.status, Some(0), "{}", live.err);
        assert_eq!(live.out, run(&format!("-r {file}")).out);
        assert!(
            live.err
                .starts_with("tcptrace: listening on TCP@127.0.0.1:")
        );
        assert!(live.err.ends_with(" packets captured\n"), "{}", live.err);
    }
}

#[test]
fn the_filter_is_applied_here_and_the_frames_are_counted_and_saved() {
    let path = folder("over-tcp").join("saved.pcapng");
    let saved = path.to_str().unwrap();
    let more = [
        "-w",
        saved,
        "--print",
        "--plain",
        "-c",
        "2",
        "tcp[13] & 8 != 0 or tcp[13] & 1 != 0",
    ];
    let live = captured(recording("hello.pcap"), &more);
    assert_eq!(live.status, Some(0), "{}", live.err);
    assert_eq!(live.out.lines().count(), 2);
    assert!(live.err.ends_with("\n2 packets captured\n"), "{}", live.err);
    assert_eq!(run(&format!("--plain -r {saved}")).out, live.out);
}

#[test]
fn a_capture_that_is_cut_short_is_shown_up_to_there_and_that_is_said() {
    let mut octets = recording("hello.pcap");
    octets.truncate(octets.len() - 7);
    let live = captured(octets, &["--plain"]);
    assert_eq!(live.status, Some(1));
    assert_eq!(live.out.lines().count(), 8);
    let last = live.err.lines().last().unwrap();
    assert!(
        last.contains("TCP@127.0.0.1:") && last.contains("damaged at octet"),
        "{last}"
    );
}

#[test]
fn what_is_no_capture_is_refused() {
    let live = captured(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(), &[]);
    assert_eq!(live.status, Some(1));
    assert!(live.err.contains("not a capture file"), "{}", live.err);
    let live = captured(Vec::new(), &[]);
    assert!(live.err.contains("it is empty"), "{}", live.err);
}

#[test]
fn a_slow_capture_is_shown_as_it_comes_and_a_quiet_one_can_be_stopped() {
    let octets = recording("hello.pcap");
    let (name, server) = serve(move |mut stream| {
        let (some, rest) = octets.split_at(octets.len() - 50);
        for piece in some.chunks(33) {
            stream.write_all(piece).unwrap();
            thread::sleep(Duration::from_millis(3));
        }
        // Silent, until the program goes away.
        thread::sleep(Duration::from_millis(300));
        let mut failed = stream.write_all(rest).is_err();
        while !failed {
            thread::sleep(Duration::from_millis(10));
            failed = stream.write_all(b"x").is_err();
        }
    });
    let mut capture = Capturing::start(&["-i", &name, "--plain"]);
    assert!(capture.hear("listening on"));
    thread::sleep(Duration::from_millis(250));
    capture.signal("USR1");
    assert!(capture.hear("8 frames read so far"));
    let begun = Instant::now();
    capture.signal("INT");
    let live = capture.end();
    assert!(begun.elapsed() < Duration::from_secs(2));
    assert_eq!(live.status, Some(0), "{}", live.err);
    assert!(live.out.lines().count() >= 8);
    server.join().unwrap();
}

#[test]
fn who_does_not_serve_is_named_in_a_sentence() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let ran = run(&format!("-i TCP@127.0.0.1:{port}"));
    let said = format!(
        "tcptrace: TCP@127.0.0.1:{port}: cannot connect: nothing listens there: Connection refused"
    );
    assert_eq!(ran.status, Some(1));
    assert!(ran.err.starts_with(&said), "{}", ran.err);
    let ran = run("-i TCP@nowhere.invalid:1");
    assert!(
        ran.err.contains("cannot find nowhere.invalid"),
        "{}",
        ran.err
    );
    let ran = run("-i TCP@[::1");
    assert!(ran.err.contains("name a host and a port"), "{}", ran.err);
}

#[test]
fn what_only_who_captures_can_do_is_refused() {
    for option in [
        "-p",
        "-I",
        "-Q in",
        "-y EN10MB",
        "-s 96",
        "-B 64",
        "--immediate-mode",
        "--backend raw",
    ] {
        let ran = run(&format!("-i TCP@127.0.0.1:1 {option}"));
        let flag = option.split(' ').next().unwrap();
        assert_eq!(ran.status, Some(2), "{option}");
        assert!(ran.err.contains(&format!("where {flag}")), "{}", ran.err);
    }
    for more in ["-i lo", "--remote there"] {
        let ran = run(&format!("-i TCP@127.0.0.1:1 {more}"));
        assert_eq!(ran.status, Some(2), "{more}");
        assert!(ran.err.contains("leave out the others"), "{}", ran.err);
    }
}
