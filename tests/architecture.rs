//! The floors of the house, see the picture in `src/lib.rs`: who may name whom,
//! and which outside crate may occur where.
//!
//! What is wrong with a file is found by [`complaints`], so that the test can
//! be tested: [`every_rule_can_be_broken`].

use std::path::{Path, PathBuf};
use std::{env, fs};

/// Each stage, and the stages it may name besides the ground floor: the files
/// directly in `src`, which may name each other and no stage.
const STAGES: [(&str, &[&str]); 4] = [
    ("capture", &[]),
    ("decode", &[]),
    ("track", &[]),
    ("sink", &["track"]),
];

/// The wiring, which may name every stage, and which nothing in the library
/// names.
const WIRING: [&str; 2] = ["lib", "pipeline"];

/// The program, which sees the library from outside.
const ROOF: [&str; 3] = ["main", "cli", "demo"];

/// Where each dependency may occur: stages, or files by their stem.
const OUTSIDE: [(&str, &[&str]); 21] = [
    ("clap", &["main", "cli"]),
    ("comfy_table", &["sink"]),
    ("dns_lookup", &["cli"]),
    ("etherparse", &["decode"]),
    ("flate2", &["capture"]),
    ("hashbrown", &["track", "flow_index"]),
    ("hdrhistogram", &["track"]),
    ("jiff", &["capture", "sink", "cli"]),
    ("lz4_flex", &["capture"]),
    ("nix", &["capture", "cli"]),
    ("pcap", &["capture"]),
    ("pnet", &["capture"]),
    ("rustix", &["capture", "cli", "demo"]),
    ("ruzstd", &["capture"]),
    ("serde_json", &["sink"]),
    ("signal_hook", &["cli"]),
    ("socket2", &["capture"]),
    ("smallvec", &["track"]),
    ("strsim", &["cli"]),
    ("thiserror", &["error", "cli"]),
    ("unicode_width", &["sink"]),
];

/// What the library leaves to the program.
const NOT_IN_THE_LIBRARY: [&str; 7] = [
    "Instant::now",
    "SystemTime",
    "println!",
    "eprintln!",
    "process::exit",
    "env::var",
    "tcptrace::",
];

/// Threads, which of the library only the wiring may start.
const THREADS: [&str; 2] = ["std::thread", "thread::"];

/// The files of `sink` that know of writers; styles do not.
const WRITING: [&str; 3] = [
    "src/sink/event.rs",
    "src/sink/page.rs",
    "src/sink/printed.rs",
];

/// Where features may be asked for: a module is there or not, and none knows of
/// it.
const ASKS_FOR_FEATURES: &str = "src/capture/mod.rs";

const MOST_LINES: usize = 500;

#[test]
fn the_house_stands() {
    let complaints: Vec<_> = files_in("src")
        .into_iter()
        .flat_map(|(path, text)| complaints(&path, &text))
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn the_tests_are_as_tidy() {
    let complaints: Vec<_> = ["tests", "examples", "benches"]
        .into_iter()
        .flat_map(files_in)
        .flat_map(|(path, text)| tidiness(&path, &text))
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn every_dependency_has_its_place() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let (_, rest) = manifest.split_once("\n[dependencies]\n").unwrap();
    let names = rest.lines().take_while(|line| !line.starts_with('['));
    for line in names.filter(|line| !line.is_empty()) {
        let name = line.split([' ', '.', '=']).next().unwrap();
        let name = name.replace('-', "_");
        let is_known = OUTSIDE.iter().any(|(known, _)| *known == name);
        assert!(is_known, "{name}: say in OUTSIDE where it may occur");
    }
}

#[test]
fn every_rule_can_be_broken() {
    for (path, code) in [
        ("src/track/flow.rs", "use crate::decode::tcp;"),
        ("src/decode/tcp.rs", "use crate::capture::Next;"),
        ("src/capture/pcap.rs", "use crate::decode::Decoder;"),
        ("src/track/flow.rs", "use crate::sink::Sink;"),
        ("src/sink/plain.rs", "use crate::capture::Next;"),
        ("src/sink/plain.rs", "use crate::pipeline::Pipeline;"),
        ("src/seq.rs", "use crate::track::Tracker;"),
        ("src/seq.rs", "pub fn x() -> crate::sink::Text {}"),
        ("src/seq.rs", "use crate::{frame, time};"),
        ("src/seq.rs", "use super::track::Tracker;"),
        ("src/track/mod.rs", "use super::decode::Decoder;"),
        ("src/sink/line/mod.rs", "use super::super::capture::Next;"),
        ("src/sink/plain.rs", "use etherparse::TcpHeader;"),
        ("src/sink/plain.rs", "use std::io::Write;"),
        ("src/pipeline/mod.rs", "use pcap::Capture;"),
        ("src/cli/line.rs", "let x = pnet::datalink::interfaces();"),
        ("src/track/mod.rs", "use comfy_table::Table;"),
        ("src/track/mod.rs", "let now = Instant::now();"),
        ("src/track/mod.rs", "println!(\"seen\");"),
        ("src/capture/stop.rs", "use signal_hook::flag;"),
        ("src/capture/stop.rs", "use std::thread;"),
        ("src/track/mod.rs", "std::thread::scope(|scope| {});"),
        ("src/sink/mod.rs", "let work = thread::spawn(work);"),
        ("src/capture/filter.rs", "#[cfg(feature = \"live\")]"),
        ("src/track/mod.rs", concat!("//", " TODO faster")),
        ("src/track/mod.rs", concat!("//", " FIXME")),
        ("src/cli/mod.rs", "todo!()"),
        ("src/track/mod.rs", &"\n".repeat(MOST_LINES)),
    ] {
        let text = format!("//! A file.\n\n{code}\n");
        assert_ne!(complaints(path, &text), [""; 0], "{path}: {code}");
    }
    assert_ne!(complaints("src/seq.rs", "use std::fmt;\n"), [""; 0]);
}

#[test]
fn what_is_allowed_is_no_complaint() {
    for (path, code) in [
        ("src/sink/plain.rs", "use crate::track::Observation;"),
        ("src/sink/plain.rs", "use crate::seq::SeqNum;"),
        ("src/sink/printed.rs", "use std::io::Write;"),
        ("src/pipeline/mod.rs", "use crate::capture::Source;"),
        ("src/capture/savefile.rs", "use super::pcap::Pcap;"),
        ("src/decode/net.rs", "use etherparse::IpNumber;"),
        (
            "src/seq.rs",
            "/// As [`Tracker`](crate::track::Tracker) has it.",
        ),
        (
            "src/seq.rs",
            "#[cfg(test)]\nmod tests {\n    use super::*;\n}",
        ),
        ("src/demo/echo.rs", "let now = Instant::now();"),
        ("src/pipeline.rs", "use std::thread;"),
        (
            "src/capture/mod.rs",
            "#[cfg(feature = \"live\")]\nmod live;",
        ),
        ("src/cli/signals.rs", "use std::thread;"),
        ("src/cli/mod.rs", "use tcptrace::capture::pcap::Pcap;"),
        ("src/track/mod.rs", concat!("//", " TODO(#12): faster")),
    ] {
        let text = format!("//! A file.\n\n{code}\n");
        assert_eq!(complaints(path, &text), [""; 0], "{path}: {code}");
    }
}

/// What is wrong with a source file of the package.
fn complaints(path: &str, text: &str) -> Vec<String> {
    let mut found = tidiness(path, text);
    let code = code(text);
    let own = part(path);
    let mut complain = |words: String| found.push(format!("{path}: {words}"));
    if code.contains("crate::{") {
        complain("one path per use".to_owned());
    }
    if code.contains("super::super::") || is_top(path) && code.contains("super::") {
        complain("paths to another part begin with crate".to_owned());
    }
    for (place, _) in code.match_indices("crate::") {
        let rest = &code[place + "crate::".len()..];
        let named = rest.split(|c: char| !is_word(c)).next().unwrap_or("");
        if !may_name(own, named) {
            complain(format!("may not name crate::{named}"));
        }
    }
    for (name, places) in OUTSIDE {
        if names_crate(&code, name) && !places.contains(&own) {
            complain(format!("{name} may occur only in {}", places.join(", ")));
        }
    }
    if own == "sink" && code.contains("std::io") && !WRITING.contains(&path) {
        complain("a style sees no writer".to_owned());
    }
    if path != ASKS_FOR_FEATURES && code.contains("feature = \"") {
        complain(format!("only {ASKS_FOR_FEATURES} asks for features"));
    }
    let is_library = !ROOF.contains(&own);
    for word in NOT_IN_THE_LIBRARY {
        if is_library && code.contains(word) {
            complain(format!("{word} is not for the library"));
        }
    }
    for word in THREADS {
        if is_library && !WIRING.contains(&own) && code.contains(word) {
            complain(format!("{word} is for the program and the pipeline"));
        }
    }
    if ["todo!(", "unimplemented!(", "dbg!("]
        .iter()
        .any(|word| code.contains(word))
    {
        complain("not finished".to_owned());
    }
    found
}

/// What is wrong with any file.
fn tidiness(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut complain = |words: String| found.push(format!("{path}: {words}"));
    if !text.starts_with("//!") && !text.starts_with("#!") {
        complain("a file opens with //!".to_owned());
    }
    let lines = text.lines().count();
    if lines > MOST_LINES {
        complain(format!("{lines} lines; split it"));
    }
    for line in text.lines().filter(|line| is_unnumbered(line)) {
        complain(format!("without an issue number: {}", line.trim()));
    }
    found
}

/// Whether a line puts something off and does not say where it is kept.
fn is_unnumbered(line: &str) -> bool {
    let Some((_, comment)) = line.split_once("// ") else {
        return false;
    };
    ["TODO", "FIXME", "XXX"].iter().any(|word| {
        let behind = comment.strip_prefix(word);
        let number = behind.and_then(|behind| behind.strip_prefix("(#"));
        behind.is_some() && !number.is_some_and(|number| number.starts_with(char::is_numeric))
    })
}

fn may_name(own: &str, named: &str) -> bool {
    let is_stage = STAGES.iter().any(|(stage, _)| *stage == named);
    let allowed = STAGES.iter().find(|(stage, _)| *stage == own);
    if ROOF.contains(&own) || WIRING.contains(&own) || own == named {
        return true;
    }
    let is_allowed = allowed.is_some_and(|(_, below)| below.contains(&named));
    is_allowed || !(is_stage || WIRING.contains(&named) || ROOF.contains(&named))
}

/// Whether the code uses an outside crate; a module of that name stands behind
/// a `::`.
fn names_crate(code: &str, name: &str) -> bool {
    let path = format!("{name}::");
    code.match_indices(&path).any(|(place, _)| {
        let before = code[..place].chars().next_back();
        !before.is_some_and(|c| is_word(c) || c == ':')
    })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The part of the house that a file belongs to: its stage, or its own stem.
fn part(path: &str) -> &str {
    let inside = path.strip_prefix("src/").unwrap_or(path);
    inside.split(['/', '.']).next().unwrap_or(inside)
}

/// Whether `super` is the crate itself.
fn is_top(path: &str) -> bool {
    let depth = path.matches('/').count();
    depth == 1 || depth == 2 && path.ends_with("/mod.rs")
}

/// The text without comments, and without the tests at its end.
fn code(text: &str) -> String {
    let tests = text.find("#[cfg(test)]").unwrap_or(text.len());
    let lines = text[..tests].lines();
    let lines = lines.filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files of a folder, by their paths from the root.
fn files_in(folder: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    collect(&root().join(folder), &mut files);
    assert!(folder != "src" || files.len() > 40, "where are the files?");
    files
}

fn collect(folder: &Path, files: &mut Vec<(String, String)>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root()).unwrap().to_str().unwrap();
            files.push((name.to_owned(), fs::read_to_string(&path).unwrap()));
        }
    }
}
