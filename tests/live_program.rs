//! The program while it captures on loopback: what ends it, and what it says.
//!
//! As in `live`, each test talks on a port of its own; without the privilege to
//! capture it says so and passes.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use support::program::tcptrace;

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

#[test]
fn a_capture_ends_after_its_time() {
    let (_listener, port) = listener();
    let arguments = ["-i", "lo", "--duration", "300ms", "tcp port", &port];
    let Some(capture) = Capture::start(&arguments) else {
        return;
    };
    let begin = Instant::now();
    let (status, out, said) = capture.end();
    assert_eq!((status, out.as_str()), (Some(0), "  # 0 segments\n"));
    assert!(said.starts_with("0 packets captured\n"), "{said}");
    let took = begin.elapsed();
    assert!(took > Duration::from_millis(250), "{took:?}");
    assert!(took < Duration::from_secs(3), "{took:?}");
}
