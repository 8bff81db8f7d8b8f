//! Circles: files that name each other, be it by way of others.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::source;

/// Which of these files name which, by their paths.
type Graph<'f> = BTreeMap<&'f str, BTreeSet<&'f str>>;

/// The circles among files, each by its shortest way round; no file is in two.
pub fn circles(files: &[(&str, String)]) -> Vec<String> {
    let graph = graph(files);
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for &file in graph.keys() {
        if let Some(way) = way_round(file, &graph)
            && way.iter().all(|file| !told.contains(file))
        {
            found.push(way.join(" → "));
            told.extend(way);
        }
    }
    found
}

fn graph<'f>(files: &'f [(&str, String)]) -> Graph<'f> {
    let modules: BTreeMap<_, _> = files
        .iter()
        .map(|(path, _)| (source::module(path), *path))
        .collect();
    let file_of = |named: Vec<String>| {
        let mut lens = (1..=named.len()).rev();
        lens.find_map(|len| modules.get(&named[..len]).copied())
    };
    let named_by = |(path, code): &'f (&'f str, String)| {
        let named = source::paths(path, code).into_iter().filter_map(file_of);
        (*path, named.filter(|named| named != path).collect())
    };
    files.iter().map(named_by).collect()
}

/// The shortest way from a file back to it.
fn way_round<'f>(start: &'f str, graph: &Graph<'f>) -> Option<Vec<&'f str>> {
    let mut came_from = BTreeMap::new();
    let mut next = VecDeque::from([start]);
    while let Some(file) = next.pop_front() {
        for &named in graph.get(file).into_iter().flatten() {
            if named == start {
                let mut way = vec![start, file];
                while let Some(&before) = way.last().and_then(|last| came_from.get(last)) {
                    way.push(before);
                }
                way.reverse();
                return Some(way);
            }
            if !came_from.contains_key(named) {
                came_from.insert(named, file);
                next.push_back(named);
            }
        }
    }
    None
}

#[test]
fn a_circle_is_found_however_it_is_named() {
    let one = |named: &str| [("src/track/a.rs", named.to_owned())];
    let other = ("src/track/b/mod.rs", "use crate::track::a::A;".to_owned());
    for named in [
        "use crate::track::b::B;",
        "use super::b::B;",
        "use crate::track::{dir::Dir, b::{B, C}};",
        "fn x() -> crate::track::b::B {}",
        "use crate::track::b::*;",
    ] {
        let files: Vec<_> = one(named).into_iter().chain([other.clone()]).collect();
        let found = ["src/track/a.rs → src/track/b/mod.rs → src/track/a.rs"];
        assert_eq!(circles(&files), found, "{named}");
    }
    let child = ("src/track/a/c.rs", "use super::A;".to_owned());
    let parent = ("src/track/a/mod.rs", "mod c;\nfn x() { c::y() }".to_owned());
    assert_eq!(circles(&[child, parent]).len(), 1);
}

#[test]
fn what_is_no_circle_is_not_taken_for_one() {
    let b = "use crate::track::a::{\n    d::D,\n};\npub(in crate::track) fn x() {}";
    let files = [
        ("src/track/mod.rs", "mod a;\npub use a::A;".to_owned()),
        (
            "src/track/a/mod.rs",
            "mod d;\nuse crate::track::b::B;".to_owned(),
        ),
        ("src/track/a/d.rs", String::new()),
        ("src/track/b.rs", b.to_owned()),
    ];
    assert_eq!(circles(&files), [""; 0]);
}
