//! Every mark of the graphs that are written for xplot, held against the old program's.

use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::ours;
use crate::support::classic::LONG_REPORT;
use crate::support::classic::report::Report;
use crate::support::peers::{CLASSIC, Installed, alone};
use crate::support::program::{captures, recordings, tcptrace};

/// Kinds of graph, and how the old program calls its files of them.
const KINDS: [(&str, &str); 5] = [
    ("sequence", "tsg"),
    ("rtt", "rtt"),
    ("flight", "owin"),
    ("throughput", "tput"),
    ("segments", "ssize"),
];
const COLOURS: [&str; 9] = [
    "white", "green", "red", "blue", "yellow", "purple", "orange", "magenta", "pink",
];
/// Recordings of old connections' segments: the old program divides them elsewhere.
const DIVIDED_ELSEWHERE: [&str; 2] = ["old-connection.pcap", "old-request.pcap"];

#[test]
fn every_mark_for_xplot_is_the_old_programs() {
    let (Installed::Compared(program) | Installed::Other(program, _)) = CLASSIC.installed() else {
        eprintln!("skipped: classic tcptrace is not installed (make peers)");
        return;
    };
    let (mut graphs, mut marks, mut wrong) = (0, 0, Vec::new());
    for capture in recordings() {
        if DIVIDED_ELSEWHERE.contains(&capture.as_str()) {
            continue;
        }
        for (kind, sender, theirs, ours) in graphs_of(&program, &capture) {
            graphs += 1;
            marks += theirs.len();
            if theirs != ours {
                let at = theirs
                    .iter()
                    .zip(&ours)
                    .position(|(one, other)| one != other);
                let at = at.unwrap_or(theirs.len().min(ours.len()));
                let (theirs, ours) = (theirs.get(at), ours.get(at));
                wrong.push(format!(
                    "{capture} {kind} {sender}: {theirs:?}, ours {ours:?}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        graphs > 300 && marks > 10_000,
        "{graphs} graphs, {marks} marks"
    );
}

#[test]
fn a_mark_of_another_colour_is_another_mark() {
    let marks = |text: &str| marks_in(text);
    let red = marks("timeval double\ntitle\na_==>_b\nred\natext 1.5 7\nR\ngo\n");
    assert_eq!(red, ["atext 1.5 7 red: R"]);
    assert_eq!(
        red,
        marks("timeval double\nblue\nred\natext 1.5 7 red\nR\ngo\n")
    );
    assert_ne!(red, marks("timeval double\natext 1.5 7 white\nR\ngo\n"));
    assert_ne!(red, marks("timeval double\nred\natext 1.5 7\nS\ngo\n"));
}

type Graph = (&'static str, &'static str, Vec<String>, Vec<String>);

/// The graphs of a capture: kind, sender, the old program's marks and ours.
fn graphs_of(program: &Path, capture: &str) -> Vec<Graph> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("marks-{capture}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir(&folder).unwrap();
    let path = captures().join(capture);
    let mut command = alone(program);
    command.current_dir(&folder).args(LONG_REPORT);
    let told = command.args(["-S", "-R", "-N", "-T", "-F"]).arg(&path);
    let told = told.output().unwrap();
    let report = Report::parse(&String::from_utf8_lossy(&told.stdout));
    let mut streams = streams(&path);
    let mut graphs = Vec::new();
    for (nth, connection) in report.connections.iter().enumerate() {
        let ends = [connection.ends[0], connection.ends[1]];
        let (stream, client) = streams.get_mut(&both(ends)).unwrap().remove(0);
        let letters = [letters(2 * nth), letters(2 * nth + 1)];
        for (kind, theirs) in KINDS {
            let ours = drawn(kind, stream, &folder, capture);
            for (end, sender) in ["client", "server"].into_iter().enumerate() {
                let from = usize::from((client == ends[0]) != (end == 0));
                let (from, to) = (&letters[from], &letters[1 - from]);
                let file = folder.join(format!("{from}2{to}_{theirs}.xpl"));
                let theirs = fs::read_to_string(file).unwrap_or_default();
                graphs.push((kind, sender, marks_in(&theirs), ours[end].clone()));
            }
        }
    }
    fs::remove_dir_all(&folder).unwrap();
    graphs
}

/// The marks of what the client, the server sent.
fn drawn(kind: &str, stream: u64, folder: &Path, capture: &str) -> [Vec<String>; 2] {
    let out = folder.join("x.xpl");
    let mut command = tcptrace();
    command.args([
        "draw",
        kind,
        "--stream",
        &stream.to_string(),
        "-r",
        capture,
        "-o",
    ]);
    assert!(
        command.arg(&out).status().unwrap().success(),
        "{capture} {kind}"
    );
    ["client", "server"].map(|end| {
        let file: PathBuf = folder.join(format!("x.{end}.xpl"));
        marks_in(&fs::read_to_string(file).unwrap())
    })
}

/// Marks with the colour that is in force, and their text.
fn marks_in(text: &str) -> Vec<String> {
    let mut lines = text.lines().skip(1);
    let (mut colour, mut marks) = ("", Vec::new());
    while let Some(line) = lines.next() {
        let command = line.split(' ').next().unwrap();
        if matches!(command, "title" | "xlabel" | "ylabel") {
            lines.next();
        } else if COLOURS.contains(&line) {
            colour = line;
        } else if command != "go" {
            let own = line
                .rsplit(' ')
                .next()
                .is_some_and(|last| COLOURS.contains(&last));
            let colour = if own { "" } else { colour };
            let mut mark = format!("{line} {colour}").trim_end().to_owned();
            if command.ends_with("text") {
                mark = format!("{mark}: {}", lines.next().unwrap());
            }
            marks.push(mark);
        }
    }
    marks
}

/// Our connections by their ends: streams and clients, in order.
fn streams(path: &Path) -> BTreeMap<[SocketAddr; 2], Vec<(u64, SocketAddr)>> {
    let mut streams = BTreeMap::<_, Vec<_>>::new();
    let mut connections = ours::records(path).unwrap_or_default().connections;
    connections.sort_by_key(|connection| connection["connection"].as_u64());
    for connection in connections {
        let end = |name: &str| end_of(&connection, name);
        let (client, server) = (end("client"), end("server"));
        let stream = connection["stream"].as_u64().unwrap();
        let known = streams.entry(both([client, server])).or_default();
        known.push((stream, client));
    }
    streams
}

fn end_of(connection: &Value, name: &str) -> SocketAddr {
    let address = connection[name].as_str().unwrap().parse().unwrap();
    let port = connection[format!("{name}_port")].as_u64().unwrap();
    SocketAddr::new(address, port.try_into().unwrap())
}

fn both(mut ends: [SocketAddr; 2]) -> [SocketAddr; 2] {
    ends.sort();
    ends
}

/// The nth name of an end: a to z, aa to zz.
fn letters(nth: usize) -> String {
    let letter = |nth: usize| char::from(b"abcdefghijklmnopqrstuvwxyz"[nth % 26]);
    let first = (nth >= 26).then(|| letter(nth / 26 - 1));
    first.into_iter().chain([letter(nth)]).collect()
}
