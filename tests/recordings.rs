//! Every recording in `captures/` is told of in `captures/README.md`, and
//! `examples/record.sh` makes it again.

#![cfg(feature = "cli")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use support::program::{captures, recordings};
use support::reference::read_file;

mod support;

/// The recordings, and how many segments each has.
fn counted() -> BTreeMap<String, usize> {
    let counted = recordings().into_iter().map(|name| {
        let (frames, error) = read_file(&captures().join(&name), "");
        assert!(error.is_none(), "{name}: {error:?}");
        (name, frames.len())
    });
    counted.collect()
}

#[test]
fn the_table_has_every_recording_and_its_segments() {
    let page = fs::read_to_string(captures().join("README.md")).unwrap();
    let row = |line: &str| {
        let mut cells = line.split('|').map(str::trim).skip(1);
        let name = cells.next()?.strip_prefix('`')?.strip_suffix('`')?;
        // Of several connections each for itself.
        let segments = cells.nth(1)?.split(" + ");
        let segments = segments.map(|count| count.parse::<usize>().unwrap());
        Some((name.to_owned(), segments.sum()))
    };
    let rows: Vec<_> = page.lines().filter_map(row).collect();
    assert_eq!(rows.len(), counted().len(), "a recording has one row");
    assert_eq!(BTreeMap::from_iter(rows), counted());
}

#[test]
fn the_script_makes_every_recording_and_counts_its_segments() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let script = fs::read_to_string(root.join("examples/record.sh")).unwrap();
    let counts = script.lines().filter_map(|line| {
        let (name, segments) = line.trim().strip_prefix('[')?.split_once("]=")?;
        Some((name.to_owned(), segments.parse().ok()?))
    });
    assert_eq!(counts.collect::<BTreeMap<_, _>>(), counted());
    let (_, wanted) = script.split_once("|| wanted=(").unwrap();
    let (wanted, _) = wanted.split_once(')').unwrap();
    let mut wanted: Vec<_> = wanted.split_whitespace().collect();
    wanted.sort_unstable();
    let names = recordings();
    let mut stems: Vec<_> = names
        .iter()
        .map(|name| name.split_once('.').unwrap().0)
        .collect();
    stems.sort_unstable();
    assert_eq!(wanted, stems, "made without being asked for");
    for stem in stems {
        let play = format!("play_{}() {{", stem.replace('-', "_"));
        assert!(script.contains(&play), "{stem}");
    }
}

#[test]
fn the_programs_of_the_table_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let page = fs::read_to_string(captures().join("README.md")).unwrap();
    let ends = |word: &&str| matches!(word.rsplit_once('.'), Some((_, "py" | "rs")));
    let words = page.split(['`', ' ']).filter(ends);
    let programs: Vec<_> = words.filter(|word| !word.starts_with("tests/")).collect();
    assert!(programs.len() > 10, "{programs:?}");
    for program in programs {
        assert!(root.join(program).is_file(), "{program}");
    }
}
