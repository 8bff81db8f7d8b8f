//! What tshark says is said too: its summary lines, by running it on captures of
//! others; tests/evidence has our own recordings.

#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};

use support::peers::{Installed, TSHARK};
use support::program::{Ran, tcptrace};
use support::tshark::{SUMMARIES, up_to_tcp};

mod support;

#[test]
#[ignore = "takes minutes; cargo test --test tshark -- --ignored"]
fn summaries_of_the_lab_and_of_public_captures_are_tsharks() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let (Installed::Compared(tshark), true) = (TSHARK.installed(), shared.exists()) else {
        return println!("skipped: there is no {TSHARK}, or no shared folder");
    };
    let lab = Compared::of(&tshark, &shared.join("lab"));
    assert_eq!(lab.different, [""; 0], "{lab:?}");
    // docs/rules.md says what differs.
    let public = Compared::of(&tshark, &shared.join("corpus"));
    let share = public.different.len() * 1_000;
    assert!(share <= 2 * public.lines, "{:#?}", public.different);
    println!("{} and {} lines", lab.lines, public.lines);
}

#[derive(Debug, Default)]
struct Compared {
    lines: usize,
    different: Vec<String>,
}

impl Compared {
    /// Compares every line of every capture in a folder, and below it.
    fn of(tshark: &Path, folder: &Path) -> Self {
        let mut compared = Self::default();
        for path in files(folder) {
            let mut tshark = up_to_tcp(tshark);
            tshark.args(SUMMARIES).arg("-r");
            let theirs = Ran::from(tshark.arg(&path).output().unwrap()).out;
            let mut ours = tcptrace();
            ours.args(["--style", "wireshark", "-r"]).arg(&path);
            let ours = Ran::from(ours.output().unwrap()).out;
            let mut ours = ours.lines().peekable();
            for line in theirs.lines() {
                while ours.next_if(|own| number(own) < number(line)).is_some() {}
                compared.lines += 1;
                let own = ours.next_if(|own| number(own) == number(line));
                if own != Some(line) {
                    let name = path.display();
                    let own = own.unwrap_or("nothing");
                    compared.different.push(format!("{name}\n{line}\n{own}"));
                }
            }
        }
        compared
    }
}

/// The number of the frame.
fn number(line: &str) -> u64 {
    let first = line.split_whitespace().next();
    first.and_then(|first| first.parse().ok()).unwrap_or(0)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
    {
        let extension = path.extension().and_then(|extension| extension.to_str());
        if path.is_dir() {
            found.extend(files(&path));
        } else if matches!(extension, Some("pcap" | "pcapng" | "cap" | "trace")) {
            found.push(path);
        }
    }
    found.sort();
    found
}
