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

/// The folder that a path lies in.
fn folder(path: &str) -> Option<&str> {
    Path::new(path).parent()?.to_str()
}

/// Rooms, and the values between them.
#[test]
fn every_folder_is_named_and_every_file_of_the_ground() {
    let text = architecture();
    let named: BTreeSet<_> = named(&text)
        .map(|path| path.trim_end_matches('/'))
        .collect();
    let files = files_in("src");
    let paths = files.iter().map(|(path, _)| path.as_str());
    let rooms = paths.clone().filter_map(folder);
    let ground = paths.filter(|path| folder(path) == Some("src"));
    let there: BTreeSet<_> = rooms.chain(ground).collect();
    let missing: Vec<_> = there.difference(&named).copied().collect();
    assert!(
        missing.is_empty(),
        "ARCHITECTURE.md: {}",
        missing.join(", ")
    );
}
