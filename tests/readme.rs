//! README.md: each command on a recording prints the lines below it, and what a newcomer
//! looks for is named.

#![cfg(feature = "cli")]

use std::path::Path;
use std::{env, fs, process};

use support::program::{Ran, tcptrace};
use support::shown::{Shown, differences};

mod support;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

/// What stands behind four spaces: commands behind `$ tcptrace`, and the lines below each,
/// up to the next line that is not indented.
fn samples(page: &str) -> Vec<Shown> {
    let mut samples = Vec::<Shown>::new();
    let mut is_open = false;
    for line in page.lines() {
        let Some(line) = line.strip_prefix("    ") else {
            is_open &= line.is_empty();
            if let Some(sample) = samples.last_mut().filter(|_| is_open) {
                sample.lines.push(String::new());
            }
            continue;
        };
        if line.starts_with("$ tcptrace ") {
            samples.extend(Shown::command(line));
            is_open = true;
        } else if let Some(sample) = samples.last_mut().filter(|_| is_open) {
            sample.lines.push(line.to_owned());
        }
    }
    for sample in &mut samples {
        while sample.lines.last().is_some_and(String::is_empty) {
            sample.lines.pop();
        }
    }
    samples
}

#[test]
fn every_command_prints_the_lines_below_it() {
    let samples = samples(&page());
    let shows = |what: &str| {
        let lines = samples.iter().flat_map(|sample| &sample.lines);
        lines.filter(|line| line.contains(what)).count()
    };
    for what in ["limited by ", "diagnosis: ", "waited longest"] {
        assert!(shows(what) > 0, "{what}");
    }
    let wrong = differences(&samples, root());
    assert!(wrong.is_empty(), "README.md:\n{wrong}");
}

#[test]
fn a_newcomer_finds_what_answers_the_first_questions() {
    let page = page();
    for named in [
        "tcptrace summary -r",
        "tcptrace report --failed",
        "tcptrace report --slow 100ms",
        "tcptrace flows --by server",
        "tcptrace report --html -r",
        "(docs/draw.md)",
        "(docs/page.md)",
        "(docs/questions.md)",
        "(docs/diagnoses.md)",
        "(docs/time.md)",
    ] {
        assert!(page.contains(named), "{named}");
    }
}

/// Pictures of recordings; `BLESS=1` draws them again.
#[test]
fn the_pictures_are_what_the_program_draws() {
    for (kind, capture) in [("ladder", "users.pcapng"), ("sequence", "reneged.pcap")] {
        let name = format!("docs/{kind}.svg");
        assert!(page().contains(&format!("({name})")), "{name}");
        let drawn = env::temp_dir().join(format!("tcptrace-readme-{}-{kind}.svg", process::id()));
        let mut command = tcptrace();
        command
            .args(["draw", kind, "-r", capture, "-o"])
            .arg(&drawn);
        let ran = Ran::from(command.output().unwrap());
        assert_eq!(ran.status, Some(0), "{}", ran.err);
        let svg = fs::read_to_string(&drawn).unwrap();
        fs::remove_file(&drawn).unwrap();
        if env::var_os("BLESS").is_some() {
            fs::write(root().join(&name), &svg).unwrap();
        }
        let kept = fs::read_to_string(root().join(&name)).unwrap();
        assert!(kept == svg, "{name} is not what is drawn now; see BLESS");
    }
}

/// Of a picture of the screen as it is recorded, without most of what is blank in it.
#[test]
fn the_screen_is_as_it_is_drawn() {
    let drawn = root().join("tests/screens/table/lessons.80x24.txt");
    let drawn = fs::read_to_string(drawn).unwrap();
    let mut lines: Vec<_> = drawn.lines().collect();
    lines.dedup_by(|line, before| line.is_empty() && before.is_empty());
    let shown: String = lines
        .iter()
        .map(|line| match *line {
            "" => "\n".to_owned(),
            line => format!("    {line}\n"),
        })
        .collect();
    assert!(page().contains(&shown), "README.md:\n{shown}");
}
