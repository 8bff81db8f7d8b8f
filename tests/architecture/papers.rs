//! ARCHITECTURE.md against the house that it describes.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::{files_in, root};

/// The paths that a text names below folders of the package.
fn named(text: &str) -> impl Iterator<Item = &str> {
    let is_of_path = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    let words = text.split(move |c| !is_of_path(c));
    words.map(|word| word.trim_end_matches('.')).filter(|word| {
        let folders = ["src/", "tests/", "docs/", "benches/", "examples/"];
        folders.iter().any(|folder| word.starts_with(folder))
    })
}

fn architecture() -> String {
    fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap()
}

#[test]
fn every_path_that_is_named_exists() {
    let text = architecture();
    let missing: Vec<_> = named(&text)
        .filter(|path| !root().join(path).exists())
        .collect();
    assert!(
        missing.is_empty(),
        "ARCHITECTURE.md: {}",
        missing.join(", ")
    );
}

#[test]
fn every_room_is_named() {
    let text = architecture();
    let named: BTreeSet<_> = named(&text)
        .map(|path| path.trim_end_matches('/'))
        .collect();
    let files = files_in("src");
    let rooms: BTreeSet<_> = files
        .iter()
        .filter_map(|(path, _)| Path::new(path).parent()?.to_str())
        .collect();
    let missing: Vec<_> = rooms.difference(&named).copied().collect();
    assert!(
        missing.is_empty(),
        "ARCHITECTURE.md: {}",
        missing.join(", ")
    );
}
