//! Every capture in `captures/`, shown the way its `.out` files say.
//!
//! `captures/NAME.pcap` with `captures/NAME.STYLE.out` is one test, STYLE a row
//! of [`STYLES`]. A new one begins as an empty file. To accept new output:
//! `BLESS=1 cargo test --test golden`, then read the diff. What others say of a
//! capture stands in `tests/evidence`.

#![cfg(feature = "cli")]

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use support::program::{Ran, captures, recordings, tcptrace};

mod support;

/// The styles, and the arguments that ask for them.
const STYLES: [(&str, &[&str]); 35] = [
    ("wireshark", &["--style", "wireshark", "-r"]),
    ("plain", &["--plain", "-r"]),
    ("lines", &["-r"]),
    ("verbose", &["--plain", "-v", "-e", "-r"]),
    ("json", &["--json", "-r"]),
    ("report", &["report", "-r"]),
    ("flows", &["flows", "-r"]),
    ("lines-zh", &["--lang", "zh", "-r"]),
    ("report-zh", &["report", "--lang", "zh", "-r"]),
    ("explain", &["--explain", "-r"]),
    ("explain-all", &["--explain", "all", "-r"]),
    ("explain-zh", &["--explain", "--lang", "zh", "-r"]),
    ("header", &["--header", "-r"]),
    ("header-zh", &["--header", "--lang", "zh", "-r"]),
    ("flows-zh", &["flows", "--lang", "zh", "-r"]),
    ("long", &["report", "--long", "-r"]),
    ("flows-csv", &["flows", "--csv", "-r"]),
    ("report-csv", &["report", "--csv", "-r"]),
    ("summary", &["summary", "-r"]),
    ("summary-zh", &["summary", "--lang", "zh", "-r"]),
    ("summary-json", &["summary", "--json", "-r"]),
    ("ladder", &["draw", "ladder", "-r"]),
    ("ladder-zh", &["draw", "ladder", "--lang", "zh", "-r"]),
    ("ladder-svg", &["draw", "ladder", "-o", "FILE.svg", "-r"]),
    ("ladder-mmd", &["draw", "ladder", "-o", "FILE.mmd", "-r"]),
    ("sequence", &["draw", "sequence", "-r"]),
    (
        "sequence-svg",
        &["draw", "sequence", "-o", "FILE.svg", "-r"],
    ),
    ("rtt", &["draw", "rtt", "-r"]),
    ("flight", &["draw", "flight", "-r"]),
    ("flight-zh", &["draw", "flight", "--lang", "zh", "-r"]),
    ("throughput", &["draw", "throughput", "-r"]),
    ("window", &["draw", "window", "-r"]),
    ("segments", &["draw", "segments", "-r"]),
    ("overview", &["draw", "overview", "-r"]),
    (
        "overview-svg",
        &["draw", "overview", "-o", "FILE.svg", "-r"],
    ),
];

/// Stands for a file that the program writes, in front of the ending of its name.
const FILE: &str = "FILE";

/// How the name of a recorded output ends.
const OUT: &str = ".out";

#[test]
fn captures_look_as_recorded() {
    let (mut compared, mut changed) = (0, Vec::new());
    for name in recorded_outputs() {
        let (capture, style) = name.trim_end_matches(OUT).rsplit_once('.').unwrap();
        let golden = captures().join(&name);
        let arguments = STYLES.iter().find(|(known, _)| *known == style);
        let (_, arguments) = arguments.unwrap_or_else(|| panic!("{name}: no style {style}"));
        let shown = match arguments.iter().find(|argument| argument.starts_with(FILE)) {
            Some(file) => written(arguments, file, capture, &name),
            None => shown(
                tcptrace().args(*arguments).arg(capture_file(capture)),
                &name,
            ),
        };
        compared += 1;
        if env::var_os("BLESS").is_some() {
            fs::write(&golden, &shown).unwrap();
        } else if fs::read_to_string(&golden).unwrap() != shown {
            changed.push(name);
        }
    }
    assert!(compared > 30, "where are the recorded outputs?");
    assert!(
        changed.is_empty(),
        "changed: {}; see BLESS in tests/golden.rs",
        changed.join(", ")
    );
}

#[test]
fn every_capture_is_shown_plain_explained_and_reported() {
    let names = recorded_outputs();
    for capture in recordings() {
        for style in ["plain", "lines", "report"] {
            let name = Path::new(&capture).with_extension(format!("{style}.out"));
            let name = name.to_str().unwrap();
            assert!(names.iter().any(|known| known == name), "{name} is missing");
        }
    }
}

/// What the program wrote into a file.
fn written(arguments: &[&str], file: &str, capture: &str, name: &str) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(file.replace(FILE, name));
    let mut command = tcptrace();
    for argument in arguments {
        if *argument == file {
            command.arg(&path);
        } else {
            command.arg(argument);
        }
    }
    let ran = Ran::from(command.arg(capture_file(capture)).output().unwrap());
    assert_eq!(ran.status, Some(0), "{name}: {}", ran.err);
    fs::read_to_string(&path).unwrap()
}

/// What a program printed, which must have gone well.
fn shown(command: &mut Command, name: &str) -> String {
    let ran = Ran::from(command.output().unwrap());
    assert_eq!(ran.status, Some(0), "{name}: {}", ran.err);
    assert!(!ran.out.is_empty(), "{name}: nothing was printed");
    ran.out
}

/// The file of a capture by its name without extension.
fn capture_file(name: &str) -> String {
    let stem = format!("{name}.pcap");
    recordings()
        .into_iter()
        .find(|file| file.starts_with(&stem))
        .unwrap_or_else(|| panic!("there is no capture {name}"))
}

/// The recorded outputs, in order.
fn recorded_outputs() -> Vec<String> {
    let entries = fs::read_dir(captures()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.filter(|name| name.ends_with(OUT)).collect();
    names.sort();
    names
}
