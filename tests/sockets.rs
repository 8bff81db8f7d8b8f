//! `--sockets`: what the program says of the sockets of connections while it captures on
//! loopback. As in `live`, each test talks on a port of its own; without the privilege to
//! capture it says so and passes.

#![cfg(all(feature = "cli", target_os = "linux"))]

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::{self, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::Value;
use support::capturing::{Capturing, listener};
use support::program::{captures, tcptrace};
use tcptrace::capture::filter::Filter;
use tcptrace::capture::savefile;
use tcptrace::pipeline::Pipeline;
use tcptrace::sink::json::Connections;
use tcptrace::sink::printed::Printed;

mod support;

/// The kernel hands frames over every 20 ms, and is asked after that.
const PAUSE: Duration = Duration::from_millis(250);

/// What the program says of the first connection that `talk` makes with a listener;
/// `None`, with a word, where the privilege is missing.
fn told(arguments: &[&str], talk: impl FnOnce(&TcpListener)) -> Option<String> {
    let (listener, filter) = listener();
    let mut command = tcptrace();
    command
        .args(arguments)
        .args(["-i", "lo", "--sockets", "--until-closed", &filter]);
    let program = Capturing::on_loopback(Stdio::piped(), &mut command)?;
    talk(&listener);
    let ran = program.end();
    assert_eq!(ran.status, Some(0), "{}{}", ran.out, ran.err);
    Some(ran.out)
}

/// The server closes first, and each step takes its time.
fn converse(listener: &TcpListener) {
    let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    thread::sleep(PAUSE);
    let (server, _) = listener.accept().unwrap();
    client.write_all(b"hello").unwrap();
    thread::sleep(PAUSE);
    server.shutdown(Shutdown::Write).unwrap();
    assert_eq!((&server).read(&mut [0; 5]).unwrap(), 5);
    drop(server);
    thread::sleep(PAUSE);
    drop(client);
}

fn kernels(out: &str) -> Vec<&str> {
    let lines = out.lines();
    lines
        .filter_map(|line| Some(line.split_once(" kernel: ")?.1))
        .collect()
}

#[test]
fn the_kernels_state_and_process_stand_among_the_annotations() {
    let mut ports = [0; 2];
    let Some(out) = told(&["--color", "never"], |listener| {
        ports[1] = listener.local_addr().unwrap().port();
        let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        ports[0] = client.local_addr().unwrap().port();
        thread::sleep(PAUSE);
        let (server, _) = listener.accept().unwrap();
        drop(server);
        thread::sleep(PAUSE);
        client.read_to_end(&mut Vec::new()).unwrap();
    }) else {
        return;
    };
    let (pid, [client, server]) = (process::id(), ports);
    let lines = kernels(&out);
    let opened = format!("client 127.0.0.1:{client} ESTABLISHED, {pid} ");
    assert!(lines[0].starts_with(&opened), "{opened} in {out}");
    let waiting = format!("server 127.0.0.1:{server} ESTABLISHED, not accepted yet by {pid} ");
    assert!(lines[1].starts_with(&waiting), "{waiting} in {out}");
    let gone = format!("server TIME-WAIT, no owner; was {pid} ");
    let last = lines.last().unwrap();
    assert!(last.starts_with(&gone), "{gone} in {out}");
}

#[test]
fn a_record_has_the_sockets_of_both_ends() {
    let Some(out) = told(&["flows", "--json"], converse) else {
        return;
    };
    let record: Value = serde_json::from_str(out.lines().next().unwrap()).unwrap();
    let sockets = &record["sockets"];
    for end in ["client", "server"] {
        assert_eq!(sockets[end]["pid"], process::id(), "{out}");
    }
    assert_eq!(sockets["client"]["held_by"], "program", "{out}");
    assert_eq!(sockets["client"]["state"], "CLOSE-WAIT", "{out}");
    assert_eq!(sockets["server"]["held_by"], "kernel", "{out}");
    assert!(sockets["client"]["cwnd"].as_u64() > Some(0), "{out}");
}

#[test]
fn the_table_and_the_report_name_the_processes() {
    let pid = process::id();
    if let Some(out) = told(&["flows"], converse) {
        let row = out.lines().nth(1).unwrap();
        assert_eq!(row.matches(&format!(" {pid} ")).count(), 2, "{out}");
    }
    if let Some(out) = told(&["report"], converse) {
        let named = format!("CLOSE-WAIT  {pid} ");
        assert!(out.contains(&named), "{named} in {out}");
    }
}

#[test]
fn how_many_sockets_were_not_asked_about_is_told_last_of_all() {
    let told = |count| {
        let mut out = Vec::new();
        let sink = Printed::new(Connections::default(), &mut out);
        let mut pipeline = Pipeline::new(sink, None);
        let path = captures().join("hello.pcap");
        let mut source = savefile::open(&path, Filter::default()).unwrap();
        pipeline.read(&mut *source, || false).unwrap();
        pipeline.miss_sockets(count);
        pipeline.end().unwrap();
        let out = String::from_utf8(out).unwrap();
        out.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(told(0), [""; 0]);
    assert_eq!(told(3), [r#"{"capture":{"unasked_sockets":3}}"#]);
}

#[test]
fn sockets_are_refused_where_nobody_would_tell_of_them() {
    let refused = [
        "-r captures/hello.pcap --sockets",
        "--plain -i lo --sockets",
        "flows --csv -i lo --sockets",
        "report --html -i lo --sockets",
        "summary -i lo --sockets",
    ];
    for arguments in refused {
        let output = tcptrace()
            .args(arguments.split(' '))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments}: {said}");
        assert!(
            said.starts_with("tcptrace: --sockets "),
            "{arguments}: {said}"
        );
        assert_eq!(said.lines().count(), 1, "{arguments}: {said}");
    }
}
