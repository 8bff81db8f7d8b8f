//! `--metrics`: what Prometheus is told while the program captures on loopback.
//!
//! As in `live_program`, each test talks on a port of its own; without the privilege to
//! capture it says so and passes.

#![cfg_attr(
    feature = "cli",
    expect(clippy::float_cmp, reason = "counts are whole numbers, and exact")
)]
#![cfg(feature = "cli")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use support::capturing::{Capturing, connected};
use support::program::{captures, run, tcptrace};
use tcptrace::capture::filter::Filter;
use tcptrace::capture::savefile;
use tcptrace::pipeline::Pipeline;
use tcptrace::sink::json::Connections;
use tcptrace::sink::metrics::{Metrics, OpenConnections};
use tcptrace::sink::printed::Printed;

mod support;

/// Longer than anything takes that is to come.
const PATIENCE: Duration = Duration::from_secs(20);

/// The program while it captures and serves metrics.
struct Capture {
    program: Capturing,
    port: u16,
}

impl Capture {
    /// Starts it; `None`, with a word, where the privilege is missing.
    fn start(arguments: &str) -> Option<Self> {
        let port = free_port();
        let mut command = tcptrace();
        command
            .args(arguments.split_whitespace())
            .arg(format!("--metrics=:{port}"));
        let program = Capturing::on_loopback(Stdio::piped(), &mut command)?;
        Some(Self { program, port })
    }

    /// The head of an answer and what follows it.
    fn ask(&self, request: &str) -> (String, String) {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, text) = answer.split_once("\r\n\r\n").unwrap();
        (head.to_owned(), text.to_owned())
    }

    /// What is fetched, once it is as it has to be.
    fn until(&self, is_there: impl Fn(&Scrape) -> bool) -> Scrape {
        let begin = Instant::now();
        loop {
            let (head, text) = self.ask("GET /metrics HTTP/1.1\r\nHost: lo\r\n\r\n");
            assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
            let scrape = Scrape::of(&text);
            if is_there(&scrape) {
                return scrape;
            }
            assert!(begin.elapsed() < PATIENCE, "{text}");
            thread::sleep(Duration::from_millis(200));
        }
    }

    /// Ends it: what it has written.
    fn end(self) -> String {
        self.program.signal("INT");
        let ran = self.program.end();
        assert_eq!(ran.status, Some(0), "{}", ran.err);
        ran.out
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}

/// What was fetched: samples by name and labels. It is as strict as the format.
struct Scrape(BTreeMap<String, f64>);

impl Scrape {
    fn of(text: &str) -> Self {
        let (mut samples, mut families, mut current) = (BTreeMap::new(), BTreeSet::new(), None);
        let mut lines = text.lines();
        assert!(text.ends_with('\n'));
        while let Some(line) = lines.next() {
            if let Some(rest) = line.strip_prefix("# HELP ") {
                let (name, help) = rest.split_once(' ').unwrap();
                assert!(help.ends_with('.'), "{line}");
                assert!(families.insert(name.to_owned()), "{line}: again");
                let kind = lines.next().unwrap();
                let kind = kind.strip_prefix(&format!("# TYPE {name} ")).unwrap();
                assert!(["counter", "gauge", "histogram"].contains(&kind), "{kind}");
                assert_eq!(name.ends_with("_total"), kind == "counter", "{name}");
                current = Some((name.to_owned(), kind == "histogram"));
                continue;
            }
            let (key, value) = line.rsplit_once(' ').unwrap();
            let (family, is_histogram) = current.as_ref().unwrap();
            let suffix = key.split('{').next().unwrap().strip_prefix(family.as_str());
            let suffixes: &[&str] = if *is_histogram {
                &["_bucket", "_sum", "_count"]
            } else {
                &[""]
            };
            assert!(suffixes.contains(&suffix.unwrap()), "{line} in {family}");
            if let Some((_, labels)) = key.split_once('{') {
                for label in labels.strip_suffix('}').unwrap().split(',') {
                    let (name, value) = label.split_once('=').unwrap();
                    assert!(name.chars().all(|c| c.is_ascii_lowercase()), "{line}");
                    assert!(
                        value.len() >= 2 && value.starts_with('"') && value.ends_with('"'),
                        "{line}"
                    );
                }
            }
            let known = samples.insert(key.to_owned(), value.parse::<f64>().unwrap());
            assert!(known.is_none(), "{line}: again");
        }
        let scrape = Self(samples);
        scrape.check_histograms();
        scrape
    }

    /// Each bucket holds those before it, and the last one all.
    fn check_histograms(&self) {
        let counts = self.0.iter().filter(|(key, _)| key.contains("_count{"));
        for (key, &count) in counts {
            let all = key
                .replace("_count{", "_bucket{")
                .replace('}', ",le=\"+Inf\"}");
            assert_eq!(self.0.get(&all), Some(&count), "{key}");
            let start = all.replace("+Inf\"}", "");
            let bounds = self.0.iter().filter(|(key, _)| key.starts_with(&start));
            assert!(bounds.clone().count() > 10, "{key}");
            assert!(bounds.clone().all(|(_, &held)| held <= count), "{key}");
        }
    }

    fn get(&self, key: &str) -> f64 {
        self.0
            .get(&format!("tcptrace_{key}"))
            .copied()
            .unwrap_or(0.0)
    }
}

/// Connections to a server and what became of them: two closed, one open, and one that
/// is refused on another port.
fn converse(listener: &TcpListener, refusing: u16) -> (TcpStream, TcpStream) {
    let mut last = None;
    for _ in 0..3 {
        last = Some(connected(listener));
    }
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, refusing)).is_err());
    last.unwrap()
}

#[test]
fn what_is_fetched_is_what_the_records_of_the_same_capture_say() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let (port, refusing) = (listener.local_addr().unwrap().port(), free_port());
    let filter = format!("tcp port {port} or tcp port {refusing}");
    let Some(capture) = Capture::start(&format!("flows --json -i lo {filter}")) else {
        return;
    };
    let ends = converse(&listener, refusing);
    let server = format!("server=\"127.0.0.1:{port}\"");
    let refuser = format!("server=\"127.0.0.1:{refusing}\"");
    let closed = format!("connections_ended_total{{verdict=\"closed\",{server}}}");
    let met_refusal = format!("connections_ended_total{{verdict=\"refused\",{refuser}}}");
    let scrape =
        capture.until(|scrape| scrape.get(&closed) == 2.0 && scrape.get(&met_refusal) == 1.0);
    let get = |name: &str, labels: &str| scrape.get(&format!("{name}{{{labels}}}"));
    assert_eq!(get("connections_tried_total", &server), 3.0);
    assert_eq!(get("connections_tried_total", &refuser), 1.0);
    assert_eq!(get("connections_opened_total", &server), 3.0);
    assert_eq!(get("connections_opened_total", &refuser), 0.0);
    assert_eq!(get("connections", &format!("state=\"open\",{server}")), 1.0);
    assert_eq!(get("handshake_seconds_count", &server), 3.0);
    assert_eq!(get("first_byte_seconds_count", &server), 2.0);
    assert_eq!(
        get("payload_bytes_total", &format!("from=\"client\",{server}")),
        10.0
    );
    assert_eq!(scrape.get("connections_seen_total"), 4.0);
    assert_eq!(scrape.get("kernel_dropped_frames_total"), 0.0);
    let frames = scrape.get("frames_total");
    assert_eq!(frames, scrape.get("segments_total"));
    let out = capture.end();
    let records: Vec<Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let of = |verdict: &str| -> Vec<&Value> {
        records
            .iter()
            .filter(|record| record["verdict"] == verdict)
            .collect()
    };
    assert_eq!(
        [of("closed").len(), of("open").len(), of("refused").len()],
        [2, 1, 1],
        "{out}"
    );
    let sum: f64 = records
        .iter()
        .filter_map(|record| record["handshake"]["duration"].as_f64())
        .sum();
    let told = get("handshake_seconds_sum", &server);
    assert!((told - sum).abs() < 1e-9, "{told} is not {sum}");
    drop(ends);
}

#[test]
fn a_run_that_shows_lines_alone_or_writes_them_counts_all_the_same() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let (port, refusing) = (listener.local_addr().unwrap().port(), free_port());
    for command in ["--plain", "-w /dev/null", "summary"] {
        let Some(capture) = Capture::start(&format!("{command} -i lo tcp port {port}")) else {
            return;
        };
        let ends = converse(&listener, refusing);
        let closed =
            format!("connections_ended_total{{verdict=\"closed\",server=\"127.0.0.1:{port}\"}}");
        capture.until(|scrape| scrape.get(&closed) == 2.0);
        capture.end();
        drop(ends);
    }
}

#[test]
fn nothing_but_the_metrics_is_served_and_only_to_who_asks_rightly() {
    let port = free_port();
    let Some(capture) = Capture::start(&format!("-i lo tcp port {port}")) else {
        return;
    };
    for (request, status) in [
        ("GET / HTTP/1.1\r\n\r\n", "404 Not Found"),
        ("GET /metrics.txt HTTP/1.1\r\n\r\n", "404 Not Found"),
        (
            "POST /metrics HTTP/1.1\r\nContent-Length: 0\r\n\r\n",
            "405 Method Not Allowed",
        ),
        ("GET /metrics\r\n\r\n", "400 Bad Request"),
        ("\r\n\r\n", "400 Bad Request"),
    ] {
        let (head, text) = capture.ask(request);
        assert!(
            head.starts_with(&format!("HTTP/1.1 {status}\r\n")),
            "{head}"
        );
        assert!(
            head.contains(&format!("Content-Length: {}", text.len())),
            "{head}"
        );
    }
    let (head, text) = capture.ask("HEAD /metrics HTTP/1.1\r\n\r\n");
    assert!(
        head.contains("Content-Type: text/plain; version=0.0.4"),
        "{head}"
    );
    assert_eq!(text, "");
    // Who says nothing is waited for, and others after them are answered.
    let silent = TcpStream::connect((Ipv4Addr::LOCALHOST, capture.port)).unwrap();
    let begin = Instant::now();
    capture.until(|_| true);
    assert!(begin.elapsed() < Duration::from_secs(10));
    drop(silent);
    capture.end();
}

#[test]
fn a_port_that_is_taken_and_a_file_have_no_metrics() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let ran = run(&format!("-i lo --metrics :{port}"));
    let said = format!(
        "tcptrace: cannot serve metrics on 127.0.0.1:{port}; give --metrics another port: "
    );
    assert!(
        ran.status == Some(1) && ran.err.starts_with(&said),
        "{}",
        ran.err
    );
    let ran = run("-r hello.pcap --metrics :0");
    assert!(
        ran.status == Some(2) && ran.err.contains("cannot be used with"),
        "{}",
        ran.err
    );
    let ran = run("-i lo --metrics somewhere");
    assert!(
        ran.status == Some(2) && ran.err.contains("ADDRESS:PORT"),
        "{}",
        ran.err
    );
}

#[test]
fn the_same_is_told_however_few_connections_are_looked_at_at_once() {
    let mut pipeline = Pipeline::new(Printed::new(Connections::default(), io::sink()), Some(31));
    for name in ["hello.pcap", "echo.pcap", "hello.pcap", "chat.pcap"] {
        let mut source = savefile::open(captures().join(name), Filter::default()).unwrap();
        pipeline.read(&mut *source, || false).unwrap();
    }
    let metrics = Metrics::default();
    let text = |most| {
        let (mut open, mut looks) = (OpenConnections::default(), 0);
        while !open.is_done() {
            metrics.count_open(&mut open, pipeline.tracker(), most);
            looks += 1;
        }
        (metrics.text(&open, &pipeline.totals(), None), looks)
    };
    let ((whole, once), (divided, often)) = (text(u32::MAX), text(1));
    assert!(
        once == 1 && often == pipeline.totals().connections,
        "{often}"
    );
    assert_eq!(whole, divided);
    let open = Scrape::of(&divided).get("connections{state=\"open\",server=\"other\"}");
    assert_eq!(open, 1.0, "{divided}");
}
