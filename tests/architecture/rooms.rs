//! The floors inside `track`: what is ours, and a room for each dialect.

use crate::source;

/// The rooms of the dialects. Each names what is ours and itself.
const DIALECTS: [&str; 3] = ["wireshark", "zeek", "classic"];

/// What is ours and stands on the dialects all the same, since it holds a
/// connection's parts together: it keeps them, shows them each segment, passes on
/// what they say, or counts what they take.
const HOLDS_TOGETHER: [&str; 6] = [
    "src/track/connection.rs",
    "src/track/keep/memory.rs",
    "src/track/ledger/",
    "src/track/mod.rs",
    "src/track/observation.rs",
    "src/track/observe.rs",
];

/// Who changes a `Flow` and its halves: `follow`, and those that begin, keep and
/// end one, or lend what is in it. A value changes nothing but itself.
const CHANGES_FLOWS: [&str; 6] = [
    "src/track/connection.rs",
    "src/track/flow.rs",
    "src/track/follow/",
    "src/track/keep/",
    "src/track/mod.rs",
    "src/track/observe.rs",
];

/// What is wrong with a file of `track`.
pub fn complaints(path: &str, code: &str) -> Vec<String> {
    let Some(inside) = path.strip_prefix("src/track/") else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let room = inside.split_once('/').map(|(room, _)| room);
    let own = room.filter(|room| DIALECTS.contains(room));
    for named in source::paths(path, code) {
        let [track, named, ..] = &named[..] else {
            continue;
        };
        if track != "track" || own == Some(named) || is_in(path, &HOLDS_TOGETHER) {
            continue;
        }
        if DIALECTS.contains(&named.as_str()) {
            found.push(match own {
                Some(own) => format!("{own} does not name {named}"),
                None => format!("what is ours does not name {named}"),
            });
        }
        if own.is_some() && ["look", "follow", "keep"].contains(&named.as_str()) {
            found.push(format!("a dialect reads what is ours, not how it {named}s"));
        }
    }
    if room == Some("look") && code.contains("&mut") {
        found.push("looking changes nothing".to_owned());
    }
    if !is_in(path, &CHANGES_FLOWS) && changes_flows(code) {
        found.push("only follow changes a Flow".to_owned());
    }
    found
}

/// Whether a path is that of a file, or in a folder, of the list.
fn is_in(path: &str, list: &[&str]) -> bool {
    list.iter()
        .any(|place| path == *place || place.ends_with('/') && path.starts_with(place))
}

fn changes_flows(code: &str) -> bool {
    let takes = ["&mut Flow", "&mut Half", "&mut Connection"];
    let is_theirs = ["impl Flow {", "impl Half {"];
    takes.iter().any(|taken| code.contains(taken))
        || is_theirs.iter().any(|theirs| code.contains(theirs)) && code.contains("&mut self")
}
