//! A capture as it stands, on loopback: in place on a terminal, again and again elsewhere,
//! and for who asks with SIGUSR1.
//!
//! As in `live_program`, each test talks on a port of its own; without the privilege to
//! capture it says so and passes.

#![cfg(feature = "cli")]

use std::fs::File;
use std::io::Read;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use nix::pty::{Winsize, openpty};
use rustix::termios::tcsetwinsize;
use support::capturing::{Capturing, connected, listener};
use support::program::tcptrace;

mod support;

/// Longer than anything takes that is to come.
const PATIENCE: Duration = Duration::from_secs(20);

/// The program while it captures on loopback.
struct Capture {
    program: Capturing,
    /// What it has written so far.
    shown: Arc<Mutex<Vec<u8>>>,
    reading: Option<JoinHandle<()>>,
    /// The terminal that it writes to.
    terminal: Option<File>,
}

impl Capture {
    /// Starts it, with a terminal of that size or a pipe; `None`, with a word, where the
    /// privilege is missing.
    fn start(arguments: &str, size: Option<(u16, u16)>) -> Option<Self> {
        let mut command = tcptrace();
        command
            .args(arguments.split_whitespace())
            .env("TERM", "xterm")
            .env("NO_COLOR", "1");
        let terminal = size.map(|(ws_row, ws_col)| {
            let size = Winsize {
                ws_row,
                ws_col,
                ws_xpixel: 0,
                ws_ypixel: 0,
            };
            openpty(&size, None).unwrap()
        });
        let (terminal, slave) = terminal
            .map(|pty| (File::from(pty.master), pty.slave))
            .unzip();
        let mut program =
            Capturing::on_loopback(slave.map_or_else(Stdio::piped, Stdio::from), &mut command)?;
        // It would keep the end of the terminal open.
        drop(command);
        let out: Box<dyn Read + Send> = match (&terminal, program.out()) {
            (Some(terminal), _) => Box::new(terminal.try_clone().unwrap()),
            (None, Some(out)) => Box::new(out),
            (None, None) => unreachable!(),
        };
        let shown = Arc::default();
        Some(Self {
            program,
            reading: Some(read(out, Arc::clone(&shown))),
            shown,
            terminal,
        })
    }

    fn shown(&self) -> String {
        String::from_utf8(self.shown.lock().unwrap().clone()).unwrap()
    }

    /// What it has written once that is as it has to be.
    #[track_caller]
    fn until(&self, is_there: impl Fn(&str) -> bool) -> String {
        let begin = Instant::now();
        loop {
            let shown = self.shown();
            if is_there(&shown) {
                return shown;
            }
            assert!(begin.elapsed() < PATIENCE, "{}", screen(&shown));
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Ends it: what it has written, and its words.
    fn end(mut self) -> (String, String) {
        self.program.signal("INT");
        let ran = self.program.end();
        assert_eq!(ran.status, Some(0), "{}", ran.err);
        self.reading.take().unwrap().join().unwrap();
        let shown = self.shown.lock().unwrap().clone();
        (String::from_utf8(shown).unwrap(), ran.err)
    }
}

fn read(mut out: impl Read + Send + 'static, into: Arc<Mutex<Vec<u8>>>) -> JoinHandle<()> {
    thread::spawn(move || {
        let mut octets = [0; 4096];
        // The end of a terminal is an error.
        while let Ok(count @ 1..) = out.read(&mut octets) {
            into.lock().unwrap().extend(&octets[..count]);
        }
    })
}

/// What stands on a terminal of any height and width after this was written to it, with
/// what has scrolled away: it knows the end of a line, up one line, and a line cleared.
fn screen(written: &str) -> String {
    let (mut lines, mut at) = (vec![String::new()], 0);
    let mut rest = written;
    while let Some(c) = rest.chars().next() {
        if let Some(behind) = rest.strip_prefix("\x1b[A") {
            at -= 1;
            rest = behind;
        } else if let Some(behind) = rest.strip_prefix("\x1b[2K") {
            lines[at].clear();
            rest = behind;
        } else {
            rest = &rest[c.len_utf8()..];
            match c {
                '\r' => {}
                '\n' => {
                    at += 1;
                    lines.resize(lines.len().max(at + 1), String::new());
                }
                c => lines[at].push(c),
            }
        }
    }
    lines.join("\n")
}

/// Rows of the table: number and verdict.
fn rows(table: &str) -> Vec<String> {
    let rows = table.lines().filter(|line| line.contains(" 127.0.0.1:"));
    let row = |line: &str| {
        let number = line.split_whitespace().next().unwrap_or_default();
        let verdict = line.rsplit("  ").next().unwrap_or_default();
        format!("{number} {verdict}")
    };
    rows.map(row).collect()
}

#[test]
fn on_a_terminal_the_table_has_open_connections_and_in_the_end_what_it_had_before() {
    let (listener, filter) = listener();
    let arguments = format!("flows -i lo --every 100ms {filter}");
    let Some(capture) = Capture::start(&arguments, Some((24, 200))) else {
        return;
    };
    let first = connected(&listener);
    let second = connected(&listener);
    let shown = capture.until(|shown| rows(&screen(shown)) == ["0 open", "1 open"]);
    let table = screen(&shown);
    let counts = ": 14 frames, 0 dropped by kernel, 2 connections, 2 open";
    let counted = capture.until(|shown| screen(shown).contains(counts));
    assert_eq!(screen(&counted).matches(" frames, ").count(), 1, "{table}");
    drop(first);
    // What has ended stands above, under headings of its own.
    let shown = capture.until(|shown| rows(&screen(shown)) == ["0 closed", "1 open"]);
    assert_eq!(
        screen(&shown).matches(" verdict").count(),
        2,
        "{}",
        screen(&shown)
    );
    assert!(!shown.contains("\x1b[?1049h"), "no other screen");
    let (shown, said) = capture.end();
    let table = screen(&shown);
    assert_eq!(rows(&table), ["0 closed", "1 open"], "{table}");
    assert_eq!(table.matches(" verdict").count(), 1, "{table}");
    assert_eq!(table.matches(" frames, ").count(), 0, "{table}");
    assert!(table.contains("2 connections, "), "{table}");
    assert!(said.contains(" packets captured"), "{said}");
    drop(second);
}

#[test]
fn a_terminal_that_changes_its_size_is_filled_anew_and_never_folds_a_line() {
    let (listener, filter) = listener();
    let arguments = format!("flows -i lo --every 10s {filter}");
    let Some(capture) = Capture::start(&arguments, Some((24, 200))) else {
        return;
    };
    let all: Vec<_> = (0..12).map(|_| connected(&listener)).collect();
    let resize = |ws_row, ws_col| {
        let size = rustix::termios::Winsize {
            ws_row,
            ws_col,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        tcsetwinsize(capture.terminal.as_ref().unwrap(), size).unwrap();
        // As the terminal would whose foreground the program is.
        capture.program.signal("WINCH");
    };
    // The kernel hands frames over every 20 ms.
    thread::sleep(Duration::from_millis(200));
    resize(30, 150);
    capture.until(|shown| rows(&screen(shown)).len() == 12);
    let before = capture.shown().len();
    resize(8, 60);
    let shown = capture.until(|shown| shown.contains("more connections open"));
    let lines: Vec<_> = shown[before..].split("\r\n").collect();
    let (last, lines) = lines.split_last().unwrap();
    let widths = lines
        .iter()
        .map(|line| line.replace("\x1b[2K", "").replace("\x1b[A", ""));
    assert!(
        widths
            .map(|line| line.trim_start_matches('\r').chars().count())
            .all(|width| width <= 60)
    );
    assert_eq!((*last, lines.len()), ("", 7), "{shown:?}");
    drop(capture.end());
    drop(all);
}

#[test]
fn where_colours_are_refused_the_cursor_is_moved_and_no_more() {
    let (listener, filter) = listener();
    let arguments = format!("flows --by server -i lo --every 100ms {filter}");
    let Some(capture) = Capture::start(&arguments, Some((24, 200))) else {
        return;
    };
    let ends = connected(&listener);
    capture.until(|shown| screen(shown).contains(", 1 connection, 1 open"));
    let (shown, _) = capture.end();
    let rest = shown.replace("\x1b[2K", "").replace("\x1b[A", "");
    assert!(!rest.contains('\x1b'), "{rest:?}");
    drop(ends);
}

#[test]
fn into_a_pipe_records_of_what_is_open_come_each_time_and_the_last_one_once() {
    let (listener, filter) = listener();
    let arguments = format!("flows --json -i lo --every 100ms {filter}");
    let Some(capture) = Capture::start(&arguments, None) else {
        return;
    };
    let first = connected(&listener);
    let second = connected(&listener);
    capture.until(|shown| shown.matches("{\"at\":").count() >= 6);
    drop(first);
    let is_last = |line: &str| line.starts_with("{\"stream\":");
    let shown = capture.until(|shown| shown.lines().any(is_last));
    let open = shown.matches("{\"at\":").count();
    capture.until(|shown| shown.matches("{\"at\":").count() >= open + 3);
    let (shown, _) = capture.end();
    let lasts: Vec<_> = shown.lines().filter(|line| is_last(line)).collect();
    assert_eq!(lasts.len(), 2, "{shown}");
    assert!(lasts[0].contains("\"connection\":0,") && lasts[0].contains("\"verdict\":\"closed\""));
    assert!(lasts[1].contains("\"connection\":1,") && lasts[1].contains("\"verdict\":\"open\""));
    let ended = shown.lines().position(is_last).unwrap();
    let later = shown.lines().skip(ended + 1).filter(|line| !is_last(line));
    assert!(later.clone().count() >= 3, "{shown}");
    assert!(
        later.clone().all(|line| line.contains("\"connection\":1,")),
        "{shown}"
    );
    drop(second);
}

#[test]
fn into_a_pipe_tables_of_servers_follow_one_another() {
    let (listener, filter) = listener();
    let arguments = format!("flows --by server -i lo --every 100ms {filter}");
    let Some(capture) = Capture::start(&arguments, None) else {
        return;
    };
    let ends = connected(&listener);
    capture.until(|shown| shown.matches("1 connection, 1 open\nserver ").count() >= 3);
    let (shown, _) = capture.end();
    assert!(!shown.contains('\x1b'), "{shown}");
    let last = shown.rsplit("\n\n").next().unwrap();
    assert!(last.starts_with("server "), "{shown}");
    drop(ends);
}

#[test]
fn sigusr1_tells_the_summary_of_any_run_that_tracks() {
    for command in ["--lang en", "--json", "flows", "report", "summary"] {
        let (listener, filter) = listener();
        let Some(mut capture) = Capture::start(&format!("{command} -i lo {filter}"), None) else {
            return;
        };
        drop(connected(&listener));
        let open = connected(&listener);
        thread::sleep(Duration::from_millis(200));
        capture.program.signal("USR1");
        let counts = capture.program.word();
        assert!(
            counts.starts_with("tcptrace: ") && counts.contains(" packets captured, "),
            "{counts}"
        );
        let head = capture.program.word();
        assert!(
            head.starts_with("lo: ") && head.contains(" frames, "),
            "{command}: {head}"
        );
        let mut word = String::new();
        while !word.starts_with("verdicts: ") {
            word = capture.program.word();
        }
        assert_eq!(word, "verdicts: 1 closed, 1 open\n", "{command}");
        let (shown, said) = capture.end();
        assert!(
            !shown.contains("verdicts: 1 closed, 1 open") || command == "summary",
            "{shown}"
        );
        assert!(
            said.contains("packets received by filter"),
            "{command}: {said}"
        );
        drop(open);
    }
}
