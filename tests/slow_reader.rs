//! Lines that nobody reads for a while, of a live capture on loopback.

#![cfg(feature = "cli")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use support::program::tcptrace;

mod support;

/// So many round trips of one octet: twice as many frames at least.
const ROUNDS: usize = 10_000;

/// A connection in which octets go to and fro, one by one.
fn converse(listener: &TcpListener) {
    let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (mut server, _) = listener.accept().unwrap();
    for stream in [&client, &server] {
        stream.set_nodelay(true).unwrap();
    }
    let echo = thread::spawn(move || {
        let mut octet = [0];
        while server.read(&mut octet).unwrap() > 0 {
            server.write_all(&octet).unwrap();
        }
    });
    for _ in 0..ROUNDS {
        client.write_all(b"x").unwrap();
        client.read_exact(&mut [0]).unwrap();
    }
    drop(client);
    echo.join().unwrap();
}

#[test]
fn a_reader_that_has_stopped_keeps_no_frame_from_being_captured() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let mut child = tcptrace()
        // A kernel's buffer that holds some 16,000 frames.
        .args(["-i", "lo", "--plain", "-B", "2048", "tcp port", &port])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap());
    let mut first = String::new();
    said.read_line(&mut first).unwrap();
    if first.contains("CAP_NET_RAW") {
        println!("skipped: needs CAP_NET_RAW");
        child.wait().unwrap();
        return;
    }
    converse(&listener);
    thread::sleep(Duration::from_millis(200));
    let pid = child.id().to_string();
    let sent = Command::new("kill").args(["-s", "INT", &pid]).status();
    assert!(sent.unwrap().success());
    // Nobody has read a line until now.
    let output = child.wait_with_output().unwrap();
    let lines = String::from_utf8(output.stdout).unwrap().lines().count();
    assert!(lines > 2 * ROUNDS, "{lines}");
    let mut counts = String::new();
    said.read_to_string(&mut counts).unwrap();
    assert_eq!(
        counts,
        format!(
            "{lines} packets captured\n{lines} packets received by filter\n\
             0 packets dropped by kernel\n"
        )
    );
}
