//! The program while it captures, and what is said over loopback meanwhile.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};

use super::program::{Ran, tcptrace};

/// The program, capturing.
pub struct Capturing {
    child: Child,
    said: BufReader<ChildStderr>,
    heard: String,
}

impl Capturing {
    /// Starts it, writing into a pipe.
    pub fn start(arguments: &[&str]) -> Self {
        Self::of(tcptrace().args(arguments))
    }

    /// Starts a command that writes into a pipe.
    pub fn of(command: &mut Command) -> Self {
        Self::into(Stdio::piped(), command)
    }

    fn into(out: Stdio, command: &mut Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stderr.take().unwrap());
        Self {
            child,
            said,
            heard: String::new(),
        }
    }

    /// Starts a command that captures on loopback and writes there, and waits until it
    /// does; `None`, with a word, where the privilege is missing.
    pub fn on_loopback(out: Stdio, command: &mut Command) -> Option<Self> {
        let mut capturing = Self::into(out, command);
        let word = capturing.word();
        if word.contains("CAP_NET_RAW") {
            println!("skipped: needs CAP_NET_RAW");
            return None;
        }
        assert!(word.contains("listening on lo"), "{word}");
        Some(capturing)
    }

    /// The pipe into which it writes.
    pub fn out(&mut self) -> Option<ChildStdout> {
        self.child.stdout.take()
    }

    /// The next line on standard error.
    pub fn word(&mut self) -> String {
        let mut line = String::new();
        self.said.read_line(&mut line).unwrap();
        self.heard.push_str(&line);
        line
    }

    /// Reads what it says up to a line with these words; whether that came.
    pub fn hear(&mut self, words: &str) -> bool {
        loop {
            let line = self.word();
            if line.is_empty() || line.contains(words) {
                return !line.is_empty();
            }
        }
    }

    /// Sends it a signal.
    pub fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &pid]).status();
        assert!(sent.unwrap().success());
    }

    /// What it left behind, once it has ended by itself.
    pub fn end(mut self) -> Ran {
        let mut out = String::new();
        if let Some(mut pipe) = self.out() {
            pipe.read_to_string(&mut out).unwrap();
        }
        self.said.read_to_string(&mut self.heard).unwrap();
        Ran {
            status: self.child.wait().unwrap().code(),
            out,
            err: std::mem::take(&mut self.heard),
        }
    }
}

/// A test that fails leaves nothing behind that captures on.
impl Drop for Capturing {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A listener on a free port, and the filter for it.
pub fn listener() -> (TcpListener, String) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let filter = format!("tcp port {}", listener.local_addr().unwrap().port());
    (listener, filter)
}

/// Both ends of a connection over which a word was sent and answered.
pub fn connected(listener: &TcpListener) -> (TcpStream, TcpStream) {
    let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (mut server, _) = listener.accept().unwrap();
    let mut word = [0; 5];
    client.write_all(b"hello").unwrap();
    server.read_exact(&mut word).unwrap();
    server.write_all(&word).unwrap();
    client.read_exact(&mut word).unwrap();
    (client, server)
}
