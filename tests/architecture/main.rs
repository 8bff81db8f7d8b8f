//! The floors of the house, see the picture in `src/lib.rs`: who may name whom,
//! and which outside crate may occur where.
//!
//! What is wrong with a file is found by [`complaints`], so that the test can
//! be tested: [`every_rule_can_be_broken`]. Files are read whole; what is compiled
//! for tests only is not judged.

mod circles;
mod floors;
mod papers;
mod rooms;
mod source;
mod tidiness;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::floors::{OUTSIDE, ROOF, complaints, part};
use crate::tidiness::MOST_LINES;

#[test]
fn the_house_stands() {
    let complaints: Vec<_> = files_in("src")
        .into_iter()
        .flat_map(|(path, text)| complaints(&path, &text))
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn no_files_of_the_library_name_each_other() {
    let files = files_in("src");
    let library = files.iter().filter(|(path, _)| !ROOF.contains(&part(path)));
    let library: Vec<_> = library
        .map(|(path, text)| (path.as_str(), source::code(path, text)))
        .collect();
    let found = circles::circles(&library);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_types_name_stands_for_one_type() {
    let mut homes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, text) in files_in("src") {
        for name in source::types(&source::code(&path, &text)) {
            homes.entry(name.to_owned()).or_default().push(path.clone());
        }
    }
    assert!(homes.contains_key("Flow") && homes.contains_key("Decoder"));
    homes.retain(|_, homes| homes.len() > 1);
    assert!(homes.is_empty(), "{homes:#?}");
}

#[test]
fn code_behind_what_is_for_tests_is_read() {
    let path = "src/sink/words/texts.rs";
    let texts = fs::read_to_string(root().join(path)).unwrap();
    let code = source::code(path, &texts);
    let only_tests = texts.find("#[cfg(test)]").unwrap();
    assert!(code.rfind("left_out").unwrap() > only_tests, "{code}");
    assert!(!code.contains("fn all"), "{code}");
}

#[test]
fn the_tests_are_as_tidy() {
    let complaints: Vec<_> = ["tests", "examples", "benches"]
        .into_iter()
        .flat_map(files_in)
        .flat_map(|(path, text)| tidiness::complaints(&path, &text))
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
        // Behind tests, and behind what only looks like the end of something.
        (
            "src/track/flow.rs",
            "#[cfg(test)]\nmod tests {\n    const A: char = '{';\n}\nuse crate::decode::tcp;",
        ),
        (
            "src/track/flow.rs",
            "#[cfg(test)]\nfn x(of: [u8; 2]) -> &'static str {\n    \"}\"\n}\nuse crate::decode::tcp;",
        ),
        (
            "src/track/flow.rs",
            "#[cfg(test)]\nuse std::fmt;\nuse crate::decode::tcp;",
        ),
        // Inside track.
        (
            "src/track/verdict.rs",
            "use crate::track::wireshark::rules;",
        ),
        ("src/track/look/kind.rs", "use super::super::zeek::Zeek;"),
        (
            "src/track/follow/mod.rs",
            "use crate::track::{dir::Dir, classic::Classic};",
        ),
        (
            "src/track/keep/gone.rs",
            "fn x() -> crate::track::zeek::Zeek {}",
        ),
        (
            "src/track/servers/mod.rs",
            "use crate::track::classic::rtt::Rtt;",
        ),
        (
            "src/track/wireshark/case.rs",
            "use crate::track::zeek::Zeek;",
        ),
        (
            "src/track/zeek/row.rs",
            "use crate::track::classic::Classic;",
        ),
        ("src/track/classic/mod.rs", "use crate::track::look::Look;"),
        ("src/track/zeek/mod.rs", "use crate::track::keep::Table;"),
        ("src/track/look/role.rs", "fn role(&mut self) -> Role {}"),
        (
            "src/track/verdict.rs",
            "impl Flow {\n    fn cut_off(&mut self) {}\n}",
        ),
        ("src/track/oddity.rs", "fn odd(half: &mut Half) {}"),
        (
            "src/track/servers/mod.rs",
            "fn count(connection: &mut Connection) {}",
        ),
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
        ("src/track/keep/tests.rs", "use crate::decode::Decoder;"),
        ("src/track/mod.rs", concat!("//", " TODO(#12): faster")),
        ("src/seq.rs", "// use crate::track::Tracker;"),
        (
            "src/seq.rs",
            "const WORDS: &str = \"crate::track::Tracker\";",
        ),
        ("src/track/verdict.rs", "use crate::track::flow::Flow;"),
        (
            "src/track/observe.rs",
            "use crate::track::wireshark::Wireshark;",
        ),
        ("src/track/ledger/mod.rs", "use crate::track::zeek::Zeek;"),
        (
            "src/track/wireshark/rules/tfo_syn.rs",
            "use crate::track::wireshark::case::Case;",
        ),
        ("src/track/zeek/row.rs", "use crate::track::dir::Dir;"),
        ("src/track/look/role.rs", "let mut role = 1;"),
        (
            "src/track/follow/states.rs",
            "impl Flow {\n    fn reset(&mut self) {}\n}",
        ),
        (
            "src/track/holes.rs",
            "impl Holes {\n    fn fill(&mut self) {}\n}",
        ),
    ] {
        let text = format!("//! A file.\n\n{code}\n");
        assert_eq!(complaints(path, &text), [""; 0], "{path}: {code}");
    }
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
